import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Consent } from '../../../src/core/1-collect/canonical';
import type { Collected } from '../../../src/core/1-collect/collected';
import { refusedModels } from '../../../src/core/1-collect/consents';
import type { LabelledTable, Target } from '../../../src/core/2-features/feature-table';
import { buildFeatures } from '../../../src/core/2-features/features';
import { DAY } from '../../../src/core/2-features/history';
import { buildLaterOutcomes, buildOutcomeInput } from '../../../src/core/2-features/later-outcomes';
import { buildPredictionInput, buildScoreTable } from '../../../src/core/2-features/prediction-input';
import { listCategories } from '../../../src/core/2-features/transforms/preview-transforms';
import { buildValueInput } from '../../../src/core/2-features/purchase-history';
import type { Rule } from '../../../src/core/2-features/rule/rule';
import { chooseAudience, rowsOf } from '../../../src/core/4-decisions/audience';
import { contactListCsv, customersCsv } from '../../../src/core/4-decisions/lists';
import { keepAgreed } from '../../../src/core/5-dashboards/contact-charts';
import { sayNotAgreed, sayRefused } from '../../../src/core/5-dashboards/left-out';
import { finish } from '../../../src/core/kit/steps';
import { createRuleDesk, type RuleFrame } from '../../../workers/rule-desk';
import { anyLine, toCoded, toCollected } from '../2-features/order-lines';
import { anyRow, toTables } from '../2-features/tables';
import { prediction, scored } from './example-results';

const purposes = ['profiling', 'analytics', 'e-mail', 'marketing', 'SMS'];
const nCustomers = 10;

/** What each of the customers said of each purpose. */
const anyConsents = (n: number): fc.Arbitrary<Consent[]> =>
  fc
    .array(fc.array(fc.constantFrom(-1, 0, 1), { minLength: n, maxLength: n }), {
      minLength: purposes.length,
      maxLength: purposes.length,
    })
    .map((said) =>
      said.map((states, p) => ({ purpose: purposes[p]!, states: Int8Array.from(states), source: 'people' })),
    );

const hasRefused = (consents: Consent[], customer: number) =>
  consents.slice(0, 2).some(({ states }) => states[customer] === 0);

const anyCompany = fc
  .record({
    lines: fc.array(anyLine(0, 300), { minLength: 20, maxLength: 60 }),
    rows: fc.array(anyRow(0, 300), { maxLength: 30 }),
    consents: anyConsents(nCustomers),
  })
  .map(({ lines, rows, consents }): Collected => {
    const collected = toCollected(lines);
    collected.lines!.productNames = Array.from({ length: 13 }, (_, i) => `Product ${i}`);
    collected.lines!.categoryNames = Array.from({ length: 5 }, (_, i) => `Category ${i}`);
    const left = toCoded(Array.from({ length: nCustomers }, (_, i) => ['yes', 'no', 'no', 'perhaps'][i % 4]));
    const same = toCoded(Array.from({ length: nCustomers }, () => 'yes'));
    return {
      ...collected,
      ...toTables([...rows, { customer: 1, day: 1, name: 'buy', end: 50 }]),
      attributes: [
        { kind: 'category', name: 'left', source: 'people', ...left },
        { kind: 'category', name: 'same', source: 'people', ...same },
      ],
      consents,
    };
  });

const targets: Target[] = [
  { kind: 'churn' },
  { kind: 'repurchase' },
  { kind: 'cancel' },
  { kind: 'event', name: 'buy' },
  { kind: 'column', column: 'left', value: 'yes' },
  { kind: 'column', column: 'same', value: 'yes' },
];

/** Everybody in whatever a model learns from or tells of. */
function whomModelsSee(collected: Collected): Set<number> {
  const options = { horizonDays: 30, nOrigins: 2, asOf: 300 * DAY, set: 'all', splitRule: null, seed: 1 } as const; // prettier-ignore
  const later = { asOf: 300 * DAY, horizonDays: 30, set: 'all' } as const;
  const seen = [
    ...(['rfm', 'all', 'full'] as const).map((set) => buildFeatures(collected, null, set)),
    buildLaterOutcomes(collected, later).table,
    buildOutcomeInput(collected, { kind: 'spend' }, later).table,
    buildOutcomeInput(collected, { kind: 'column', column: 'left', value: 'yes' }, later).table,
    buildValueInput(collected, 300 * DAY)!.purchases,
  ];
  for (const target of targets) {
    const { score, finalTrain, origins } = buildPredictionInput(collected, { ...options, target });
    const labelled: LabelledTable[] = [...finalTrain, ...origins.flatMap(({ train, test }) => [...train, test])]; // prettier-ignore
    seen.push(
      buildScoreTable(collected, { ...options, target }),
      score,
      ...labelled.map(({ table }) => table),
    );
  }
  return new Set(seen.flatMap(({ customers }) => Array.from(customers)));
}

