import { describe, expect, test } from 'vitest';
import type { CollectSettings } from '../../../src/core/1-collect/collected';
import { checkTexts } from './read-text';

type Check = Awaited<ReturnType<typeof checkTexts>>;
const issueOf = ({ check }: Check, kind: string) => check.issues.find((issue) => issue.kind === kind);
const perOrder = ({ collected }: Check): number[] => {
  const lines = collected.lines!;
  const sums = new Array<number>(lines.nOrders).fill(0);
  lines.order.forEach((order, i) => (sums[order]! += lines.amount[i]!));
  return sums.map((sum) => Math.round(sum * 1e6) / 1e6);
};
const addsUp = ({ check }: Check) => {
  for (const { rowsRead, rowsUsed, rowsReported } of check.files)
    expect(rowsUsed + rowsReported).toBe(rowsRead);
};

const shopifyHeader =
  'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Billing Name,Phone,Cancelled at,Refunded Amount,Source,Lineitem discount';
type Shop = Partial<Record<string, string>>;
const names = shopifyHeader.split(',');
const shopifyRow = (cells: Shop) => names.map((name) => cells[name] ?? '').join(',');
const order = (name: string, email: string, day: string, money: Shop, items: Shop[]) =>
  items.map((item, i) =>
    shopifyRow({
      Name: name,
      ...(i === 0
        ? {
            Email: email,
            'Financial Status': 'paid',
            Currency: 'EUR',
            'Created at': `${day} 09:58:12 +0000`,
            ...money,
          }
        : { 'Created at': `${day} 09:58:12 +0000` }),
      ...item,
    }),
  );
const item = (name: string, qty: number, price: number, more: Shop = {}): Shop => ({
  'Lineitem name': name,
  'Lineitem quantity': String(qty),
  'Lineitem price': price.toFixed(2),
  ...more,
});
const shopify = (...orders: string[][]): [string, string][] => [
  ['orders_export.csv', `${shopifyHeader}\n${orders.flat().join('\n')}\n`],
];

