import { expect, test } from 'vitest';
import { buildFeatures } from '../../../src/core/2-features/features';
import { buildPredictionInput } from '../../../src/core/2-features/prediction-input';
import { DAY } from '../../../src/core/2-features/history';
import { checkFiles, readBytes } from '../1-collect/read-text';

const ids = Array.from({ length: 200 }, (_, i) => `C${1000 + i}`);
const date = (day: number) => new Date(Date.UTC(2023, 0, 1) + day * DAY).toISOString().slice(0, 10);
const orders = ids.flatMap((id, i) =>
  Array.from(
    { length: 1 + (i % 9) },
    (_, j) => `${id},${i * 20 + j},${date((i * 7 + j * 60) % 540)},${10 + j}.50`,
  ),
);
const customers = ids.map(
  (id, i) => `${id},${i % 2 ? 'yes' : 'no'},${100 + ((i * 37) % 91)},${20 + (i % 50)}`,
);

test('columns of the day of the export, recognised when the file is read, are not learnt from', async () => {
  const { collected } = checkFiles([
    await readBytes(`customer_id,order_id,order_date,amount\n${orders.join('\n')}\n`, 'orders.csv'),
    await readBytes(`customer_id,partner,Total Spent,age\n${customers.join('\n')}\n`, 'customers.csv'),
  ]);
  const { leftOut, score, suspects } = buildPredictionInput(collected!, {
    target: { kind: 'churn' },
    horizonDays: 60,
    nOrigins: 2,
    asOf: Date.UTC(2023, 0, 1) + 540 * DAY,
    set: 'full',
    splitRule: null,
    seed: 1,
  });
  expect([leftOut, suspects]).toEqual([['Total Spent'], []]);
  const labels = score.features.map(({ definition }) => definition.label);
  expect(labels).toContain('age');
  expect(labels).toContain('last order value');
  expect(labels).not.toContain('Total Spent');
});

test('where nothing has a date, they are used, and named', async () => {
  const { collected } = checkFiles([
    await readBytes(`customer_id,partner,Total Spent,age\n${customers.join('\n')}\n`, 'customers.csv'),
  ]);
  const { suspects } = buildPredictionInput(collected!, {
    target: { kind: 'column', column: 'partner', value: 'yes' },
    horizonDays: 60,
    nOrigins: 2,
    asOf: 0,
    set: 'all',
    splitRule: null,
    seed: 1,
  });
  expect(suspects).toMatchObject([{ label: 'Total Spent', isSnapshot: true }]);
  const { features } = buildFeatures(collected!, null, 'all');
  expect(features.map(({ definition }) => definition.label)).toContain('Total Spent');
});
