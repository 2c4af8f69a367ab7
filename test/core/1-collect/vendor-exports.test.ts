import { describe, expect, test } from 'vitest';
import type { Role } from '../../../src/core/1-collect/collected';
import { checkTexts } from './read-text';

type Check = Awaited<ReturnType<typeof checkTexts>>;
const table = (...rows: (string | number)[][]): string =>
  rows.map((row) => row.map((cell) => quoted(String(cell))).join(',')).join('\n') + '\n';
const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const times = <T>(n: number, of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i));
const pad = (n: number) => String(n).padStart(2, '0');
const mail = (i: number) => `person${i}@example${i % 3}.com`;
const kinds = ({ check }: Check) => check.issues.map(({ kind }) => kind);
const said = ({ check }: Check, kind: string) => check.issues.find((issue) => issue.kind === kind)?.sentence;
const roleOf = ({ check }: Check, column: string, file = 0): Role =>
  check.files[file]!.columns.find(({ name }) => name === column)!.role;
const addsUp = ({ check }: Check) => {
  for (const { rowsRead, rowsUsed, rowsReported } of check.files)
    expect(rowsUsed + rowsReported).toBe(rowsRead);
};

// Every total below was worked out by hand from the rows that stand beside it.
const buyers = (n: number, each: number) =>
  table(
    ['order_id', 'email', 'created_at', 'total'],
    ...times(n, (i) => [i + 1, mail(i % each), `2023-${pad(1 + (i % 12))}-10`, '20.00']),
  );

describe('a shop whose prices hold the tax', () => {
  const header = 'Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Refunded Amount,Cancelled at,Phone'.split(','); // prettier-ignore
  // 2 x 11.90 + 1 x 5.95 + 4.95 = 34.70, 5.54 of it tax.
  const shop = table(
    header,
    ['#1', 'ann@x.com', 'paid', 'EUR', '29.75', '4.95', '5.54', '34.70', '0.00', '2024-05-01 09:58:12 +0200', 2, 'Mug, blue', '11.90', '0.00', '', "'+49 151 1000001"], // prettier-ignore
    ['#1', '', '', '', '', '', '', '', '', '2024-05-01 09:58:12 +0200', 1, 'Tea "Earl"', '5.95', '', '', ''],
    ['#2', '', 'paid', 'EUR', '11.90', '0.00', '1.90', '11.90', '0.00', '2024-05-02 10:00:00 +0200', 1, 'Mug, blue', '11.90', '0.00', '', "'+49 151 1000002"], // prettier-ignore
    ['#3', 'bob@x.com', 'voided', 'EUR', '5.95', '0.00', '0.95', '5.95', '0.00', '2024-05-03 10:00:00 +0200', 1, 'Tea "Earl"', '5.95', '0.00', '2024-05-03 11:00:00 +0200', ''], // prettier-ignore
    ['#4', 'bob@x.com', 'partially_refunded', 'EUR', '11.90', '0.00', '1.90', '11.90', '0.00', '2024-05-04 10:00:00 +0200', 1, 'Mug, blue', '11.90', '2.00', '', ''], // prettier-ignore
  );

  test('lines, an order without e-mail, a cancelled and a partly refunded one', async () => {
    const found = await checkTexts([['orders_export.csv', shop]]);
    expect(found.check.files[0]).toMatchObject({ source: { id: 'shopify-orders' }, rowsUsed: 5 });
    expect(found.check.totals).toMatchObject({ customers: 3, orders: 3 });
    expect(found.check.totals.revenue).toBeCloseTo(34.7 + 11.9 + 11.9 - 2, 9);
    expect(found.check.questions).toEqual([]);
  });

  test('the tax is in the totals and comes out of them', async () => {
    const found = await checkTexts([['orders_export.csv', shop]]);
    expect(said(found, 'tax')).toBe('orders_export.csv: amounts hold tax, as the file has it.');
    const bare = await checkTexts([['orders_export.csv', shop]], { tax: 'without' });
    const sums = bare.collected.lines!.amount.slice(0, 2);
    expect(sums[0]! + sums[1]!).toBeCloseTo(34.7 - 5.54, 9);
  });
});