describe('an order written over several rows, what is true of it on the first only', () => {
  // Totals as a shop would print them: 3 x 9.99 + 2 x 5 = 39.97, less 4.00, 4.90 shipping, 7.77 tax.
  const first = order(
    '#1001',
    'ann@example.com',
    '2024-05-01',
    { Subtotal: '35.97', Shipping: '4.90', Taxes: '7.77', Total: '48.64', 'Discount Code': 'MAY', 'Discount Amount': '4.00', Source: 'web', 'Billing Name': 'Ann Smith' }, // prettier-ignore
    [item('Mug', 3, 9.99, { 'Lineitem compare at price': '12.00' }), item('Tea', 2, 5)],
  );
  const second = order('#1002', 'bob@example.com', '2024-05-03', { Subtotal: '10.00', Shipping: '0.00', Taxes: '1.90', Total: '11.90', 'Discount Amount': '0.00', 'Refunded Amount': '5.95', Source: 'pos' }, [item('Tea', 2, 5)]); // prettier-ignore
  const third = order('#1003', 'ann@example.com', '2024-06-01', { Subtotal: '20.00', Shipping: '4.90', Taxes: '4.73', Total: '29.63', 'Discount Amount': '0.00' }, [item('Tea', 1, 5), item('Pot', 1, 15), item('Card', 1, 0)]); // prettier-ignore
  const files = shopify(first, second, third);

  test('totals match to the cent, lines share them by what they cost', async () => {
    const found = await checkTexts(files);
    expect(found.check.questions).toEqual([]);
    expect(found.check.files[0]).toMatchObject({ kind: 'lines', rowsRead: 6, rowsUsed: 6, rowsReported: 0 });
    expect(found.collected.customerIds).toEqual(['ann@example.com', 'bob@example.com']);
    expect(perOrder(found)).toEqual([48.64, 5.95, 29.63]);
    const lines = found.collected.lines!;
    expect(lines.amount[0]! / lines.amount[1]!).toBeCloseTo(29.97 / 10, 2);
    expect(lines.amount[0]).toBe(Math.round(lines.amount[0]! * 100) / 100);
    expect(found.check.totals).toMatchObject({ customers: 2, orders: 3 });
    expect(found.check.totals.revenue).toBeCloseTo(48.64 + 11.9 - 5.95 + 29.63, 9);
    addsUp(found);
  });

  test('list price, channel and coupon reach the lines of the whole order', async () => {
    const { collected } = await checkTexts(files);
    const { listAmount, channel, coupon, discount } = collected.lines!;
    expect(listAmount![0]).toBe(36);
    expect(channel!.levels[channel!.codes[1]!]).toBe('web');
    expect(coupon!.levels[coupon!.codes[1]!]).toBe('MAY');
    expect(discount![0]! + discount![1]!).toBeCloseTo(4, 9);
  });

  test('tax and shipping are taken out on demand, and the check says what is in the amounts', async () => {
    const bare = await checkTexts(files, { tax: 'without', shipping: 'without' });
    expect(perOrder(bare)[0]).toBeCloseTo(35.97, 9);
    expect(perOrder(bare)[2]).toBeCloseTo(20, 9);
    // Half of the second order was refunded, tax with it.
    expect(perOrder(bare)[1]).toBeCloseTo(5, 9);
    expect(issueOf(bare, 'tax')!.sentence).toMatch(/hold tax in the file and are told without it/);
    const same = await checkTexts(files, { tax: 'with', shipping: 'with' });
    expect(perOrder(same)).toEqual([48.64, 5.95, 29.63]);
  });

  test('refunds beside an order are taken off it, or its full refund leaves it out', async () => {
    const full = order('#1004', 'cy@example.com', '2024-05-09', { 'Financial Status': 'refunded', Total: '30.00', 'Refunded Amount': '30.00' }, [item('Pot', 2, 15)]); // prettier-ignore
    const net = await checkTexts(shopify(first, second, full));
    expect(perOrder(net)).toEqual([48.64, 5.95, 0]);
    expect(Array.from(net.collected.lines!.isRefund)).toEqual([0, 0, 0, 1, 0, 1]);
    expect(net.check.totals).toMatchObject({ customers: 3, orders: 3, lines: 4 });
    expect(issueOf(net, 'refunds beside orders')).toMatchObject({ rows: 2 });
    const drop = await checkTexts(shopify(first, second, full), { refunds: 'drop' });
    expect(perOrder(drop)).toEqual([48.64, 11.9]);
    expect(drop.check.files[0]).toMatchObject({ rowsUsed: 3, rowsReported: 1 });
  });

  test('an order that was cancelled keeps its total in the file and brings nothing', async () => {
    const gone = order('#1005', 'dee@example.com', '2024-05-09', { Total: '20.00', 'Cancelled at': '2024-05-10 08:00:00 +0000' }, [item('Tea', 2, 5), item('Mug', 1, 10)]); // prettier-ignore
    const found = await checkTexts(shopify(first, second, gone));
    expect(perOrder(found)).toEqual([48.64, 5.95, 0]);
    expect(found.check.totals).toMatchObject({ customers: 2, orders: 2 });
  });

  test('permuting the rows changes no order', async () => {
    const rows = [...first, ...second, ...third];
    const shuffled = [5, 2, 0, 4, 1, 3].map((i) => rows[i]!);
    const found = await checkTexts(shopify(shuffled));
    expect(perOrder(found).sort((a, b) => a - b)).toEqual([5.95, 29.63, 48.64]);
    expect(found.check.files[0]).toMatchObject({ rowsUsed: 6 });
  });
});

describe('payments', () => {
  const header =
    'id,Description,Created (UTC),Amount,Amount Refunded,Currency,Tax,Mode,Status,Customer ID,Customer Email,Captured';
  const rows = [
    'ch_1,,2024-05-01 10:00,10.00,0.00,eur,0,Live,Paid,cus_1,ann@example.com,true',
    'ch_2,,2024-05-02 10:00,20.00,5.00,eur,0,Live,Paid,cus_2,bob@example.com,true',
    'ch_3,,2024-05-03 10:00,99.00,0.00,eur,0,Live,Failed,cus_2,bob@example.com,false',
    'ch_4,,2024-05-04 10:00,50.00,50.00,eur,0,Live,Refunded,cus_1,ann@example.com,true',
    'ch_5,,2024-05-05 10:00,77.00,0.00,eur,0,Test,Paid,cus_3,test@example.com,true',
  ];
  test('failed and test payments are left out and reported, refunds are netted', async () => {
    const found = await checkTexts([['payments.csv', `${header}\n${rows.join('\n')}\n`]]);
    expect(found.check.questions).toEqual([]);
    expect(found.check.totals).toMatchObject({ customers: 2, orders: 3, revenue: 25 });
    expect(found.check.files[0]).toMatchObject({ rowsRead: 5, rowsUsed: 3, rowsReported: 2 });
    expect(issueOf(found, 'payments that never came')).toMatchObject({ rows: 2, severity: 'warning' });
  });
});

