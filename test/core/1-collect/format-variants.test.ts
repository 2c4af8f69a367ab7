import { describe, expect, test } from 'vitest';
import type { Role } from '../../../src/core/1-collect/collected';
import { SURE } from '../../../src/core/1-collect/roles';
import { corpus, type KnownColumn, type KnownList, otherExports } from '../../fixtures/header-corpus';
import { localised } from '../../fixtures/localised-headers';
import { fillColumns, rawTable, settleTables } from '../../fixtures/raw-tables';

type Tally = { columns: number; right: number; needed: number; neededRight: number; wrong: string[] };

const isPlain = (role: Role): boolean => role === 'attribute' || role === 'ignore';

/** Reads a list with its columns as given and counts how many have the part they have in truth. */
function tally({ columns, kind, id }: KnownList, name: string): Tally {
  const rows = fillColumns(columns, kind === 'customers');
  const { read } = settleTables([
    rawTable(
      'a.csv',
      columns.map(({ header }) => header),
      rows,
    ),
  ]);
  const found = read[0]!.columns.filter(({ isMadeUp }) => !isMadeUp);
  const sum: Tally = { columns: 0, right: 0, needed: 0, neededRight: 0, wrong: [] };
  columns.forEach(({ role, header }, c) => {
    const { role: got, roleConfidence } = found[c]!.reading;
    const isRight = got === role || (isPlain(got) && isPlain(role));
    sum.columns++;
    if (isRight) sum.right++;
    if (!isPlain(role)) sum.needed++;
    if (!isPlain(role) && isRight) sum.neededRight++;
    if (!isRight && !isPlain(got) && roleConfidence >= SURE)
      sum.wrong.push(`${id || name}: ${header} is ${role}, not ${got}`);
  });
  return sum;
}

function addUp(lists: KnownList[], name: string): Tally {
  const sum: Tally = { columns: 0, right: 0, needed: 0, neededRight: 0, wrong: [] };
  for (const each of lists.map((one) => tally(one, name))) {
    sum.columns += each.columns;
    sum.right += each.right;
    sum.needed += each.needed;
    sum.neededRight += each.neededRight;
    sum.wrong.push(...each.wrong);
  }
  return sum;
}

const words = (header: string): string[] =>
  header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}#"]+/u)
    .filter((word) => word !== '');
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
const shortForms = new Map(
  Object.entries({
    quantity: 'Qty', amount: 'Amt', customer: 'Cust', number: 'No', invoice: 'Inv', currency: 'Ccy', discount: 'Disc',
    product: 'Prod', category: 'Cat', description: 'Desc', date: 'Dt', event: 'Evt', session: 'Sess', shipping: 'Shp', financial: 'Fin',
  }),
); // prettier-ignore

const styles: Record<string, (header: string) => string> = {
  'camelCase': (header) => words(header).map((word, i) => (i === 0 ? word.toLowerCase() : capital(word))).join(''),
  'snake_case': (header) => words(header).join('_').toLowerCase(),
  'UPPER CASE': (header) => words(header).join(' ').toUpperCase(),
  'kebab-case': (header) => words(header).join('-').toLowerCase(),
  'prefix "Customer "': (header) => `Customer ${header}`,
  'prefix "export."': (header) => `export.${header}`,
  'short forms': (header) => words(header).map((word) => shortForms.get(word.toLowerCase()) ?? word).join(' '),
}; // prettier-ignore

const renamed = (rename: (header: string) => string): KnownList[] =>
  corpus.map((known) => ({
    ...known,
    columns: known.columns.map((column) => ({ ...column, header: rename(column.header) })),
  }));

/** Every list with its columns in another order, the same each time. */
const shuffled = (step: number): KnownList[] =>
  corpus.map((known) => {
    const order = (column: KnownColumn, c: number) => ((c + 1) * step * 7919 + column.header.length) % 9973;
    const columns = known.columns
      .map((column, c) => ({ column, at: order(column, c) }))
      .sort((a, b) => a.at - b.at)
      .map(({ column }) => column);
    return { ...known, columns };
  });

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)}%`;
const told = ({ columns, right, needed, neededRight, wrong }: Tally): string =>
  `${percent(right, columns)} of ${columns} columns right, ${percent(neededRight, needed)} of ${needed} with a part; wrong and sure: ${wrong.length ? wrong.join('; ') : 'none'}`;

function expectWell(name: string, sum: Tally, least: number) {
  const message = `${name}: ${told(sum)}`;
  if (process.env.SHOW_RATES) process.stderr.write(`${message}\n`);
  expect(sum.wrong, message).toEqual([]);
  expect(sum.right / sum.columns, message).toBeGreaterThanOrEqual(least);
  expect(sum.neededRight / sum.needed, message).toBeGreaterThanOrEqual(least);
}

describe('exports that are known, written another way', () => {
  test.each([1, 2, 3])('with their columns in another order (%i)', (step) =>
    expectWell('in another order', addUp(shuffled(step), 'shuffled'), 1),
  );

  test.each(Object.entries(styles))('with their headers as %s', (name, rename) =>
    expectWell(name, addUp(renamed(rename), name), 0.9),
  );
});

describe('files of no known source', () => {
  test('exports of other services', () => {
    expectWell('other services', addUp(otherExports, 'other'), 0.9);
  });

  test.each(['de', 'fr', 'es', 'nl'])('with headers in the language %s', (language) => {
    const lists = localised.filter((known) => known.language === language);
    expectWell(language, addUp(lists, language), 0.9);
  });
});