test('whoever refused to be profiled or measured is in nothing that a model learns from or tells of', () => {
  fc.assert(
    fc.property(anyCompany, (collected) => {
      const seen = whomModelsSee(collected);
      for (const customer of seen) expect(hasRefused(collected.consents!, customer)).toBe(false);
      const everybody = whomModelsSee({ ...collected, consents: [] });
      const kept = [...everybody].filter((customer) => !hasRefused(collected.consents!, customer));
      expect([...seen].sort()).toEqual(kept.sort());
      const { customers } = buildFeatures(collected, null, []);
      const [category] = listCategories(collected, null);
      expect(category!.nCustomers).toBe(customers.length);
      expect(category!.commonest.reduce((sum, { n }) => sum + n, 0)).toBe(customers.length);
    }),
    { numRuns: 25 },
  );
});

const anyRule: fc.Arbitrary<Rule> = fc.oneof(
  fc.constant<Rule>({ kind: 'and', rules: [] }),
  fc.constantFrom('no', 'yes').map((level): Rule => ({ kind: 'in', attribute: 'left', levels: [level] })),
  fc.integer({ min: 0, max: 4 }).map((value): Rule => ({ kind: 'compare', feature: 'frequency', op: '>=', value })), // prettier-ignore
  fc.integer({ min: 0, max: 200 }).map((value): Rule => ({ kind: 'compare', feature: 'recency', op: '<', value })), // prettier-ignore
  fc.integer({ min: 1, max: 3 }).map((atLeast): Rule => ({ kind: 'did', what: { kind: 'order' }, atLeast, atMost: null, window: 'ever', minAmount: null })), // prettier-ignore
);

test('rules count and name only who did not refuse: while edited, as segments, in every choice', () => {
  const frame: RuleFrame = { asOf: null, formulas: [], segments: null };
  fc.assert(
    fc.property(anyCompany, anyRule, anyRule, (collected, rule, other) => {
      const isKept = (customer: number) => !hasRefused(collected.consents!, customer);
      const desk = createRuleDesk(collected);
      const whole = createRuleDesk({ ...collected, consents: [] });
      const { customers, held } = desk.members(rule, frame);
      const all = whole.members(rule, frame);
      const meant = Array.from(all.customers).filter((customer, row) => isKept(customer) && all.held[row]);
      expect(Array.from(customers).filter((_, row) => held[row])).toEqual(meant);
      const of = Array.from(all.customers).filter(isKept).length;
      expect(desk.count(rule, frame)).toMatchObject({ count: meant.length, of });
      const own = [{ name: 'A', rule }, { name: 'B', rule: other }]; // prettier-ignore
      expect(desk.tell(own, frame)).toMatchObject({ of, segments: [{ count: meant.length }, {}] });
      const each = desk.oneEach(own, frame);
      expect(each.customers.every(isKept)).toBe(true);
      expect(each.parts.reduce((sum, { size }) => sum + size, 0)).toBe(of);
      const { lines, events } = collected;
      const { products, events: done } = desk.choices(frame);
      const rowsOf = (owner: Int32Array, codes: Int32Array | null) =>
        Array.from(owner).filter((customer, row) => isKept(customer) && (codes?.[row] ?? -1) >= 0).length;
      const sum = (choices: { n: number }[]) => choices.reduce((total, { n }) => total + n, 0);
      expect(sum(products)).toBe(rowsOf(lines!.customer, lines!.product));
      expect(sum(done)).toBe(rowsOf(events!.customer, events!.name.codes));
    }),
    { numRuns: 60 },
  );
});

test('no list names who refused profiling, though a result that was kept holds them; a list for a purpose who agreed to it', () => {
  const ids = (csv: string) => csv.split('\n').slice(1, -1).map((line) => scored.customerIds.indexOf(line.split(',')[0]!)); // prettier-ignore
  fc.assert(
    fc.property(anyConsents(4), fc.constantFrom(...purposes.slice(2)), (consents, purpose) => {
      const known = { ...scored, consents };
      const lists = [
        rowsOf(known, [0, 1, 2, 3]).map(({ customer }) => customer),
        ids(finish(customersCsv(known))),
        ids(contactListCsv(known, {})),
        ids(contactListCsv(known, { purpose })),
      ];
      for (const list of lists)
        for (const customer of list) expect(hasRefused(consents, customer)).toBe(false);
      expect(lists[1]).toHaveLength([0, 1, 2].filter((customer) => !hasRefused(consents, customer)).length);
      const said = consents.filter(
        (consent) => consent.purpose === purpose || consent.purpose === 'marketing',
      );
      const listed = keepAgreed(prediction, consents, purpose);
      for (const customer of [...lists[3]!, ...listed.customers]) {
        expect(said.map(({ states }) => states[customer])).toContain(1);
        expect(said.map(({ states }) => states[customer])).not.toContain(0);
      }
      const { rows, withoutConsent } = chooseAudience(known, { purpose });
      expect(rows.length + withoutConsent).toBe(lists[2]!.length);
      const left = prediction.customers.length - listed.customers.length;
      const told = sayNotAgreed(prediction.customers, consents, purpose);
      expect(told).toEqual(left ? expect.stringContaining(`: ${left} of 2 customers are left out`) : null);
      const nRefused = [0, 1, 2, 3].filter((customer) => hasRefused(consents, customer)).length;
      expect(refusedModels(consents)?.reduce((sum, flag) => sum + flag, 0) ?? 0).toBe(nRefused);
      const refusal = nRefused ? expect.stringContaining(`${nRefused} of 4 customers refused`) : null;
      expect(sayRefused(consents)).toEqual(refusal);
    }),
  );
});
