import { describe, expect, test } from 'vitest';
import { askRoles } from '../../../src/core/1-collect/ask-roles';
import type { TableKind } from '../../../src/core/1-collect/collected';
import { headerWords } from '../../../src/core/1-collect/role-words';
import { isSnapshotHeader } from '../../../src/core/1-collect/snapshot-columns';
import { explainUnusable } from '../../../src/core/1-collect/unusable';
import { corpus, npsFiles } from '../../fixtures/header-corpus';
import { fillColumns, rawTable, settleTables } from '../../fixtures/raw-tables';

const list = (n: number, of: (i: number) => string[]) => Array.from({ length: n }, (_, i) => of(i));
const kindsOf = (...tables: ReturnType<typeof rawTable>[]): TableKind[] => settleTables(tables).sorted.kinds;
const day = (i: number) => `2024-0${(i % 9) + 1}-1${i % 9}`;

const orders = rawTable('orders.csv', ['order_id', 'customer_id', 'order_date'], list(40, (i) => [`o${i}`, `c${i % 9}`, day(i)])); // prettier-ignore
const items = rawTable('items.csv', ['order_id', 'product_id', 'quantity', 'price'], list(80, (i) => [`o${i % 40}`, `p${i % 7}`, `${(i % 3) + 1}`, `${i % 9}.5`])); // prettier-ignore
const products = rawTable('products.csv', ['product_id', 'category', 'weight'], list(20, (i) => [`p${i}`, `k${i % 3}`, `${i}.5`])); // prettier-ignore

describe('sortTables tells what each table holds', () => {
  test.each(corpus.map((known, i) => [`${known.id} (${i})`, known] as const))('%s', (_, known) => {
    const rows = fillColumns(known.columns, known.kind === 'customers');
    const headers = known.columns.map(({ header }) => header);
    const { read, sorted } = settleTables([rawTable('a.csv', headers, rows)]);
    const hasWho = known.columns.some(({ role }) => role === 'customer');
    expect(sorted.kinds).toEqual([hasWho ? known.kind : 'other']);
    if (!hasWho) expect(askRoles(read[0]!, known.kind).map(({ role }) => role)).toEqual(['customer']);
  });

  test('items have their customer in another file, products have none; without orders items are nobody’s', () => {
    expect(kindsOf(items, products, orders)).toEqual(['items', 'products', 'lines']);
    expect(kindsOf(items)).toEqual(['other']);
  });

  test('what was sent to people is no event of theirs', () => {
    const sends = (words: string[]) =>
      rawTable('log.csv', ['customer_id', 'time', 'event'], list(40, (i) => [`c${i % 9}`, day(i), words[i % words.length]!])); // prettier-ignore
    expect(kindsOf(sends(['sent', 'open', 'click']))).toEqual(['touches']);
    expect(kindsOf(sends(['page_view', 'add_to_cart', 'purchase']))).toEqual(['events']);
  });

  test('notes with a claim about a segment are evidence', () => {
    const notes = rawTable('notes.csv', ['segment', 'claim', 'quote', 'source', 'date'], list(6, (i) => ['Loyal', 'They want speed', `"Quote ${i} of some length"`, 'interview', day(i)])); // prettier-ignore
    expect(kindsOf(notes)).toEqual(['evidence']);
  });

  test('a list of subscribers with much else to tell is a customer table', () => {
    const wide = rawTable('people.csv', ['customer_id', 'plan', 'start_date', 'mrr', 'seats', 'logins', 'region', 'industry', 'tickets', 'nps_visits'], list(50, (i) => [`c${i}`, 'Pro', day(i), '9.5', '3', `${i}`, 'EU', 'Retail', `${i % 4}`, '1'])); // prettier-ignore
    expect(kindsOf(wide)).toEqual(['customers']);
    const contracts = rawTable('subs.csv', ['customer_id', 'plan', 'start_date', 'end_date', 'amount'], list(50, (i) => [`c${i % 40}`, 'Pro', day(i), '', '9.5'])); // prettier-ignore
    expect(kindsOf(contracts)).toEqual(['subscriptions']);
  });

  test('tickets for events are orders; a log of events that names orders stays a log', () => {
    const tickets = rawTable('tickets.csv', ['customer_no', 'event', 'date', 'amount'], list(40, (i) => [`c${i % 9}`, `Concert ${i % 3}`, day(i), `${i + 1}.5`])); // prettier-ignore
    expect(kindsOf(tickets)).toEqual(['lines']);
    const payments = rawTable('pay.csv', ['user_id', 'type', 'timestamp', 'amount'], list(40, (i) => [`c${i % 9}`, 'card', day(i), `${i + 1}.5`])); // prettier-ignore
    expect(kindsOf(payments)).toEqual(['lines']);
    const log = rawTable('log.csv', ['user_id', 'event_name', 'timestamp', 'amount', 'order_id'], list(40, (i) => [`c${i % 9}`, 'buy', day(i), `${i}.5`, `o${i}`])); // prettier-ignore
    expect(kindsOf(log)).toEqual(['events']);
  });
});

