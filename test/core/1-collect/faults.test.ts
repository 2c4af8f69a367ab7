import { describe, expect, test } from 'vitest';
import { collect, loadTables } from '../../../src/core/1-collect/collect';
import type { AppliedFix, CollectSettings, DataCheck, Issue } from '../../../src/core/1-collect/collected';
import { hashTable } from '../../../src/core/1-collect/data-hash';
import { faults } from '../../../src/core/1-collect/faults/registry';
import { cleanShop, type Shop, shopFiles } from './faulty-shop';
import { type Plant, plants } from './plants';
import { checkTexts, readBytes } from './read-text';

async function open(shop: Shop) {
  const files = [];
  for (const [name, text] of shopFiles(shop)) files.push(await readBytes(text, name));
  const loaded = loadTables(
    files.map((file) => file.table),
    files.map((file) => file.reading),
  );
  const check = (fixes: AppliedFix[] = []): DataCheck => {
    const settings: CollectSettings = { refunds: 'net', decisions: [], answers: [], fixes };
    return collect(loaded, settings).check;
  };
  return { loaded, check };
}

const fixOf = ({ fix }: Issue): AppliedFix => ({ fault: fix!.fault, file: fix!.file, column: fix!.column });
const isAt = ({ fix, example }: Issue, plant: Plant, check: DataCheck): boolean => {
  const file = check.files[fix!.file]!;
  const column = fix!.column === null ? null : file.columns[fix!.column]!.name;
  return fix!.fault === plant.kind && file.name === plant.file && column === plant.column && example !== null;
};
const offered = (check: DataCheck) => check.issues.filter((issue) => issue.fix && !issue.fix.isApplied);
const sumsUp = ({ files }: DataCheck) =>
  files.every(({ rowsRead, rowsUsed, rowsReported }) => rowsRead === rowsUsed + rowsReported);

describe('faults planted into a clean shop', () => {
  test('the clean shop has none', async () => {
    const { check } = await open(cleanShop());
    expect(offered(check()).map(({ sentence }) => sentence)).toEqual([]);
    expect(check().score).toMatchObject({ overall: expect.any(Number) });
  });

  test('every kind of the registry is planted, far more than 25', () => {
    const kinds = new Set(plants.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(faults.map(({ id }) => id).sort());
    expect(kinds.size).toBeGreaterThanOrEqual(25);
  });

  test.each(
    plants.map((plant): [string, Plant] => [`${plant.kind} in ${plant.column ?? plant.file}`, plant]),
  )('%s: found, mended, and taken back to the byte', async (_, plant) => {
    const shop = cleanShop();
    plant.put(shop);
    const { loaded, check } = await open(shop);
    const before = check();
    const stored = loaded.tables.map(hashTable);
    const issue = offered(before).find((one) => isAt(one, plant, before));
    expect(
      issue,
      `among ${JSON.stringify(
        offered(before).map((one) => one.sentence),
        null,
        1,
      )}`,
    ).toBeDefined();
    expect(issue!.sentence).toMatch(/^[\w-]+\.csv.*: /);
    expect(issue!.example).toMatchObject({ file: plant.file, value: expect.any(String) });
    expect(issue!.fix!.rows).toBeGreaterThan(0);
    expect(issue!.dimension).toBeDefined();
    const after = check([fixOf(issue!)]);
    const left = offered(after).find((one) => isAt(one, plant, after));
    expect(left?.rows ?? 0).toBeLessThan(issue!.rows);
    const applied = after.issues.filter(({ fix }) => fix?.isApplied);
    expect(applied).toMatchObject([{ kind: plant.kind, fix: { ...fixOf(issue!), rows: issue!.fix!.rows } }]);
    expect(after.dataHash).toBe(before.dataHash);
    expect(sumsUp(before) && sumsUp(after)).toBe(true);
    expect(after.files.map(({ rowsRead }) => rowsRead)).toEqual(before.files.map(({ rowsRead }) => rowsRead));
    expect(after.score!.overall).toBeGreaterThanOrEqual(before.score!.overall);
    expect(JSON.stringify(check())).toBe(JSON.stringify(before));
    expect(loaded.tables.map(hashTable)).toEqual(stored);
  });

  test('all of them at once: each found, at most two besides, and the safe ones mended in one go', async () => {
    // These change most of a file and would hide others: they stand in shops of their own above.
    const apart = [
      'rows in two files',
      'weeks without orders',
      'a day with too many orders',
      'several currencies',
      'ids written unlike the customer file',
      'e-mail addresses in capitals',
    ];
    const together = plants.filter(({ kind }) => !apart.includes(kind));
    const shop = cleanShop();
    for (const plant of together) plant.put(shop);
    const { check } = await open(shop);
    const before = check();
    const found = offered(before);
    const missed = together.filter((plant) => !found.some((issue) => isAt(issue, plant, before)));
    expect(missed.map(({ kind, column }) => `${kind} ${column}`)).toEqual([]);
    const besides = found.filter((issue) => !together.some((plant) => isAt(issue, plant, before)));
    expect(besides.map(({ sentence }) => sentence).slice(2)).toEqual([]);
    const safe = found.filter(({ fix }) => fix!.isSafe).map(fixOf);
    const after = check(safe);
    expect(after.issues.filter(({ fix }) => fix?.isApplied)).toHaveLength(safe.length);
    expect(
      offered(after)
        .filter(({ fix }) => fix!.isSafe)
        .map(({ sentence }) => sentence),
    ).toEqual([]);
    expect(after.score!.overall).toBeGreaterThan(before.score!.overall);
    expect(sumsUp(after)).toBe(true);
    expect(JSON.stringify(check())).toBe(JSON.stringify(before));
  });
});

test('a household that shares an address is not one customer twice; without ids the address tells', async () => {
  const twice = async (id: (i: number) => string) => {
    const rows = Array.from({ length: 8 }, (_, i) => `${id(i)},${i < 2 ? 'berg' : `m${i}`}@x.com,Name ${i}`);
    const { check } = await checkTexts([['crm.csv', `customer_id,email,city\n${rows.join('\n')}\n`]]);
    return check.issues.filter(({ kind }) => kind === 'customers twice').map(({ rows }) => rows);
  };
  expect(await twice((i) => `C${i}`)).toEqual([]);
  expect(await twice((i) => (i === 1 ? '' : `C${i}`))).toEqual([1]);
});

test('columns that many rows leave empty are named once a file; what stands once an order is not empty', async () => {
  const told = async (name: string, text: string) =>
    (await checkTexts([[name, text]])).check.issues
      .filter(({ kind }) => kind === 'columns partly empty')
      .map(({ sentence }) => sentence);
  const people = Array.from({ length: 100 }, (_, i) => `C${i},${i % 2 ? 'a' : 'b'},${i % 5 < 2 ? '' : 1000 + i * 7},${i % 10 < 7 ? '' : `X${i % 4}`}`); // prettier-ignore
  expect(await told('c.csv', `customer_id,plan,income,city\n${people.join('\n')}\n`)).toEqual([
    'c.csv: 2 columns have many empty cells: column city 70.0%, column income 40.0%. What is told of them rests on the other rows.',
  ]);
  const lines = Array.from({ length: 60 }, (_, i) => `${i},C${i % 9},2024-01-${10 + (i % 20)},5.${10 + i},de\n${i},,,3.20,`); // prettier-ignore
  expect(await told('o.csv', `order_id,customer_id,order_date,line_total,country\n${lines.join('\n')}\n`)).toEqual([]); // prettier-ignore
});