describe('money in several currencies', () => {
  const text = 'order_id,customer_id,date,total,currency\n1,a,2024-01-01,10,EUR\n2,b,2024-01-02,20,USD\n3,a,2024-01-03,30,eur\n4,b,2024-01-04,8,GBP\n'; // prettier-ignore
  const check = (currency?: CollectSettings['currency']) =>
    checkTexts([['a.csv', text]], currency ? { currency } : {});

  test('is refused without rates: which currencies, how many rows, what to do', async () => {
    const found = await check();
    expect(issueOf(found, 'several currencies')).toMatchObject({
      severity: 'blocking',
      sentence:
        'a.csv: need amounts in one currency; got 2 rows in EUR, 1 row in GBP, 1 row in USD. Add a rate for GBP and USD into EUR (--currency EUR --rate GBP=… --rate USD=…), or leave these rows out with a rate of 0.',
    });
    expect(found.check.can).toEqual([]);
    addsUp(found);
  });

  test('is told in one currency with rates, and a rate of 0 leaves rows out', async () => {
    const rates = [{ code: 'USD', rate: 0.5 }, { code: 'GBP', rate: 0 }]; // prettier-ignore
    const found = await check({ report: 'EUR', rates });
    expect(found.check.totals).toMatchObject({ revenue: 50, lines: 3 });
    expect(issueOf(found, 'several currencies')!.sentence).toBe(
      'a.csv: all money is told in EUR: 1 row in GBP left out, 1 row in USD at 0.5.',
    );
    expect(found.check.files[0]).toMatchObject({ rowsUsed: 3, rowsReported: 1 });
  });

  test('a rate that is still missing is asked for by name', async () => {
    const found = await check({ report: 'EUR', rates: [{ code: 'USD', rate: 0.5 }] });
    expect(issueOf(found, 'several currencies')!.sentence).toMatch(/Add a rate for GBP into EUR/);
  });

  test('one currency needs no rate; signs beside the amounts count where no column says it', async () => {
    const one = await checkTexts([['a.csv', text.replaceAll(/USD|GBP|eur/g, 'EUR')]]);
    expect(issueOf(one, 'several currencies')).toBeUndefined();
    expect(one.check.totals.revenue).toBe(68);
    const signs = 'order_id,customer_id,date,total\n1,a,2024-01-01,€10.00\n2,b,2024-01-02,$20.00\n3,a,2024-01-03,€30.00\n'; // prettier-ignore
    expect(issueOf(await checkTexts([['a.csv', signs]]), 'several currencies')!.sentence).toMatch(
      /2 rows in EUR, 1 row in USD/,
    );
  });

  test('files of different currencies are told in one', async () => {
    const more = text.split('\n').slice(0, 1).concat('9,c,2024-02-01,100,USD').join('\n');
    const euros = text.replaceAll(/USD|GBP|eur/g, 'EUR');
    const found = await checkTexts([['a.csv', euros], ['b.csv', more]], { currency: { report: 'EUR', rates: [{ code: 'usd', rate: 0.9 }] } }); // prettier-ignore
    expect(found.check.totals.revenue).toBeCloseTo(68 + 90, 9);
  });
});

