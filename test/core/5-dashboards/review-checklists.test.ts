import { describe, expect, test } from 'vitest';
import type { ValueResult } from '../../../src/core/3-models/results/value-result';
import { reviewables, type Tested } from '../../../src/core/5-dashboards/review-checklists';
import { newSource } from '../../../src/core/governance/sources';
import { prediction, segmentation } from '../4-decisions/example-results';

const nothing: Tested = {
  segmentation: null,
  segmentNames: [],
  foretold: null,
  prediction: null,
  value: null,
  consents: [],
  sources: [],
};
const only = (tested: Partial<Tested>) => {
  const found = reviewables({ ...nothing, ...tested });
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe('reviewables', () => {
  test('asks for nothing that was not tested', () => {
    expect(reviewables(nothing)).toEqual([]);
    const blocked = { ...prediction, blocked: 'not enough history' };
    const untested = { blocked: null, holdOut: null } as ValueResult;
    expect(reviewables({ ...nothing, prediction: blocked, value: untested })).toEqual([]);
    expect(reviewables({ ...nothing, sources: [{ ...newSource('a.csv'), refreshDays: 5 }] })).toEqual([]);
  });

  test('asks of segments under their own names how stable they were, shakiest first', () => {
    const [regulars, quiet] = segmentation.segments;
    const segments = [regulars!, { ...quiet!, stability: 0.55 }];
    const { checklist, usualDays } = only({
      segmentation: { ...segmentation, segments },
      segmentNames: ['Fans'],
    });
    expect(usualDays).toBe(90);
    expect(checklist).toEqual([
      'Load the newest files, group again and see who moved.',
      '=Quiet, 1 customer: shaky, 55 of 100 members come back when customers are drawn again.',
      'Fans, 2 customers: solid, 80 of 100 members come back when customers are drawn again.',
      'Fewer than 60 of 100 come back? Stop using that list.',
    ]);
    const byRule = only({ segmentation: { ...segmentation, algorithm: 'rules' } });
    expect(byRule.checklist[1]).toBe(
      'Regulars, 2 customers by its rule: does the rule still say whom you mean?',
    );
  });

  test('asks of a prediction when its horizon is over, by its own tests', () => {
    const suspects = [
      { label: 'Cancelled', auc: 1 },
      { label: 'days since last order', auc: 0.99, isDated: true as const },
    ];
    const { title, checklist, usualDays } = only({ prediction: { ...prediction, suspects } });
    expect(usualDays).toBe(90);
    expect(title).toBe('is it still right? Who will not order again within 90 days?');
    expect(checklist).toEqual([
      'Load newer files: what was foretold for 90 days has come by then, or not. Predict again.',
      'Validated: Better than guessing.',
      'Tested on 1 later date: the likeliest tenth held 3.0× as many leavers as chance. Below 1.5×, learn anew.',
      'Likelihoods were 2.0 points off what came true, on average. Above 5, do not read them as percentages.',
      'Cancelled may give the answer away: known beforehand?',
    ]);
  });

  test('asks of values, of consent and of rows that may not stay', () => {
    const holdOut = { predicted: 1234.4, actual: 1300, days: 182 };
    const value = { blocked: null, holdOut } as ValueResult;
    expect(only({ value }).checklist[1]).toMatch(
      /^Tested on the last 182 days: 1,234 orders were expected, 1,300 came\./,
    );
    const consent = (purpose: string) => ({ purpose, states: new Int8Array(), source: '' });
    const consents = [consent('e-mail'), consent('post'), consent('e-mail')];
    expect(only({ consents }).checklist[0]).toContain('(e-mail and post)');
    const sources = [{ ...newSource('old.csv'), retentionDays: 730 }, newSource('new.csv')];
    expect(only({ sources }).checklist).toEqual([
      'old.csv: rows older than 730 days must go; the Data screen says how many there are.',
    ]);
  });
});
