import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consentPurpose, consentState } from '../../../src/core/1-collect/consent-words';
import { allowed, readConsents } from '../../../src/core/1-collect/consents';
import type { Touches } from '../../../src/core/1-collect/canonical';
import { customersBy, readTable } from './read-tables';
import { checkTexts } from './read-text';

test.each([
  ['yes', 1], ['SUBSCRIBED', 1], ['TRUE', 1], ['1', 1], ['opt-in', 1], ['ja', 1], ['oui', 1], ['sí', 1], ['Angemeldet', 1], ['granted', 1],
  ['no', 0], ['UNSUBSCRIBED', 0], ['NEVER_SUBSCRIBED', 0], ['0', 0], ['opted out', 0], ['nein', 0], ['désabonné', 0], ['baja', 0], ['uitgeschreven', 0],
  ['pending', -1], ['', -1], ['?', -1],
] as const)('%s means %d', (text, state) => expect(consentState(text)).toBe(state)); // prettier-ignore

test.each([
  ['Accepts Email Marketing', 'e-mail'], ['Accepts SMS Marketing', 'SMS'], ['Accepts WhatsApp Marketing', 'WhatsApp'], ['Accepts Marketing', 'marketing'],
  ['Einwilligung Telefon', 'phone'], ['privacy_info.analytics_storage', 'analytics'], ['privacy_info.ads_storage', 'ads'], ['Newsletter', 'e-mail'], ['UNSUB_TIME', 'e-mail'],
  ['gdpr_consent', 'marketing'], ['consent v2', 'marketing'], ['blacklisted', 'marketing'], ['terms_consent', 'terms'], ['AGB zugestimmt', 'terms'], ['privacy_policy_consent', 'data processing'],
  ['profiling_consent', 'profiling'], ['Einwilligung Profiling', 'profiling'], ['research_consent', 'research'], ['third_party_sharing_consent', 'third parties'], ['cookie consent', 'cookies'],
  ['Einwilligung Datenverarbeitung zu Werbezwecken', 'marketing'], ['loyalty card consent', 'loyalty card'],
])('%s is about %s', (header, purpose) => expect(consentPurpose(header)).toBe(purpose)); // prettier-ignore

const roles = { id: 'customer', 'Accepts Email Marketing': 'consent', 'Accepts SMS Marketing': 'consent', 'Accepts Marketing': 'consent' } as const; // prettier-ignore