describe('orders and their items in two files', () => {
  const orders = 'order_id,customer_id,order_date,order_total\n1,a,2024-01-01,24.90\n2,b,2024-01-02,7.00\n3,a,2024-02-01,5.00\n'; // prettier-ignore
  const items =
    'order_id,product_id,quantity,unit_price\n1,p1,2,7.50\n1,p2,1,5.00\n2,p1,1,7.50\n8,p1,1,7.50\n';
  const products = 'product_id,product_name,category\np1,Mug,Kitchen\np2,Tea,Food\n';

  test('customer and date come from the orders, lines from the items, totals from the orders to the cent', async () => {
    const found = await checkTexts([['orders.csv', orders], ['items.csv', items], ['products.csv', products]]); // prettier-ignore
    expect(found.check.files.map(({ kind, rowsUsed, rowsReported }) => [kind, rowsUsed, rowsReported])).toEqual([['lines', 3, 0], ['items', 3, 1], ['products', 2, 0]]); // prettier-ignore
    expect(found.check.totals).toMatchObject({ customers: 2, orders: 3, lines: 4 });
    expect(perOrder(found).sort((a, b) => a - b)).toEqual([5, 7, 24.9]);
    const { product, category } = found.collected.lines!;
    expect(Array.from(product!).sort()).toEqual([-1, 0, 0, 1]);
    expect(Array.from(category!).sort()).toEqual([-1, 0, 0, 1]);
    expect(issueOf(found, 'rows without a customer')).toMatchObject({ rows: 1, example: { file: 'items.csv', row: 5 } }); // prettier-ignore
    addsUp(found);
  });

  test('items that no orders file knows are not used, and that is said', async () => {
    const other = items.replaceAll(/^\d/gm, '7');
    const found = await checkTexts([['orders.csv', orders], ['items.csv', other]]); // prettier-ignore
    expect(issueOf(found, 'items without orders')).toMatchObject({ rows: 4 });
    expect(found.check.totals).toMatchObject({ orders: 3, lines: 3 });
  });
});

describe('what belongs to the order and stands in each of its rows', () => {
  const list = (n: number, of: (i: number) => string) =>
    Array.from({ length: n }, (_, i) => of(i)).join('\n');
  const rows = list(
    40,
    (i) =>
    [0, 1, 2].map((k) => `${1000 + i},c${i % 9},2024-0${1 + (i % 9)}-03,${(60 + i * 1.5).toFixed(2)},item ${k},${(10 + i * 0.25 + k).toFixed(2)},${1 + (k % 2)}`).join('\n'), // prettier-ignore
  );
  test('counts once an order, and that is said', async () => {
    const header = 'order_number,customer_id,order_date,order_total,item_name,item_price,qty';
    const found = await checkTexts([['a.csv', `${header}\n${rows}\n`]]);
    expect(found.check.totals).toMatchObject({ orders: 40, lines: 120 });
    expect(found.check.totals.revenue).toBeCloseTo(40 * 60 + 1.5 * 780, 6);
    expect(issueOf(found, 'order sums')).toMatchObject({ rows: 120 });
  });

  test('amounts of the rows themselves are left alone', async () => {
    const text = 'order_number,customer_id,order_date,amount,item_name\n' + list(40, (i) => [0, 1, 2].map((k) => `${1000 + i},c${i % 9},2024-0${1 + (i % 9)}-03,${10 + k + i},item ${k}`).join('\n')); // prettier-ignore
    const found = await checkTexts([['a.csv', `${text}\n`]]);
    expect(found.check.totals.revenue).toBe(3 * 40 * 11 + 3 * 780);
    expect(issueOf(found, 'order sums')).toBeUndefined();
  });
});

