import { expect, test } from 'vitest';
import { readCodings } from '../../../src/core/1-collect/codings';
import { compareInterviews } from '../../../src/core/5-dashboards/interviews';
import { segmentation } from '../4-decisions/example-results';
import { checkTexts } from '../1-collect/read-text';

const orders = `order_id,customer_id,order_date,total\n${Array.from(
  { length: 80 },
  (_, i) => `${i},C${i % 40},2024-0${1 + (i % 9)}-1${i % 9},${10 + (i % 50)}.5`,
).join('\n')}\n`;
const coded = (head: string, row: (code: string, i: number) => string) =>
  `${head}\n${Array.from({ length: 25 }, (_, i) => row(i < 15 ? 'regulars' : 'Quiet', i)).join('\n')}\n`;

/** Of 40 customers the first 20 are Regulars, the rest Quiet. */
const [first, second] = segmentation.segments;
const found = {
  segments: [first!, { ...second!, name: 'Quiet' }],
  customers: Int32Array.from({ length: 40 }, (_, i) => i),
  labels: Int32Array.from({ length: 40 }, (_, i) => Number(i >= 20)),
};

test.each([
  ['a column', coded('customer_id,segment', (code, i) => `C${i},${code}`), 'segment'],
  [
    'notes on claims',
    coded('customer_id,segment,claim,quote', (code, i) => `C${i},${code},buys gifts,"I buy gifts ${i}"`),
    'notes',
  ],
])('interviews in %s are held against the segments by their names', async (_, interviews, source) => {
  const { collected } = await checkTexts([
    ['orders.csv', orders],
    ['interviews.csv', interviews],
  ]);
  const told = compareInterviews(readCodings(collected), found, [], collected.customerIds)!;
  // 15 coded Regulars, 10 Quiet; 20 are Regulars, 5 Quiet: 20 agree, 0.6 · 0.8 + 0.4 · 0.2 = 0.56 by chance.
  expect(told).toMatchObject({ source, n: 25, agreed: 20, isThin: false });
  expect(told.kappa).toBeCloseTo((0.8 - 0.56) / 0.44, 12);
  expect(told.disagreements).toHaveLength(5);
  expect(told.disagreements[0]).toMatchObject({ coded: 'Quiet', assigned: 'Regulars' });
  expect(
    compareInterviews(readCodings(collected), found, ['One', 'Other'], collected.customerIds),
  ).toBeNull();
});

test('without codes of people nothing is held against anything', async () => {
  const { collected } = await checkTexts([['orders.csv', orders]]);
  expect(readCodings(collected)).toEqual([]);
  expect(compareInterviews([], found, [], collected.customerIds)).toBeNull();
});
