import { expect, test } from 'vitest';
import { nameSegments, type NamingTrait } from '../../../src/core/3-models/clusters/name-segments';
import { isProtected } from '../../../src/core/3-models/clusters/protected-words';
import { fitColumn, transformValue } from '../../../src/core/2-features/transforms/fit-column';
import { orders90 } from '../../../src/core/2-features/measures/lately';
import { frequency, monetary, recency } from '../../../src/core/2-features/measures/rfm';
import type { FeatureDefinition } from '../../../src/core/2-features/feature-table';
import { createRandom } from '../../../src/core/kit/random';

const flag = (name: string): FeatureDefinition => ({
  name,
  label: name,
  unit: 'flag',
  formula: '',
  source: 'customers',
  high: name,
  low: `not ${name}`,
});

test('nameSegments never gives two segments one name, nor a name over 32 characters', () => {
  const traits = [
    { definition: recency.definition, z: 1.5 },
    { definition: frequency.definition, z: -1 },
    {
      definition: { ...monetary.definition, high: 'a very long way of saying that much was spent here' },
      z: 2,
    },
  ];
  const names = nameSegments([traits, traits, traits, traits, traits, [], []]);
  expect(new Set(names).size).toBe(7);
  for (const name of names) expect(name.length).toBeLessThanOrEqual(32);
  expect(names[0]).toBe('Long quiet, one-time buyers');
});

test('nameSegments uses one phrase where it suffices, else a second of another kind, and the spelling of the file', () => {
  const named = (...traits: NamingTrait[]) => nameSegments([traits])[0];
  const [quiet, often] = [recency.definition, frequency.definition];
  expect(named({ definition: monetary.definition, z: 2 }, { definition: often, z: 1 })).toBe('Big spenders');
  expect(named({ definition: quiet, z: 2 }, { definition: orders90.definition, z: -1.9 })).toBe('Long quiet');
  expect(named({ definition: quiet, z: 1.5 }, { definition: often, z: 1.4 })).toBe('Lapsed regulars');
  expect(named({ definition: flag('Contract: Month-to-month'), z: 2 }, { definition: quiet, z: -1 })).toBe(
    'Contract Month-to-month',
  );
  expect(named({ definition: flag('plan: Pro'), z: -2 }, { definition: quiet, z: 1 })).toBe('Long quiet');
  const [one, other] = [
    { definition: quiet, z: 2 },
    { definition: often, z: -0.5 },
  ];
  expect(nameSegments([[one!, other!], [one!]])).toEqual(['Long quiet, one-time buyers', 'Long quiet']);
});

test('nameSegments tells segments near the average apart by what little there is, never by a number where words do', () => {
  const [spend, often] = [monetary.definition, frequency.definition];
  const female = { definition: flag('gender: Female'), z: 2 };
  const names = nameSegments([
    [female, { definition: spend, z: 0.1 }],
    [female, { definition: spend, z: -0.1 }],
    [female, { definition: often, z: 0.02 }],
    [female],
    [female],
  ]);
  expect(names).toEqual([
    'Near average, big spenders',
    'Near average, small spenders',
    'Near average, frequent buyers',
    'Middle of the road',
    'Around the average',
  ]);
});

test('nameSegments tells two segments of one trait apart by how far out they are', () => {
  const of = (z: number) => [{ definition: monetary.definition, z }];
  expect(nameSegments([of(1), of(2)])).toEqual(['Big spenders', 'Big spenders, more so']);
  expect(nameSegments([of(2), of(1)])).toEqual(['Big spenders', 'Big spenders, less so']);
});

test('nameSegments uses no word about who people are', () => {
  for (const word of [
    'gender: Female',
    'Age',
    'religion',
    'SeniorCitizen',
    'Marital_Status',
    'ethnicity',
    'Kidhome',
    'Year_Birth',
    'CustomerAge',
    'agegroup',
    'DOB',
    'country of birth',
    'Sexual Orientation',
    'Dependents: Yes',
    'Geschlecht: weiblich',
    'Familienstand',
    'Staatsangehörigkeit',
    'âge_client',
    'État civil',
    'Estado Civil: Casado',
    'nacionalidad',
    'età',
    'płeć',
    'ålder',
    'Kön',
    '年龄段',
    'Пол',
    'возраст',
    'Under 30',
    'over65: yes',
  ])
    expect(isProtected(flag(word)), word).toBe(true);
  for (const word of [
    'average order value',
    'share of weekends',
    'package',
    'storage used',
    'engagement',
    'manager',
    'city: Manchester',
    'country',
    'plan: Basic',
    'полка',
    'orders under 50',
    'under 30 days: yes',
  ])
    expect(isProtected(flag(word)), word).toBe(false);
  expect(
    nameSegments([
      [
        { definition: flag('gender: Female'), z: 3 },
        { definition: recency.definition, z: 0.5 },
      ],
    ]),
  ).toEqual(['Long quiet']);
});

test('fitColumn takes the log of lopsided columns that are never negative, and only when it helps', () => {
  const random = createRandom(4);
  const lopsided = Float64Array.from({ length: 500 }, () => Math.exp(random.normal()));
  expect(fitColumn('x', lopsided).log).toBe(true);
  expect(
    fitColumn(
      'x',
      lopsided.map((value) => value - 1),
    ).log,
  ).toBe(false);
  expect(
    fitColumn(
      'x',
      Float64Array.from({ length: 500 }, () => random.normal()),
    ).log,
  ).toBe(false);
  const constant = fitColumn('x', new Float64Array(5).fill(0.1));
  expect(constant.sd).toBe(0);
  expect(transformValue(constant, 0.1)).toBe(0);
  expect(transformValue(constant, 7)).toBe(0);
  expect(transformValue(fitColumn('x', lopsided), NaN)).toBe(0);
});
