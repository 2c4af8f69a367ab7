import fc from 'fast-check';
import type { FeatureDefinition, FeatureUnit } from '../../../src/core/2-features/feature-table';
import type { Deed, Rule } from '../../../src/core/2-features/rule/rule';
import type { RuleNames } from '../../../src/core/2-features/rule/rule-names';

/** Names that could be taken for words of the language, for numbers, lists or quotation marks. */
const nasty = [
  'and', 'or', 'not', 'everyone', 'nobody', 'missing', 'known', 'one of (', 'a, b or c', 'Spain and Portugal',
  'he said "no"', '"', '""', '(', ')', ';', '; or ', 'x is y', 'is', 'not in segment', 'at least 3', 'over 5',
  'bought at least 3 times', 'never bought', 'bought', 'first bought', 'lifecycle is', 'trait "a" over 5',
  'days since last order', 'days since', 'number of orders', 'orders per month', 'items', 'silence compared with rhythm (times)',
  'Age', 'age', 'AGE', 'Straße', 'İstanbul', 'ğ', '日本', '  two  spaces ', 'line\nbreak', 'tab\there', '.', 'end.', ',', '1,250', '30%',
  'no', 'no orders', 'Contract', 'Contract: Month-to-month', 'A: B: C', '__proto__', 'constructor', 'in the last 90 days', '',
]; // prettier-ignore

export const anyName = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...nasty), fc.constantFrom(...nasty)).map((two) => two.join(' ')) },
); // prettier-ignore

const units: FeatureUnit[] = [
  'days',
  'orders',
  'money',
  'items',
  'products',
  'share',
  'ratio',
  'flag',
  'number',
];
const texts = fc.uniqueArray(anyName, { minLength: 1, maxLength: 5 });

export const anyNames: fc.Arbitrary<RuleNames> = fc.record({
  features: fc.uniqueArray(
    fc
      .record({ name: anyName, label: anyName, unit: fc.constantFrom(...units), high: anyName, low: anyName })
      .map((some): FeatureDefinition => ({ formula: '', source: '', ...some })),
    { minLength: 1, maxLength: 5, selector: ({ name }) => name },
  ),
  attributes: fc.uniqueArray(fc.record({ name: anyName, levels: texts }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ name }) => name,
  }),
  events: texts,
  categories: texts,
  products: texts,
  channels: texts,
  lifecycle: texts,
  segments: fc.array(anyName, { minLength: 1, maxLength: 4 }).map((all) => all.map((name, id) => ({ id, name }))),
}); // prettier-ignore

const number = fc.oneof(
  fc.integer({ min: -5, max: 20_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
  fc.constantFrom(1e21, 5e-324, 0.1 + 0.2, 1 / 3, 123456.789),
).map((value) => value + 0); // prettier-ignore
const count = fc.integer({ min: 0, max: 5000 });
const day = fc
  .integer({ min: 0, max: 30_000 })
  .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));

const anyDeed = (names: RuleNames): fc.Arbitrary<Deed> =>
  fc.oneof(
    fc.constant<Deed>({ kind: 'order' }),
    fc.constantFrom(...names.categories).map((name): Deed => ({ kind: 'category', name })),
    fc.constantFrom(...names.products).map((name): Deed => ({ kind: 'product', name })),
    fc.constantFrom(...names.channels).map((name): Deed => ({ kind: 'channel', name })),
    fc.constantFrom(...names.events, null).map((name): Deed => ({ kind: 'event', name })),
    fc
      .constantFrom('sent', 'open', 'click', 'reply', 'call', 'unsubscribe')
      .map((name): Deed => ({ kind: 'message', name: name as 'sent' })),
  );

const anyCondition = (names: RuleNames): fc.Arbitrary<Rule> => {
  const feature = fc.constantFrom(...names.features).map(({ name }) => name);
  const of = (levels: string[]) => fc.uniqueArray(fc.constantFrom(...levels), { maxLength: 4 });
  const span = fc.tuple(count, fc.option(count));
  return fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      feature,
      op: fc.constantFrom('<', '<=', '>', '>=', '=', '!='),
      value: number,
    }),
    fc.record({ kind: fc.constant('between' as const), feature, from: number, to: number }),
    fc
      .constantFrom(...names.attributes)
      .chain(({ name, levels }) => of(levels).map((some): Rule => ({ kind: 'in', attribute: name, levels: some }))),
    fc
      .oneof(feature, fc.constantFrom(...names.attributes.map(({ name }) => name)))
      .map((one): Rule => ({ kind: 'missing', of: one })),
    fc.record({
      kind: fc.constant('did' as const),
      what: anyDeed(names),
      atLeast: count,
      atMost: fc.option(count),
      window: fc.oneof(
        fc.constant('ever' as const),
        fc.record({ lastDays: count }),
        fc.record({ from: fc.option(day), to: fc.option(day) }),
      ),
      minAmount: fc.option(number),
    }),
    fc
      .tuple(fc.constantFrom('first', 'last'), anyDeed(names), span)
      .map(([which, what, [minDays, maxDays]]): Rule => ({ kind: 'when', which: which as 'first', what, minDays, maxDays })),
    of(names.lifecycle).map((some): Rule => ({ kind: 'lifecycle', names: some })),
    fc
      .tuple(fc.constantFrom('recency', 'frequency', 'spend'), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .map(([score, from, to]): Rule => ({ kind: 'score', of: score as 'recency', from, to })),
    fc.record({
      kind: fc.constant('segment' as const),
      id: fc.constantFrom(...names.segments.map(({ id }) => id)),
      isNot: fc.boolean(),
    }),
  );
}; // prettier-ignore

/** Any rule over the names, lists of no and of one part included. */
export const anyRule = (names: RuleNames): fc.Arbitrary<Rule> =>
  fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      anyCondition(names),
      fc.array(tie('rule'), { maxLength: 3 }).map((rules): Rule => ({ kind: 'and', rules })),
      fc.array(tie('rule'), { maxLength: 3 }).map((rules): Rule => ({ kind: 'or', rules })),
      tie('rule').map((rule): Rule => ({ kind: 'not', rule })),
    ),
  })).rule;