describe('readConsents', () => {
  test('reads purposes from headers and states from cells; a refusal in any row wins', async () => {
    const table = await readTable('id,Accepts Email Marketing,Accepts SMS Marketing\na,yes,no\nb,no,yes\nc,,\na,yes,yes\nd,perhaps,\n', roles); // prettier-ignore
    const { consents, issues } = readConsents([table], customersBy([table]).customerOf, 4, null)!;
    expect(consents.map(({ purpose, states }) => [purpose, ...states])).toEqual([
      ['e-mail', 1, 0, -1, -1],
      ['SMS', 0, 1, -1, -1],
    ]);
    expect(issues[0]!.sentence).toBe('Consent to e-mail: 1 customer agreed, 1 refused, 2 did not say; not said counts as no (a.csv, Accepts Email Marketing).'); // prettier-ignore
    expect(Array.from(allowed(consents, 'e-mail')!)).toEqual([1, 0, 0, 0]);
    expect(allowed(consents, 'analytics')).toBeNull();
  });

  test('who stands in a list of those who unsubscribed, or unsubscribed by a touch, has withdrawn', async () => {
    const members = await readTable('id,Accepts Email Marketing\na,yes\nb,yes\nc,yes\n', roles);
    const gone = await readTable('id,UNSUB_TIME\nb,2024-05-01 10:00:00\n', roles, 'unsubscribed.csv', 1);
    const touches: Touches = {
      nRows: 2,
      customer: Int32Array.from([2, 0]),
      time: Float64Array.from([1, 2]),
      channel: { codes: Int32Array.from([0, 0]), levels: ['e-mail'] },
      kinds: ['unsubscribe', 'open'],
    };
    const { consents } = readConsents([members, gone], customersBy([members, gone]).customerOf, 3, touches)!;
    expect(consents).toHaveLength(1);
    expect(Array.from(consents[0]!.states)).toEqual([1, 0, 0]);
    expect(consents[0]!.source).toBe(
      'a.csv, Accepts Email Marketing; unsubscribed.csv, UNSUB_TIME; unsubscribed',
    );
  });

  test('a member of a list agreed on the day of joining; who left it did not', async () => {
    const table = await readTable('id,OPTIN_TIME,UNSUB_TIME\na,2024-01-01 10:00:00,\nb,2024-01-01 10:00:00,2024-02-01 10:00:00\nc,,\n', { id: 'customer' }); // prettier-ignore
    const { consents } = readConsents([table], customersBy([table]).customerOf, 3, null)!;
    expect(consents.map(({ purpose, states }) => [purpose, ...states])).toEqual([['e-mail', 1, 0, -1]]);
  });

  test('"do not call: no" is no agreement, "do not call: yes" a refusal', async () => {
    const table = await readTable('id,Do not call\na,yes\nb,no\n', {
      id: 'customer',
      'Do not call': 'consent',
    });
    const { consents } = readConsents([table], customersBy([table]).customerOf, 2, null)!;
    expect(consents[0]).toMatchObject({ purpose: 'phone', states: Int8Array.from([0, -1]) });
  });

  test('a yes to marketing at all holds for e-mail where nothing is said of it, a no holds always', async () => {
    const table = await readTable('id,Accepts Marketing,Accepts Email Marketing\na,yes,\nb,no,yes\nc,,yes\nd,yes,no\n', roles); // prettier-ignore
    const { consents } = readConsents([table], customersBy([table]).customerOf, 4, null)!;
    expect(Array.from(allowed(consents, 'e-mail')!)).toEqual([1, 0, 1, 0]);
    expect(Array.from(allowed(consents, 'SMS')!)).toEqual([1, 0, 0, 1]);
    expect(Array.from(allowed(consents, 'marketing')!)).toEqual([1, 0, 0, 1]);
    expect(allowed(consents, 'ads')).toBeNull();
  });

  test('who accepted the terms did not agree to be written to', async () => {
    const table = await readTable('id,terms_consent\na,yes\nb,no\n', { id: 'customer', terms_consent: 'consent' }); // prettier-ignore
    const { consents } = readConsents([table], customersBy([table]).customerOf, 2, null)!;
    expect(allowed(consents, 'terms')).toEqual(Uint8Array.from([1, 0]));
    expect([allowed(consents, 'e-mail'), allowed(consents, 'marketing')]).toEqual([null, null]);
  });

  test('nobody who did not agree is ever allowed', () => {
    const state = fc.constantFrom(-1, 0, 1);
    fc.assert(
      fc.property(fc.array(fc.tuple(state, state), { minLength: 1 }), (people) => {
        const consents = [
          { purpose: 'marketing', states: Int8Array.from(people, ([a]) => a), source: '' },
          { purpose: 'SMS', states: Int8Array.from(people, ([, b]) => b), source: '' },
        ];
        const isAllowed = allowed(consents, 'SMS')!;
        return people.every(
          ([a, b], i) => isAllowed[i] === (a !== 0 && b !== 0 && (a === 1 || b === 1) ? 1 : 0),
        );
      }),
    );
  });
});

test('any header that asks for consent and is answered by yes and no tells of it, in a known export too', async () => {
  const row = (i: number) => `${100 + i},Ann${i},Lee,a${i}@acme.com,lead,${i % 2 ? 'Yes' : 'No'},${i % 3 ? 'true' : 'false'},${i % 4}`; // prettier-ignore
  const rows = Array.from({ length: 12 }, (_, i) => row(i)).join('\n');
  const header =
    'Record ID,First Name,Last Name,Email,Lifecycle Stage,Marketing email consent,Newsletter abonniert DE,Newsletter clicks';
  const { check } = await checkTexts([['contacts.csv', `${header}\n${rows}\n`]]);
  const roles = new Map(check.files[0]!.columns.map(({ name, role }) => [name, role]));
  expect(check.files[0]!.source?.id).toBe('hubspot-contacts');
  expect(roles.get('Marketing email consent')).toBe('consent');
  expect(roles.get('Newsletter abonniert DE')).toBe('consent');
  expect(roles.get('Newsletter clicks')).toBe('attribute');
  const own = `kunde,ort,Newsletter gewünscht\n${rows.replace(/^(\d+).*$/gm, '$1,Ulm,ja')}\n`;
  const { check: second } = await checkTexts([['kunden.csv', own]]);
  expect(second.files[0]!.columns[2]).toMatchObject({ role: 'consent' });
});
