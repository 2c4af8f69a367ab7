import { expect, test } from 'vitest';
import {
  coreMeasures,
  eventMeasures,
  furtherMeasures,
  subscriptionMeasures,
  touchMeasures,
} from '../../../src/core/2-features/registry';
import {
  reasonsOf,
  sayChange,
  sayReasons,
  sayTimes,
  sayTrait,
  type Reason,
} from '../../../src/core/4-decisions/say-reasons';

const recency: Reason = {
  feature: 'recency',
  label: 'days since last order',
  unit: 'days',
  isPersonal: false,
  value: 212,
  part: Math.log(2.1),
};
const frequency: Reason = {
  feature: 'frequency',
  label: 'number of orders',
  unit: 'orders',
  isPersonal: false,
  value: 8,
  part: Math.log(0.6),
};

test('sayReasons tells the strongest first, names the event once and says how many times the odds', () => {
  expect(sayReasons([frequency, recency], { kind: 'churn' })).toBe(
    'Last order 212 days ago makes leaving likelier (×2.1); 8 orders so far makes it less likely (×0.6)',
  );
});

test('sayReasons leaves out what hardly matters, and is empty when nothing does', () => {
  expect(
    sayReasons(
      [
        { ...recency, part: 0.04 },
        { ...frequency, part: -0.04 },
      ],
      { kind: 'churn' },
    ),
  ).toBe('');
});

test('sayReasons never tells who somebody is without saying so', () => {
  const gender: Reason = {
    ...recency,
    feature: 'gender=f',
    label: 'Gender: female',
    unit: 'flag',
    isPersonal: true,
    value: 1,
  };
  expect(sayReasons([gender], { kind: 'cancel' })).toBe(
    'Gender: female (who they are, not what they did) makes cancelling likelier (×2.1)',
  );
});

test('sayTimes stays sane beyond tenfold', () => {
  expect([3, -3, 0, Math.log(1.5), Math.log(0.25)].map(sayTimes)).toEqual([
    'over ×10',
    'under ×0.1',
    '×1.0',
    '×1.5',
    '×0.25',
  ]);
});

test('sayTrait says every trait of the registry at a value without leftovers of its label', () => {
  const measures = [
    ...coreMeasures,
    ...furtherMeasures,
    ...eventMeasures,
    ...touchMeasures,
    ...subscriptionMeasures,
  ];
  for (const { definition } of measures) {
    const said = sayTrait({ ...definition, feature: definition.name }, 1);
    expect(said).not.toMatch(/^(number of|days since|share of)|\(times\)|NaN|undefined/);
    expect(said.length).toBeGreaterThan(4);
  }
  expect(sayTrait({ feature: 'orders90', label: 'orders in the last 90 days', unit: 'orders' }, 1)).toBe(
    '1 order in the last 90 days',
  );
  expect(sayTrait({ feature: 'categories', label: 'different categories bought', unit: 'number' }, 3)).toBe(
    '3 different categories bought',
  );
  expect(
    sayTrait({ feature: 'weekendShare', label: 'share of orders at weekends', unit: 'share' }, 0.34),
  ).toBe('34% of orders at weekends');
  expect(sayTrait({ feature: 'x', label: 'Charges', unit: 'number' }, NaN)).toBe('no Charges known');
  expect(sayTrait({ feature: 'x', label: 'Contract: Monthly', unit: 'flag' }, 0)).toBe(
    'not “Contract: Monthly”',
  );
});

test('sayChange tells an order as an order and the rest with its direction', () => {
  expect(sayChange({ ...recency, from: 212, to: 5, orders: 2 })).toBe(
    '2 more orders, the last 5 days ago instead of 212',
  );
  expect(
    sayChange({
      feature: 'discountShare',
      label: 'discount share',
      unit: 'share',
      from: 0.34,
      to: 0.1,
      orders: 0,
    }),
  ).toBe('discount share down from 34% to 10%');
});

test('reasonsOf reads the reasons of one row and no more than there are', () => {
  const found = {
    features: [recency, frequency].map(({ feature, label, unit, isPersonal }) => ({
      feature,
      label,
      unit,
      isPersonal,
    })),
    perCustomer: 3,
    feature: Int16Array.of(0, -1, -1, 1, 0, -1),
    part: Float32Array.of(0.5, 0, 0, -1, 0.25, 0),
    value: Float64Array.of(9, 0, 0, 3, 4, 0),
    explained: 2,
  };
  expect(reasonsOf(found, 0).map(({ feature, value }) => [feature, value])).toEqual([['recency', 9]]);
  expect(reasonsOf(found, 1).map(({ feature, part }) => [feature, part])).toEqual([
    ['frequency', -1],
    ['recency', 0.25],
  ]);
});