describe('a first word that all headers share', () => {
  const rolesOf = (headers: string[], cells: (i: number) => string[]) =>
    settleTables([rawTable('a.csv', headers, list(40, cells))]).read[0]!.columns.map((c) => c.reading.role);

  test('goes where it says nothing', () => {
    const headers = ['export_order_id', 'export_customer', 'export_date', 'export_total'];
    expect(rolesOf(headers, (i) => [`o${i}`, `c${i % 9}`, day(i), `${i}.5`])).toEqual(['order', 'customer', 'time', 'amount']); // prettier-ignore
  });

  test('stays where it says what the rest is about', () => {
    const orders = ['order_id', 'order_date', 'order_total', 'order_customer'];
    expect(rolesOf(orders, (i) => [`o${i}`, day(i), `${i}.5`, `c${i % 9}`])).toEqual(['order', 'time', 'amount', 'customer']); // prettier-ignore
    const products = ['product_id', 'product_weight', 'product_height', 'product_width'];
    expect(rolesOf(products, (i) => [`p${i}`, `${i}`, '5', '6'])[0]).toBe('product');
  });
});

describe('answers of no known service', () => {
  test.each(npsFiles.map((known, i) => [i, known] as const))('file %i', (_, { columns, kind }) => {
    const headers = columns.map(({ header }) => header);
    const { read, sorted } = settleTables([rawTable('a.csv', headers, fillColumns(columns, false))]);
    expect(sorted.kinds).toEqual([kind]);
    const needed = columns.filter(({ role }) => role !== 'ignore');
    const found = read[0]!.columns.filter(({ reading }) => needed.some(({ header }) => header === reading.name)); // prettier-ignore
    expect(found.map(({ reading }) => [reading.name, reading.role])).toEqual(needed.map(({ header, role }) => [header, role])); // prettier-ignore
  });
});

describe('what cannot be used says why', () => {
  test('a report of totals has no customer in it', () => {
    const report = rawTable('report.csv', ['Session default channel group', 'Active users', 'New users', 'Sessions', 'Engagement rate'], list(8, (i) => [`Direct ${i}`, `${i * 7}`, `${i * 3}`, `${i * 9}`, `0.${i}`])); // prettier-ignore
    const { read, sorted } = settleTables([report]);
    expect(sorted.kinds).toEqual(['other']);
    expect(explainUnusable(read[0]!)).toMatchObject({
      questions: [],
      issues: [{ severity: 'blocking', sentence: expect.stringMatching(/^report\.csv: need rows that belong to customers; got Google Analytics 4 report: .*no customer in this file/) }], // prettier-ignore
    });
  });

  test('names alone never tell customers apart: it asks in one sentence', () => {
    const { columns } = corpus.find(({ id }) => id === 'woocommerce-orders')!;
    const headers = columns.map(({ header }) => header);
    const { read } = settleTables([rawTable('woo.csv', headers, fillColumns(columns, false))]);
    const { issues, questions } = explainUnusable(read[0]!);
    expect(issues.map(({ sentence }) => sentence)).toEqual([
      'woo.csv, column Customer: need an id or e-mail that says who the customer is; WooCommerce orders hold only names, and two people can share one. Export it with the e-mail or customer id, or choose below the column to tell customers apart by.', // prettier-ignore
    ]);
    expect(questions.map(({ role }) => role)).toEqual(['customer']);
    expect(questions[0]!.candidates).toContain('Customer');
  });

  test('a right name with values that cannot be it is asked about, not taken', () => {
    const { columns } = corpus.find(({ id }) => id === 'online-retail')!;
    const headers = columns.map(({ header }) => header);
    const rows = fillColumns(columns, false).map((row) => row.with(headers.indexOf('InvoiceDate'), 'soon'));
    const { read } = settleTables([rawTable('a.csv', headers, rows)]);
    const date = read[0]!.columns.find(({ reading }) => reading.name === 'InvoiceDate')!.reading;
    expect(date).toMatchObject({ role: 'ignore', roleConfidence: 0.5 });
    expect(askRoles(read[0]!, 'lines').map(({ role }) => role)).toEqual(['time']);
  });

  test('an unsure guess is offered first, with its reason', () => {
    const table = rawTable('a.csv', ['ref', 'when', 'total'], list(60, (i) => [`K${100 + (i % 20)}`, day(i), `${i}.5`])); // prettier-ignore
    const { read } = settleTables([table]);
    expect(askRoles(read[0]!)).toEqual([
      { file: 'a.csv', role: 'customer', sentence: 'Which column of a.csv says who the customer is?', candidates: ['ref'], why: 'Perhaps column ref: its values repeat like customer numbers.' }, // prettier-ignore
    ]);
  });
});

