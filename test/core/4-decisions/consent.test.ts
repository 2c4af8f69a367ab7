import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Consent } from '../../../src/core/1-collect/canonical';
import { type Audience, audienceRows, chooseAudience } from '../../../src/core/4-decisions/audience';
import { purposesOf } from '../../../src/core/4-decisions/consent';
import { contactListCsv } from '../../../src/core/4-decisions/lists';
import { scored } from './example-results';

const consent = (purpose: string, ...states: number[]): Consent => ({
  purpose,
  states: Int8Array.from(states),
  source: 'people.csv',
});

describe('a list for a purpose', () => {
  test('holds only who agreed, and counts who else was meant', () => {
    const consents = [consent('e-mail', 1, 0, -1, 1), consent('SMS', 0, 1, 1, 1)];
    const ids = (purpose: string) =>
      chooseAudience({ ...scored, consents }, { purpose }).rows.map(({ id }) => id);
    const all = audienceRows(scored, {}).map(({ id }) => id);
    expect(ids('e-mail')).toEqual(all.filter((id) => id === scored.customerIds[0]));
    expect(chooseAudience({ ...scored, consents }, { purpose: 'e-mail' }).withoutConsent).toBe(
      all.length - 1,
    );
    expect(ids('SMS')).toHaveLength(all.length - 1);
  });

  test('is empty where no file tells of consent to it; without a purpose nobody is left out', () => {
    expect(audienceRows(scored, { purpose: 'e-mail' })).toEqual([]);
    const consents = [consent('e-mail', 0, 0, 0, 0)];
    expect(audienceRows({ ...scored, consents }, {})).toEqual(audienceRows(scored, {}));
  });

  test('never names a person without consent, whatever the audience', () => {
    const states = fc.array(fc.constantFrom(-1, 0, 1), { minLength: 4, maxLength: 4 });
    const audiences: fc.Arbitrary<Audience> = fc.record(
      {
        segment: fc.constantFrom(0, 1),
        minPropensity: fc.constantFrom(0, 0.5),
        withoutHappened: fc.boolean(),
        sortBy: fc.constantFrom('propensity', 'monetary'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(states, states, states, audiences, (mail, sms, any, audience) => {
        const consents = [consent('e-mail', ...mail), consent('SMS', ...sms), consent('marketing', ...any)];
        const known = { ...scored, consents };
        const listed = contactListCsv(known, { ...audience, purpose: 'e-mail' })
          .split('\n')
          .slice(1, -1)
          .map((line) => scored.customerIds.indexOf(line.split(',')[0]!));
        for (const customer of listed) {
          expect(customer).toBeGreaterThanOrEqual(0);
          expect([mail[customer], any[customer]]).toContain(1);
          expect([mail[customer], any[customer]]).not.toContain(0);
        }
        const { rows, withoutConsent } = chooseAudience(known, { ...audience, purpose: 'e-mail' });
        expect(rows.length + withoutConsent).toBe(audienceRows(known, audience).length);
      }),
    );
  });
});

test('purposesOf(consents) names e-mail first and each purpose once', () => {
  const consents = [consent('SMS'), consent('e-mail'), consent('SMS')];
  expect(purposesOf(consents)).toEqual(['e-mail', 'SMS']);
  expect(purposesOf([consent('terms'), consent('profiling')])).toEqual([]);
});
