import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../../src/core/1-collect/collected';
import { checkTexts } from './read-text';

const shop = (rows: string[]) => `order_id,customer_id,order_date,quantity,unit_price\n${rows.join('\n')}\n`;
const good = ['1,A,2024-01-01,2,5.00', '2,B,2024-02-01,1,7.50', '3,A,2024-03-01,1,2.25'];
const issueOf = (check: { issues: { kind: string }[] }, kind: string) =>
  check.issues.find((i) => i.kind === kind);

describe('roles are recognised from headers and values', () => {
  const cases: [string, string, Partial<Record<Role, string>>][] = [
    ['a tutorial file', 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n1,a,x,2,2024-01-01,5.5,C1,UK\n2,b,y,1,2024-01-02,6.5,C2,UK\n2,b,y,1,2024-01-02,6.5,C2,UK\n', { order: 'InvoiceNo', product: 'StockCode', quantity: 'Quantity', time: 'InvoiceDate', price: 'UnitPrice', customer: 'CustomerID', country: 'Country' }], // prettier-ignore
    ['German', 'Bestellnummer;Kundennummer;Bestelldatum;Menge;Einzelpreis;Betrag\n1;07;01.02.2024;1;2,50;2,50\n2;08;13.02.2024;2;2,50;5,00\n3;07;14.02.2024;2;2,50;5,00\n', { order: 'Bestellnummer', customer: 'Kundennummer', time: 'Bestelldatum', quantity: 'Menge', price: 'Einzelpreis', amount: 'Betrag' }], // prettier-ignore
    ['French', 'numéro commande;id client;date commande;montant\n1;a;01/02/2024;2,50\n2;b;13/02/2024;5,00\n3;a;14/02/2024;5,00\n', { order: 'numéro commande', customer: 'id client', time: 'date commande', amount: 'montant' }], // prettier-ignore
    ['Spanish', 'id_pedido,id_cliente,fecha,importe\n1,a,2024-02-01,2.5\n2,b,2024-02-02,5\n3,a,2024-02-03,5\n', { order: 'id_pedido', customer: 'id_cliente', time: 'fecha', amount: 'importe' }], // prettier-ignore
    ['Dutch', 'bestelnummer;klantnummer;besteldatum;bedrag\n1;a;01-02-2024;2,50\n2;b;13-02-2024;5,00\n3;a;14-02-2024;5,00\n', { order: 'bestelnummer', customer: 'klantnummer', time: 'besteldatum', amount: 'bedrag' }], // prettier-ignore
    ['the order date, not the shipping date', 'customer,ship_date,order_date,total\na,2024-01-05,2024-01-01,5.5\nb,2024-01-06,2024-01-02,5.5\na,2024-01-07,2024-01-03,5.5\n', { time: 'order_date' }], // prettier-ignore
    ['the amount before price and quantity', 'customer,date,price,qty,total\na,2024-01-01,2.5,2,4.5\nb,2024-01-02,2.5,2,5\na,2024-01-03,2,2,4\n', { amount: 'total', price: 'price', quantity: 'qty' }], // prettier-ignore
  ];
  test.each(cases)('%s', async (_, text, wanted) => {
    const { check } = await checkTexts([['a.csv', text]]);
    const found = Object.fromEntries(check.files[0]!.columns.map((c) => [c.role, c.name]));
    expect(found).toMatchObject(wanted);
    expect(check.questions).toEqual([]);
    expect(check.files[0]!.kind).toBe('lines');
  });

  test('several discounts are held together and summed without their signs', async () => {
    const { check, collected } = await checkTexts([['a.csv', 'customer,date,total,retail_disc,coupon_disc\na,2024-01-01,5,-1,0.5\nb,2024-01-02,6,0,0\n']]); // prettier-ignore
    expect(check.files[0]!.columns.map((c) => c.role).slice(3)).toEqual(['discount', 'discount']);
    expect(Array.from(collected.lines!.discount!)).toEqual([1.5, 0]);
  });
});

describe('what is not sure is asked, and an answer settles it', () => {
  const headerless = '00004 0001 19970101 2 29.33\n00004 0001 19970118 2 29.73\n00021 0002 19970101 1 14.96\n00050 0003 19970101 3 5.00\n00050 0003 19970301 3 5.01\n'; // prettier-ignore

  test('a file without header: two id columns that match one to one are one customer, the amount is asked', async () => {
    const { check } = await checkTexts([['cd.txt', headerless]]);
    expect(check.questions.map((q) => q.role)).toEqual(['amount']);
    expect(check.questions[0]!.candidates).toContain('column 5');
    expect(check.verdict).toBe('1 question for you first. Which column of cd.txt says how much they paid?');
    expect(check.can).toEqual([]);
    expect(check.totals).toMatchObject({ customers: 3, orders: 5, lines: 5, revenue: 0 });
  });

  test('answers by column name, in any case', async () => {
    const answers = [
      { role: 'customer' as const, column: 'Column 1' },
      { role: 'time' as const, column: 'column 3' },
      { role: 'amount' as const, column: 'column 5' },
    ];
    const { check } = await checkTexts([['cd.txt', headerless]], { answers });
    expect(check.questions).toEqual([]);
    expect(check.totals).toMatchObject({ customers: 3, orders: 5, from: '1997-01-01', to: '1997-03-01' });
    expect(check.totals.revenue).toBeCloseTo(84.03, 9);
  });

  test('orders with their amount left out ask for it, and offer no column whose part the person settled', async () => {
    const text = 'order,customer,date,amount,tip\n1,a,2024-01-01,5.5,0.5\n2,b,2024-01-02,7.5,1.25\n3,a,2024-01-03,1,0\n'; // prettier-ignore
    const decisions = [{ file: 0, column: 3, role: 'ignore' as const }];
    const { check } = await checkTexts([['a.csv', text]], { decisions });
    expect(check.questions).toMatchObject([{ role: 'amount', candidates: ['tip'] }]);
    expect(check.verdict).toMatch(/^1 question for you first\. Which column of a\.csv says how much/);
    expect(check).toMatchObject({ can: [], totals: { revenue: 0 } });
    const answers = [{ role: 'amount' as const, column: 'tip' }];
    const answered = await checkTexts([['a.csv', text]], { decisions, answers });
    expect(answered.check).toMatchObject({ questions: [], totals: { revenue: 1.75, orders: 2 } });
  });

  test('a column without a name is named once', async () => {
    const answers = [{ role: 'amount' as const, column: 'column 5' }];
    const { check } = await checkTexts([['cd.txt', headerless.replaceAll(/ [\d.]+\n/g, ' 0.00\n')]], { answers }); // prettier-ignore
    expect(check.verdict).toMatch(/cd\.txt, column 5: need orders worth more than zero/);
  });

  test('an order of day and month that the values contradict changes nothing and says so', async () => {
    const column = async (dates: string[], dateOrder: 'dmy' | 'mdy' | 'ymd') => {
      const text = `customer,date,total\n${dates.map((date, i) => `c${i % 2},${date},5`).join('\n')}\n`;
      const decisions = [{ file: 0, column: 1, type: 'date' as const, dateOrder }];
      return (await checkTexts([['a.csv', text]], { decisions })).check.files[0]!.columns[1];
    };
    expect(await column(['2017-01-28', '2017-02-03'], 'dmy')).toMatchObject({
      dateOrder: 'ymd',
      why: 'dates with the year first or the month by name; the choice of the day first does not apply',
    });
    expect(await column(['01/28/2017', '02/27/2017'], 'dmy')).toMatchObject({
      dateOrder: 'mdy',
      unreadable: [],
      why: expect.stringMatching(/reads no other way; the choice of the day first does not apply$/),
    });
    expect(await column(['01/02/2017', '02/03/2017'], 'ymd')).toMatchObject({ why: expect.stringMatching(/the choice of the year first does not apply$/) }); // prettier-ignore
    expect(await column(['01/02/2017', '02/03/2017'], 'mdy')).toMatchObject({
      dateOrder: 'mdy',
      why: 'dates with the month first, as you chose',
    });
  });

  const either =
    'customer,date,total\na,01/02/2024,5.5\nb,05/01/2024,5.5\na,03/04/2024,5.5\nb,02/03/2024,5.5\n';
  test('dates that could be either way round are asked, and a decision or an answer settles them', async () => {
    const { check } = await checkTexts([['a.csv', either]]);
    expect(check.questions).toEqual([{ file: 'a.csv', role: 'time', sentence: 'a.csv, column date: does "01/02/2024" begin with the day or with the month?', candidates: ['date: day first', 'date: month first'] }]); // prettier-ignore
    const decided = await checkTexts([['a.csv', either]], {
      decisions: [{ file: 0, column: 1, dateOrder: 'mdy' }],
    });
    expect(decided.check).toMatchObject({ questions: [], totals: { from: '2024-01-02', to: '2024-05-01' } });
    const answers = [{ role: 'time' as const, column: 'date: day first' }];
    const answered = await checkTexts([['a.csv', either]], { answers });
    expect(answered.check).toMatchObject({ questions: [], totals: { from: '2024-01-05', to: '2024-04-03' } });
  });

  test('one value decides the order of day and month for its whole column', async () => {
    const { check } = await checkTexts([['a.csv', `${either}a,13/01/2024,1\n`]]);
    expect(check).toMatchObject({ questions: [], totals: { to: '2024-04-03' } });
  });

  test('rows in order of time decide it too', async () => {
    const rows = Array.from(
      { length: 48 },
      (_, i) => `c${i % 3},${(i % 12) + 1}/${Math.floor(i / 12) + 1}/2024,5`,
    );
    const { check } = await checkTexts([['a.csv', `customer,date,total\n${rows.join('\n')}\n`]]);
    expect(check).toMatchObject({ questions: [], totals: { from: '2024-01-01', to: '2024-04-12' } });
  });
});

describe('types are decided over all values', () => {
  const columnsOf = async (text: string) => (await checkTexts([['a.csv', text]])).check.files[0]!.columns;
  const orders = (name: string, values: string[]) =>
    `customer;date;total;${name}\n${values.map((v, i) => `c${i % 5};2024-01-${String((i % 28) + 1).padStart(2, '0')};5,5;"${v}"`).join('\n')}\n`;
  const list = (n: number, of: (i: number) => string) => Array.from({ length: n }, (_, i) => of(i));

  test('leading zeros stay text and say how many', async () => {
    const [column] = (
      await columnsOf(
        orders(
          'shelf',
          list(40, (i) => (i % 4 ? `${i + 100}` : `0${i}`)),
        ),
      )
    ).slice(3);
    expect(column).toMatchObject({ type: 'text', why: 'kept as text: 25% start with 0' });
  });

  test('long digits and near-unique digits of one width stay text', async () => {
    expect(
      (
        await columnsOf(
          orders(
            'ref',
            list(40, (i) => `1234567890123456${i}`),
          ),
        )
      )[3]!.type,
    ).toBe('text');
    expect(
      (
        await columnsOf(
          orders(
            'ref',
            list(40, (i) => `${100_000 + i * 37}`),
          ),
        )
      )[3]!.type,
    ).toBe('text');
  });

  test('one decimal mark a column: "1.234" is 1234 where another value says so', async () => {
    const column = (await columnsOf(orders('weight', ['1.234', '0,5', '12,25'])))[3]!;
    expect(column).toMatchObject({ type: 'number', decimal: ',' });
    expect(column.examples[0]).toEqual({ written: '1.234', read: '1234' });
  });

  test('a column that nothing settles follows the others of its file', async () => {
    const column = (await columnsOf(orders('weight', ['1.234', '2.345', '3.456'])))[3]!;
    expect(column).toMatchObject({
      decimal: ',',
      examples: [{ read: '1234' }, { read: '2345' }, { read: '3456' }],
    });
  });

  test('below 95% it is text, above it the rest is left empty and shown with its first row', async () => {
    const mostly = (n: number) => list(100, (i) => (i >= 100 - n ? 'about 5' : `${i % 50}`));
    expect((await columnsOf(orders('score', mostly(6))))[3]!.type).toBe('text');
    const column = (await columnsOf(orders('score', mostly(5))))[3]!;
    expect(column).toMatchObject({
      type: 'number',
      unreadable: [{ value: 'about 5', rows: 5, firstRow: 97 }],
    });
  });

  test('missing values are counted and are no reason for text', async () => {
    const column = (
      await columnsOf(orders('score', ['1', '', 'NA', 'n/a', 'null', 'NaN', ' ', '-', '.', '2']))
    )[3]!;
    expect(column).toMatchObject({ type: 'number', missing: 6, unreadable: [] });
  });

  test('permuting rows changes no decision', async () => {
    const lines = list(
      30,
      (i) => `${i},K${i % 7},${(i % 12) + 1}/${13 + (i % 15)}/2024,"${i % 3}.${i}","0${i}"`,
    );
    const header = 'order,customer,date,total,shelf';
    const decisions = async (rows: string[]) =>
      (await checkTexts([['a.csv', `${header}\n${rows.join('\n')}\n`]])).check.files[0]!.columns.map((c) => [c.type, c.role, c.decimal, c.dateOrder, c.missing, c.distinct]); // prettier-ignore
    const expected = await decisions(lines);
    expect(expected[2]).toEqual(['date', 'time', undefined, 'mdy', 0, 30]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (rows) => {
        expect(await decisions(rows)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

describe('orders', () => {
  test('an order id of two customers is two orders; without an id a day is one order', async () => {
    const same = await checkTexts([
      ['a.csv', shop(['1,A,2024-01-01,1,5', '1,B,2024-01-01,1,5', '1,A,2024-01-01,2,5'])],
    ]);
    expect(same.check.totals).toMatchObject({ orders: 2, lines: 3, customers: 2, revenue: 20 });
    const days = await checkTexts([['a.csv', 'customer,date,total\na,2024-01-01 08:00,1\na,2024-01-01 20:00,1\na,2024-01-02 00:00,1\nb,2024-01-01,1\n']]); // prettier-ignore
    expect(days.check.totals.orders).toBe(3);
  });

  const messy = shop([...good, 'C1,A,2024-01-02,-2,5.00', '4,,2024-03-01,1,9.00', '5,B,2024-03-09,0,1.00', '6,B,2024-03-10,1,0', '7,B,not a day,1,3', ...Array.from({ length: 30 }, (_, i) => `1${i},D,2024-02-01,1,1`)]); // prettier-ignore

  test('net keeps what was taken back as minus; drop leaves it out; the sums are always whole', async () => {
    const net = await checkTexts([['a.csv', messy]]);
    expect(net.check.totals).toMatchObject({ revenue: 10 + 7.5 + 2.25 - 10 + 30, lines: 36 });
    expect(Array.from(net.collected.lines!.isRefund).filter(Boolean)).toHaveLength(1);
    const drop = await checkTexts([['a.csv', messy]], { refunds: 'drop' });
    expect(drop.check.totals).toMatchObject({ revenue: 10 + 7.5 + 2.25 + 30, lines: 33, customers: 3 });
    for (const { check } of [net, drop]) {
      const file = check.files[0]!;
      expect(file.rowsRead).toBe(38);
      expect(file.rowsUsed + file.rowsReported).toBe(file.rowsRead);
      expect(issueOf(check, 'rows without a customer')).toMatchObject({ rows: 1, example: { row: 6, column: 'customer_id' } }); // prettier-ignore
      expect(issueOf(check, 'unreadable dates')).toBeUndefined();
      expect(issueOf(check, 'rows without a date')).toMatchObject({ rows: 1, example: { row: 9, value: 'not a day' } }); // prettier-ignore
      expect(issueOf(check, 'rows that bring no money')).toMatchObject({
        rows: 3,
        sentence: expect.stringMatching(/: 3 of 38 rows \(7\.9%\) .*: 1 in cancelled orders, 2 with a quantity of zero or less, 1 with a price of zero or less; worth 10 in/), // prettier-ignore
      });
    }
  });

  test('what is not worth more than zero is no order, and who has no order is counted apart', async () => {
    const rows = [...good, 'C4,A,2024-03-02,-1,2.25', 'C5,D,2024-03-02,-3,4.00', '6,E,2024-03-03,1,0.00'];
    const { check, collected } = await checkTexts([['a.csv', shop(rows)]]);
    expect(collected.customerIds).toEqual(['A', 'B', 'D', 'E']);
    expect(check.totals).toMatchObject({ customers: 2, orders: 3, lines: 6 });
    expect(check.files[0]).toMatchObject({ rowsUsed: 6, rowsReported: 0 });
    expect(check.can[0]).toMatch(/^Group 2 customers/);
    expect(issueOf(check, 'customers without an order')).toMatchObject({
      rows: 2,
      sentence: 'a.csv: 2 of 4 customers (50.0%) have only cancellations or orders worth nothing, worth 12 in the currency of the totals, and are in no segment.', // prettier-ignore
    });
    const people = 'customer_id,city\nA,Ulm\nD,Ulm\nF,Bonn\n';
    const joined = await checkTexts([['a.csv', shop(rows)], ['p.csv', people]]); // prettier-ignore
    const said = (kind: string) => joined.check.issues.find((issue) => issue.kind === kind);
    expect(said('customers without orders')!.sentence).toMatch(/1 of 3 customers has no orders/);
    expect(said('customers not in the customer table')).toMatchObject({ rows: 1, sentence: expect.stringMatching(/1 of 2 customers with orders is not in it/) }); // prettier-ignore
  });

  test('a price without a quantity is the price of one, and that is said', async () => {
    const text = 'order,customer,date,price\n1,a,2024-01-01,5.5\n2,b,2024-01-02,7\n3,a,2024-02-02,1\n';
    const { check } = await checkTexts([['a.csv', text]]);
    expect(check).toMatchObject({ questions: [], totals: { revenue: 13.5, orders: 3 } });
    expect(issueOf(check, 'price without a quantity')).toMatchObject({
      rows: 3,
      sentence: 'a.csv, column price: no column says how many, so every row counts as one piece at this price.', // prettier-ignore
    });
  });

  test('rows that are odd in two ways are one fact with one sum', async () => {
    const { check } = await checkTexts([['a.csv', shop([...good, 'C1,A,2024-01-02,-1,5.00'])]]);
    expect(check.issues.map(({ sentence }) => sentence)).toContain(
      'a.csv: 1 of 4 rows (25.0%) takes something back or brings nothing: all in cancelled orders, all with a quantity of zero or less; worth 5 in the currency of the totals; counted against what was bought.', // prettier-ignore
    );
  });

  test('an order marked cancelled brings nothing', async () => {
    const text =
      'order_id,customer_id,date,total,status\n1,a,2024-01-01,5,paid\n2,b,2024-01-02,7,Cancelled\n3,b,2024-01-02,1,paid\n';
    expect((await checkTexts([['a.csv', text]])).check.totals).toMatchObject({ revenue: 6, lines: 3 });
    expect((await checkTexts([['a.csv', text]], { refunds: 'drop' })).check.totals).toMatchObject({
      revenue: 6,
      lines: 2,
    });
  });

  test('ids written "17850.0" by a spreadsheet program match "17850" elsewhere', async () => {
    const orders = shop(['1,17850.0,2024-01-01,1,5', '2,17851.0,2024-01-02,1,5', '3,,2024-01-02,1,5']);
    const people = 'customer_id,city\n17850,Ulm\n17851,Bonn\n17852,Ulm\n';
    const { check, collected } = await checkTexts([['orders.csv', orders], ['people.csv', people]]); // prettier-ignore
    expect(collected.customerIds).toEqual(['17850', '17851']);
    expect(collected.attributes).toMatchObject([{ name: 'city', kind: 'category', levels: ['Ulm', 'Bonn'] }]);
    expect(check.files[0]!.columns[1]!.why).toMatch(/"\.0"/);
    expect(issueOf(check, 'customers without orders')).toMatchObject({ rows: 1 });
  });

  test('files with the same columns are added up; the same file twice counts once', async () => {
    const more = shop(['9,C,2024-04-01,1,1.00']);
    const { check } = await checkTexts([['jan.csv', shop(good)], ['feb.csv', more], ['copy.csv', more]]); // prettier-ignore
    expect(check.totals).toMatchObject({ customers: 3, orders: 4 });
    expect(issueOf(check, 'same file twice')).toMatchObject({ rows: 1 });
    expect(check.files.map((f) => [f.rowsUsed, f.rowsReported])).toEqual([[3, 0], [1, 0], [0, 1]]); // prettier-ignore
  });

  test('a date far from all others is set aside and said', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `${i},K${i % 9},2024-0${(i % 9) + 1}-01,1,5`);
    const { check } = await checkTexts([['a.csv', shop([...rows, '999,K1,2099-01-01,1,5'])]]);
    expect(check.totals.to).toBe('2024-09-01');
    expect(issueOf(check, 'dates far from the rest')).toMatchObject({ rows: 1, example: { row: 302 } });
  });

  test('the hash of the data knows neither the name of a file nor the order of files', async () => {
    const people = 'customer_id,city\nA,Ulm\nB,Bonn\n';
    const one = await checkTexts([['a.csv', shop(good)], ['p.csv', people]]); // prettier-ignore
    const two = await checkTexts([['q.csv', people], ['b.csv', shop(good)]]); // prettier-ignore
    const other = await checkTexts([['a.csv', shop(good.toReversed())], ['p.csv', people]]); // prettier-ignore
    expect(one.check.dataHash).toMatch(/^[0-9a-f]{64}$/);
    expect(two.check.dataHash).toBe(one.check.dataHash);
    expect(other.check.dataHash).not.toBe(one.check.dataHash);
  });
});

describe('a table with one row per customer', () => {
  const people = `customerID,age,senior,plan,email,Churn\n${Array.from({ length: 40 }, (_, i) => `k${i},${20 + (i % 30)},${i % 2},${'abc'[i % 3]},p${i}@example.com,${i % 4 ? 'No' : 'Yes'}`).join('\n')}\n`;

  test('gives attributes, label candidates and says what it cannot do', async () => {
    const { check, collected } = await checkTexts([['people.csv', people]]);
    expect(check.files[0]).toMatchObject({ kind: 'customers', rowsUsed: 40, rowsReported: 0 });
    expect(collected.lines).toBeNull();
    expect(collected.customerIds.slice(0, 2)).toEqual(['k0', 'k1']);
    expect(collected.attributes.map((a) => [a.name, a.kind])).toEqual([['age', 'number'], ['senior', 'category'], ['plan', 'category'], ['Churn', 'category']]); // prettier-ignore
    expect(check.labelCandidates).toEqual([{ column: 'Churn', values: ['Yes', 'No'] }, { column: 'senior', values: ['1', '0'], isProtected: true }]); // prettier-ignore
    expect(check.cannot.join(' ')).toMatch(/no dated orders/);
    expect(check.can.join(' ')).toMatch(/Churn/);
    expect(issueOf(check, 'personal data')).toMatchObject({ rows: 40 });
  });
});

test('equal spenders do not outweigh, one who brings twice an equal share does; money is told with its cents', async () => {
  const told = async (...amounts: number[]) => {
    const rows = amounts.map((amount, i) => `${i},${'ABCDEFGH'[i]},2023-0${1 + i}-01,${amount}`);
    const { check } = await checkTexts([['o.csv', `order_id,customer_id,order_date,total\n${rows.join('\n')}\n`]]); // prettier-ignore
    return check;
  };
  const kinds = ({ issues }: Awaited<ReturnType<typeof told>>) => issues.map(({ kind }) => kind);
  expect(kinds(await told(5.5, 5.5, 5.5, 5.5))).not.toContain('one customer outweighs');
  expect(kinds(await told(5.5, 5.5, 5.5, 25.5))).toContain('one customer outweighs');
  const refunded = await told(10.1, 8.28, 8.25, -2.25);
  expect(refunded.totals.revenue).toBe(26.63);
  expect(refunded.issues.map(({ sentence }) => sentence).join()).toContain('worth 2.25 in the currency of the totals'); // prettier-ignore
});