test('five files of a marketplace: orders without money, items with a price and freight, customers, products', async () => {
  const list = (n: number, of: (i: number) => string) => Array.from({ length: n }, (_, i) => of(i)).join('\n') + '\n'; // prettier-ignore
  const files: [string, string][] = [
    ['orders.csv', 'order_id,customer_id,order_status,order_purchase_timestamp,order_delivered_customer_date\n' + list(60, (i) => `o${i},c${i % 40},${i % 20 === 3 ? 'canceled' : 'delivered'},2017-10-${10 + (i % 20)} 10:56:33,2017-10-30 21:25:13`)], // prettier-ignore
    ['items.csv', 'order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\n' + list(90, (i) => `o${i % 60},${i < 60 ? 1 : 2},p${i % 7},s${i % 3},2017-11-19 09:45:35,${20 + (i % 30)}.50,5.00`)], // prettier-ignore
    ['customers.csv', 'customer_id,customer_unique_id,customer_city,customer_state\n' + list(40, (i) => `c${i},u${i},${i % 2 ? 'franca' : 'campinas'},SP`)], // prettier-ignore
    ['products.csv', 'product_id,product_category_name,product_name_length,product_weight_g\n' + list(7, (i) => `p${i},cat${i % 3},40,${200 + i}`)], // prettier-ignore
  ];
  const found = await checkTexts(files);
  expect(found.check.files.map(({ kind, rowsUsed }) => [kind, rowsUsed])).toEqual([['lines', 60], ['items', 90], ['customers', 40], ['products', 7]]); // prettier-ignore
  expect(found.check.questions).toEqual([]);
  expect(found.check.issues.filter(({ severity }) => severity === 'blocking')).toEqual([]);
  // Cancelled: orders 3, 23 and 43, with items 3, 63, 23, 83 and 43.
  const price = (i: number) => 20.5 + (i % 30);
  const all = Array.from({ length: 90 }, (_, i) => i).filter((i) => ![3, 23, 43].includes(i % 60));
  expect(found.check.totals.revenue).toBeCloseTo(all.reduce((sum, i) => sum + price(i), 0), 6); // prettier-ignore
  expect(found.check.totals).toMatchObject({ orders: 57, customers: 38 });
  const shipped = await checkTexts(files, { shipping: 'with' });
  expect(shipped.check.totals.revenue).toBeCloseTo(all.reduce((sum, i) => sum + price(i) + 5, 0), 6); // prettier-ignore
  expect(found.collected.attributes.map(({ name }) => name)).toContain('customer_city');
  addsUp(found);
});

describe('Square item sales', () => {
  const header =
    'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment Method,Customer Name';
  const line = (day: number, time: string, id: string, net: string, who: string) =>
    `2024-03-${day},${time},Eastern Time (US & Canada),Coffee,Latte,1,Regular,S1,,"${net}",$0.00,"${net}",$0.40,${id},Card,${who}`; // prettier-ignore
  const rows = Array.from({ length: 20 }, (_, i) => {
    const n = i >> 1;
    return line(10 + n, `${8 + n}:1${n}:05`, `T${n}`, `$1,234.${10 + i}`, ['Anna Meier', 'Jan Kranz', 'Eva Frey'][n % 3]!); // prettier-ignore
  });
  const text = `${header}\n${rows.join('\n')}\n${line(20, '21:30:00', 'T99', '($5.00)', 'Anna Meier')}\n`;

  test('never take a name for the customer unasked', async () => {
    const { check } = await checkTexts([['items.csv', text]]);
    expect(check.files[0]!.source?.id).toBe('square-items');
    expect(check.questions[0]).toMatchObject({ role: 'customer' });
    expect(check.questions[0]!.candidates[0]).toBe('Customer Name');
  });

  test('join the time of day to the date, read amounts in brackets as refunds and transactions as orders', async () => {
    const answers = [{ role: 'customer' as const, column: 'Customer Name' }];
    const { check, collected } = await checkTexts([['items.csv', text]], { answers });
    const lines = collected.lines!;
    expect(lines.time[0]).toBe(Date.UTC(2024, 2, 10, 8, 10, 5));
    expect(lines.time[lines.nRows - 1]).toBe(Date.UTC(2024, 2, 20, 21, 30));
    expect(lines.amount[0]).toBeCloseTo(1234.1);
    expect(lines.amount[lines.nRows - 1]).toBe(-5);
    expect(lines.nOrders).toBe(11);
    const why = check.files[0]!.columns.map(({ name, roleWhy }) => [name, roleWhy] as const);
    expect(new Map(why).get('Time')).toBe('used: its time of day is added to Date');
  });
});

test('a time of day beside another column than the date, or a duration, is not joined', async () => {
  const of = async (header: string) => {
    const row = (i: number) => `k${i % 5},2024-03-${10 + i},0${i % 9}:15,${10 + i}`;
    const text = `customer,date,${header},amount\n${Array.from({ length: 15 }, (_, i) => row(i)).join('\n')}\n`;
    return (await checkTexts([['a.csv', text]])).collected.lines!.time[1]! % 86_400_000;
  };
  expect(await of('time')).toBe(75 * 60_000);
  expect(await of('delivery time')).toBe(0);
});
