import { describe, expect, test } from 'vitest';
import { corpus, type KnownList } from '../../fixtures/header-corpus';
import { settleTables, fillColumns, rawTable } from '../../fixtures/raw-tables';
import { checkTexts } from './read-text';

const tableOf = ({ columns, kind }: KnownList) => {
  const headers = columns.map(({ header }) => header);
  const { read, sorted } = settleTables([
    rawTable('a.csv', headers, fillColumns(columns, kind === 'customers')),
  ]);
  return { table: read[0]!, kind: sorted.kinds[0]! };
};

describe('exports that are known', () => {
  test.each(corpus.map((known, i) => [`${known.id} (${i})`, known] as const))('%s', (_, known) => {
    const { table } = tableOf(known);
    expect(table.source?.id).toBe(known.id);
    const found = table.columns.map(({ reading }) => [reading.name, reading.role]);
    expect(found).toEqual(known.columns.map(({ header, role }) => [header, role]));
  });
});

test('an answer settles who the customers of an export are that only names them', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `2024-03-${10 + i},${i},€1${i % 9}.50,completed,${['Anna Meier', 'Jan Kranz', 'Eva Frey'][i % 3]},returning,1× Mug,1,,1${i % 9}.50,Direct`); // prettier-ignore
  const header =
    'Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales,Attribution';
  const text = `${header}\n${rows.slice(0, 20).join('\n')}\n`;
  const asked = await checkTexts([['woo.csv', text]]);
  expect(asked.check.questions[0]).toMatchObject({ role: 'customer', candidates: expect.arrayContaining(['Customer']) }); // prettier-ignore
  expect(asked.check.questions[0]!.candidates[0]).toBe('Customer');
  const answers = [{ role: 'customer' as const, column: 'Customer' }];
  const { check } = await checkTexts([['woo.csv', text]], { answers });
  expect(check.files[0]).toMatchObject({ source: { id: 'woocommerce-orders' }, kind: 'lines', rowsUsed: 20 });
  expect(check.totals).toMatchObject({ customers: 3, orders: 20 });
});

test.each([
  ['Leistung', 'product'],
  ['Dienstleistung', 'product'],
  ['Bezeichnung', 'product'],
  ['Artikelbezeichnung', 'product'],
  ['Warenbezeichnung', 'product'],
  ['Leistungsart', 'category'],
  ['Warengruppe', 'category'],
  ['Produktart', 'category'],
  ['Abteilung', 'category'],
])('%s is the %s', async (header, role) => {
  const row = (i: number) => `K${i % 7};${1 + (i % 28)}.03.2024;${10 + (i % 9)},50;${['Schnitt', 'Farbe', 'Pflege'][i % 3]}`; // prettier-ignore
  const rows = Array.from({ length: 30 }, (_, i) => row(i)).join('\n');
  const { check } = await checkTexts([['a.csv', `Kundennr;Datum;Betrag;${header}\n${rows}\n`]]);
  expect(check.files[0]!.columns[3]!.role).toBe(role);
  expect(check.questions).toEqual([]);
});