describe('a wide table without ids', () => {
  const wide = (name: string) => rawTable(name, ['Channel', 'Fresh', 'Milk'], list(30, (i) => [`${(i % 2) + 1}`, `${i * 37}`, `${i * 11}`])); // prettier-ignore

  test('has a customer in each row, named by the row of the file', () => {
    const { read, sorted } = settleTables([wide('shops.csv')]);
    expect(sorted.kinds).toEqual(['customers']);
    expect(sorted.byRow).toEqual(read);
    const id = read[0]!.columns.at(-1)!;
    expect(id).toMatchObject({ isMadeUp: true, reading: { role: 'customer', roleConfidence: 1 } });
    expect([id.profile.levels[0], id.profile.levels.at(-1)]).toEqual(['row 2', 'row 31']);
    expect(read[0]!.columns.slice(0, 3).map(({ reading }) => reading.role)).toEqual(Array(3).fill('attribute')); // prettier-ignore
  });

  test('of several alike each row has its own name, and none is made up beside a usable file', () => {
    const { read } = settleTables([wide('north.csv'), wide('south.csv')]);
    expect(read.map(({ columns }) => columns.at(-1)!.profile.levels[0])).toEqual(['north row 2', 'south row 2']); // prettier-ignore
    const paid = rawTable('paid.csv', ['customer_id', 'order_date', 'amount'], list(30, (i) => [`c${i % 9}`, day(i), `${i}.5`])); // prettier-ignore
    expect(kindsOf(wide('shops.csv'), paid)).toEqual(['other', 'lines']);
  });
});

test('columns true of the day of the export are marked as such', () => {
  const { columns } = corpus.find(({ id }) => id === 'klaviyo-profiles')!;
  const headers = columns.map(({ header }) => header);
  const { read } = settleTables([rawTable('a.csv', headers, fillColumns(columns, true))]);
  const marked = read[0]!.columns.filter(({ reading }) => reading.isSnapshot).map(({ reading }) => reading.name); // prettier-ignore
  expect(marked).toEqual(['Historic Customer Lifetime Value', 'Total Customer Lifetime Value', 'Predicted Customer Lifetime Value', 'Average Order Value', 'Historic Number Of Orders', 'Last Active', 'Last Open', 'Last Click', 'Average Days Between Orders', 'Email Suppressions', 'current_month_rfm_group']); // prettier-ignore
});

test.each([
  'lifetime_spend', 'total_revenue', 'Total Spent (EUR)', 'total spend (USD)', 'Amount Spent', 'Lifetime Orders', 'Avg Order Value', 'last_seen_at', 'Last Visit', 'Days since last order', 'churn_probability', 'Churn Risk', 'Lifetime Value (LTV)',
  'Gesamtumsatz', 'Umsatz gesamt', 'Letzte Bestellung', 'Anzahl Bestellungen', 'Nombre de commandes', 'Total dépensé', 'Gasto total', 'Último pedido', 'Laatste bestelling',
])('%s is of the day of the export', (header) => expect(isSnapshotHeader(headerWords(header))).toBe(true)); // prettier-ignore

test.each([
  'City', 'Age', 'Predicted Gender', 'First Order Date', 'Signup date', 'Last name', 'Number of employees', 'Account balance', 'Days since signup', 'Risk class', 'Order date', 'Gesamtnote',
])('%s is of any day', (header) => expect(isSnapshotHeader(headerWords(header))).toBe(false)); // prettier-ignore

test('card columns of payments are told as such, whatever they hold', () => {
  const { columns } = corpus.find(({ id }) => id === 'stripe-payments')!;
  const headers = columns.map(({ header }) => header);
  const { read } = settleTables([rawTable('a.csv', headers, fillColumns(columns, false))]);
  const cards = read[0]!.columns.filter(({ reading }) => reading.personal === 'card').map(({ reading }) => reading.name); // prettier-ignore
  expect(cards).toEqual(headers.filter((header) => header.startsWith('Card ')));
});