test('orders that name their customers only are a warning beside a list of customers, not a footnote', async () => {
  const orders = table(
    ['Date', 'Order #', 'N. Revenue (formatted)', 'Status', 'Customer', 'Customer type', 'Net Sales'],
    ...times(20, (i) => [
      `2024-03-${10 + i}`,
      i,
      '$1,234.50',
      'completed',
      `Ann ${i % 5}`,
      'returning',
      '1234.50',
    ]),
  );
  const people = table(
    ['Name', 'Username', 'Last Active', 'Sign Up', 'Email', 'Orders', 'Total Spend', 'AOV', 'City'],
    ...times(20, (i) => [
      `Ann ${i}`,
      `ann${i}`,
      '2024-05-01',
      '2023-01-01',
      mail(i),
      1,
      '9.00',
      '9.00',
      'Rome',
    ]),
  );
  const found = await checkTexts([['orders.csv', orders], ['customers.csv', people]]); // prettier-ignore
  expect(found.check.issues.find(({ kind }) => kind === 'table not used')).toMatchObject({ severity: 'warning', rows: 20 }); // prettier-ignore
  expect(said(found, 'table not used')).toMatch(/no column says who the customer is.*choose the column that says it\.$/); // prettier-ignore
  addsUp(found);
});

test('cancellations of nobody known are not said to be counted', async () => {
  const rows = times(12, (i) => [536365 + i, '85123A', 2, `12/${1 + i}/2010 8:26`, '2.50', 17850 + (i % 4)]);
  const text = table(
    ['InvoiceNo', 'StockCode', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID'],
    ...rows,
    ['C536399', '85123A', -2, '12/14/2010 8:26', '2.50', ''],
  );
  const found = await checkTexts([['retail.csv', text]]);
  expect(said(found, 'rows that bring no money')).toMatch(/none of a known customer, so none is counted against what was bought\.$/); // prettier-ignore
  expect(found.check.totals).toMatchObject({ customers: 4, orders: 12, revenue: 60 });
});

test('subscriptions of people who never paid are said to be theirs, not nobody’s', async () => {
  const payments = table(
    ['id', 'Created (UTC)', 'Amount', 'Amount Refunded', 'Currency', 'Mode', 'Status', 'Customer ID'],
    ...times(12, (i) => [`ch_${i}`, `2023-${pad(1 + i)}-02 07:03`, '29.00', '0.00', 'usd', 'Live', 'Paid', `cus_A${i % 4}`]), // prettier-ignore
  );
  const plans = table(
    ['id', 'Customer ID', 'Plan', 'Interval', 'Amount', 'Status', 'Created (UTC)', 'Start Date (UTC)', 'Ended At (UTC)'], // prettier-ignore
    ...times(6, (i) => [
      `sub_${i}`,
      `cus_A${i}`,
      'pro',
      'month',
      '29.00',
      'active',
      '2023-01-01',
      '2023-01-01',
      '',
    ]),
  );
  const found = await checkTexts([['payments.csv', payments], ['subscriptions.csv', plans]]); // prettier-ignore
  expect(said(found, 'subscriptions without a customer')).toBe('subscriptions.csv: 2 of 6 rows belong to nobody among the customers and are not used.'); // prettier-ignore
  expect(found.collected.subscriptions!.nRows).toBe(4);
  expect(found.check.totals.revenue).toBeCloseTo(12 * 29, 9);
  addsUp(found);
});

test('a deal of several contacts belongs to the first of them', async () => {
  const contacts = table(
    ['Record ID', 'First Name', 'Last Name', 'Email', 'Lifecycle Stage', 'Company Name'],
    ...times(20, (i) => [100 + i, 'Ann', `N${i}`, mail(i), 'Lead', `Acme ${i % 4} GmbH`]),
  );
  const deals = table(
    [
      'Record ID',
      'Deal Name',
      'Deal Stage',
      'Amount',
      'Close Date',
      'Associated Company',
      'Associated Contact IDs',
    ],
    ...times(10, (i) => [900 + i, 'Big', i % 2 ? 'Closed won' : 'Closed lost', '1000', '2023-05-01 10:00', `Acme ${i % 4} GmbH`, i % 5 ? 100 + i : `${100 + i};119`]), // prettier-ignore
  );
  const found = await checkTexts([['contacts.csv', contacts], ['deals.csv', deals]]); // prettier-ignore
  expect(Array.from(found.collected.deals!.customer)).toEqual(times(10, (i) => i));
  expect(Array.from(found.collected.deals!.account!)).toEqual(times(10, (i) => i % 4));
  const alone = await checkTexts([['deals.csv', deals]]);
  expect(alone.collected.customerIds).toEqual(times(10, (i) => String(100 + i)));
});

test('a form that asks for the e-mail joins its answers to the orders', async () => {
  const form = table(
    ['#', 'How likely are you to recommend us?', 'Your email', 'Response Type', 'Start Date (UTC)', 'Stage Date (UTC)', 'Submit Date (UTC)', 'Network ID', 'Tags'], // prettier-ignore
    ...times(20, (i) => [`k${i}x9q`, i % 11, mail(i), 'completed', '2024-05-01 10:00:01', '', `2024-05-${pad(1 + i)} 10:02:01`, `9f${i}`, '']), // prettier-ignore
  );
  const found = await checkTexts([['orders.csv', buyers(40, 20)], ['responses.csv', form]]); // prettier-ignore
  expect(roleOf(found, 'Your email', 1)).toBe('email');
  expect(found.collected.surveys![0]!.customer).not.toContain(-1);
  expect(kinds(found)).not.toContain('answers without a customer');
  expect(found.check.totals).toMatchObject({ customers: 20, orders: 40, revenue: 800 });
});

test('a survey that asks for the e-mail under a question of its own joins by it', async () => {
  const survey = table(
    ['Respondent ID', 'Collector ID', 'Start Date', 'End Date', 'IP Address', 'Email Address', 'How likely is it that you would recommend us?', 'Contact Information', ''], // prettier-ignore
    ['', '', '', '', '', '', 'Response', 'Name', 'Email Address'],
    ...times(20, (i) => [`11800${i}`, 43, `05/${pad(1 + i)}/2024 09:10`, `05/${pad(1 + i)}/2024 09:12`, '', '', i % 11, 'Ann', mail(i)]), // prettier-ignore
  );
  const found = await checkTexts([['orders.csv', buyers(40, 20)], ['survey.csv', survey]]); // prettier-ignore
  expect(found.collected.surveys![0]!.customer).not.toContain(-1);
});

describe('files people really have', () => {
  const month = (m: number, columns: string[]) =>
    table(
      columns,
      ...times(10, (i) => {
        const cells = new Map(Object.entries({ order_id: m * 100 + i, customer_id: `C${i % 5}`, order_date: `2023-${pad(m)}-${pad(1 + i)}`, amount: '10.50', coupon: 'MAY' })); // prettier-ignore
        return columns.map((column) => cells.get(column)!);
      }),
    );
  const usual = ['order_id', 'customer_id', 'order_date', 'amount'];

  test('months in another column order, and one with a new column, are all counted', async () => {
    const found = await checkTexts([
      ['01.csv', month(1, usual)],
      ['02.csv', month(2, usual.toReversed())],
      ['03.csv', month(3, [...usual, 'coupon'])],
    ]);
    expect(found.check.files.map(({ rowsUsed }) => rowsUsed)).toEqual([10, 10, 10]);
    expect(found.check.totals).toMatchObject({ customers: 5, orders: 30, revenue: 315 });
    expect(kinds(found)).not.toContain('table not used');
  });

  test('without order numbers months that do not overlap are counted, others are not', async () => {
    const bare = usual.slice(1);
    const apart = await checkTexts([['01.csv', month(1, bare)], ['02.csv', month(2, [...bare, 'coupon'])]]); // prettier-ignore
    expect(apart.check.totals.revenue).toBeCloseTo(210, 9);
    const twice = await checkTexts([['01.csv', month(1, bare)], ['01b.csv', month(1, [...bare, 'coupon'])]]); // prettier-ignore
    expect(twice.check.totals.revenue).toBeCloseTo(105, 9);
    expect(kinds(twice)).toContain('table not used');
  });

  test('the same orders with another column are not counted twice', async () => {
    const found = await checkTexts([['a.csv', month(1, usual)], ['b.csv', month(1, [...usual, 'coupon'])]]); // prettier-ignore
    expect(found.check.totals).toMatchObject({ orders: 10, revenue: 105 });
  });

  test('orders that stand in two files with their columns in another order are told', async () => {
    const found = await checkTexts([['a.csv', month(1, usual)], ['b.csv', month(1, usual.toReversed())]]); // prettier-ignore
    expect(said(found, 'rows in two files')).toMatch(/^b\.csv: 10 rows stand in a\.csv already/);
  });

  test('rows a spreadsheet leaves empty below a table are told as such, not as purchases that repeat', async () => {
    const found = await checkTexts([['a.csv', month(1, usual) + ',,,\n'.repeat(30)]]);
    expect(said(found, 'empty rows')).toMatch(/^a\.csv: 30 rows hold nothing at all/);
    expect(kinds(found)).not.toContain('exact repeats');
    expect(found.check.totals).toMatchObject({ orders: 10, revenue: 105 });
    addsUp(found);
    const fixes = [{ fault: 'empty rows', file: 0, column: null }];
    const mended = await checkTexts([['a.csv', month(1, usual) + ',,,\n'.repeat(30)]], { fixes });
    expect(kinds(mended)).not.toContain('rows without a customer');
  });

  test('French: refunded and cancelled orders bring nothing, a part refunded is bought', async () => {
    const states = ['Payée', 'Remboursée', 'Annulée', 'Partiellement remboursée'];
    const rows = times(40, (i) => `CMD${i};client${i % 8}@ex.fr;${pad(13 + (i % 12))}/0${1 + (i % 9)}/2023;1 000,50 €;${states[i % 4]!}`); // prettier-ignore
    const text = `N° commande;Adresse e-mail;Date de commande;Montant TTC;Statut\n${rows.join('\n')}\n`;
    const found = await checkTexts([['commandes.csv', text]]);
    expect(found.check.totals).toMatchObject({ orders: 20, revenue: 20010 });
  });

  test('German: a rate of tax is no tax; Spanish: "Nº pedido" is the order', async () => {
    const german = times(
      20,
      (i) => `${i};K-${i % 6};${13 + (i % 12)}.05.2023;${i % 3 ? '1.234,50' : '99,00'} €;19 %`,
    );
    const found = await checkTexts([
      ['de.csv', `Bestellnr.;Kundennummer;Bestelldatum;Gesamtbetrag;MwSt.\n${german.join('\n')}\n`],
    ]);
    expect(roleOf(found, 'MwSt.')).not.toBe('tax');
    expect(found.check.totals.revenue).toBeCloseTo(7 * 99 + 13 * 1234.5, 6);
    const spanish = times(20, (i) => `${1000 + i};CL${i % 6};${13 + (i % 12)}/05/2023;9,50`);
    const text = `Nº pedido;Código cliente;Fecha;Importe total\n${spanish.join('\n')}\n`;
    expect(roleOf(await checkTexts([['es.csv', text]]), 'Nº pedido')).toBe('order');
  });

  test('a list of people in which a few stand twice is a list of people', async () => {
    const text = table(['customer_id', 'city', 'age'], ...times(30, (i) => [`C${i % 28}`, `B${i % 3}`, 20 + (i % 9)])); // prettier-ignore
    const found = await checkTexts([['people.csv', text]]);
    expect(found.check.files[0]).toMatchObject({ kind: 'customers', rowsUsed: 28 });
    expect(kinds(found)).toContain('customers twice');
    addsUp(found);
  });

  test('ages and incomes of a table without ids stay numbers', async () => {
    const text = table(['age', 'income', 'score'], ...times(60, (i) => [20 + (i % 40), 15000 + i * 977, (i * 37) % 100])); // prettier-ignore
    const { check } = await checkTexts([['wide.csv', text]]);
    expect(check.files[0]!.columns.map(({ type }) => type)).toEqual(['number', 'number', 'number']);
  });

  test('an id column that holds e-mails for guests knows them in any spelling', async () => {
    const rows = times(20, (i) => [i % 2 ? `C${i % 6}` : ['Ann@X.com', 'ann@x.com', '<ann@x.com>'][i % 3]!, `2023-01-${pad(1 + i)}`, '5.00']); // prettier-ignore
    const found = await checkTexts([['orders.csv', table(['customer_id', 'date', 'amount'], ...rows)]]);
    expect([...found.collected.customerIds].sort()).toEqual(['C1', 'C3', 'C5', 'ann@x.com']);
  });
});

describe('one sentence that names what is wrong', () => {
  const rows = (cells: (i: number) => (string | number)[]) =>
    table(['customer_id', 'date', 'amount'], ...times(20, cells));
  test.each([
    ['decimal marks that differ', 'o.csv', rows((i) => [`C${i % 5}`, `2023-01-${pad(1 + i)}`, i % 2 ? '1,100.50' : '1.100,50']), /column amount: need numbers; they are written in ways that do not go together, such as "1,100\.50" and "1\.100,50"/], // prettier-ignore
    ['days that no calendar has', 'o.csv', rows((i) => [`C${i % 5}`, i % 2 ? '2023-02-30' : '2023-02-10', '5.00']), /column date: need dates; 10 of 20 values are something else, the first is "2023-02-30" in row 3/], // prettier-ignore
    ['amounts that are empty', 'o.csv', rows((i) => [`C${i % 5}`, `2023-01-${pad(1 + i)}`, '']), /column amount: need to know how much they paid; every cell is empty/], // prettier-ignore
    ['JSON that is none', 'o.json', "[{'a':1}]", /need rows that are objects with named values; .* row 1: the row is no JSON.*list of objects/], // prettier-ignore
    ['JSON without names', 'o.json', '[{},{}]', /need rows with named values; got 2 rows that name nothing/],
  ])('%s', async (_, name, text, sentence) => {
    const { check } = await checkTexts([[name, text]]);
    const blocking = check.issues.filter(({ severity }) => severity === 'blocking');
    expect(blocking).toHaveLength(1);
    expect(blocking[0]!.sentence).toMatch(sentence);
    expect(blocking[0]!.sentence).not.toMatch(/separator|\b0 of/);
  });
});

describe('what a header leaves open', () => {
  const ask = (ids: string, who: (i: number) => string) =>
    checkTexts([['o.csv', `${ids},order_id,created_at,total\n${times(60, (i) => `${who(i)},o${i},2024-${pad(1 + (i % 9))}-11,${19 + i}.90`).join('\n')}\n`]]); // prettier-ignore

  test('two ids that tell different people apart are asked about, unless one says customer', async () => {
    const { check } = await ask('user_id,account_id', (i) => `u${i % 30},a${i % 7}`);
    expect(check.questions).toMatchObject([
      { role: 'customer', candidates: ['user_id', 'account_id'], why: 'Both could: column user_id names 30, column account_id names 7.' },
    ]); // prettier-ignore
    for (const [ids, n] of [
      ['user_id,account_id', 30],
      ['customer_id,account_id', 7],
    ] as const)
      // prettier-ignore
      expect((await ask(ids, (i) => `u${i % 30},a${i % n}`)).check.questions).toEqual([]);
  });

  test('whole amounts whose header says cents are divided by 100, and it is told', async () => {
    const orders = (header: string, amount: (i: number) => string) =>
      checkTexts([['o.csv', `user_id,order_id,created_at,${header}\n${times(40, (i) => `u${i % 13},o${i},2024-${pad(1 + (i % 9))}-11,${amount(i)}`).join('\n')}\n`]]); // prettier-ignore
    for (const header of ['amount_cents', 'Amount (cents)']) {
      const found = await orders(header, (i) => String(1990 + i * 100));
      // 40 x 19.90 + (0 + … + 39) x 1.00
      expect(found.check.totals.revenue).toBeCloseTo(1576, 9);
      expect(said(found, 'amounts in cents')).toContain('divided by 100: "1990" is 19.9');
    }
    const found = await orders('amount_cents', (i) => `${19 + i}.90`);
    expect(said(found, 'amounts in cents')).toBeUndefined();
    expect(found.check.totals.revenue).toBeCloseTo(1576, 9);
  });
});
