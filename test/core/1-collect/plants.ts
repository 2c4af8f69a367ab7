import { ddmmyyyy, idOf, type Row, type Shop } from './faulty-shop';

/** A fault put into the shop by hand: what it is called, where it must be found, and how it gets there. */
export type Plant = {
  kind: string;
  file: 'orders.csv' | 'customers.csv' | 'more-orders.csv';
  column: string | null;
  put(shop: Shop): void;
};

/** Writes into every so many rows from a place of its own, so that faults do not fall on each other. */
function some(rows: Row[], from: number, n: number, change: (row: Row, i: number) => void) {
  for (let i = 0; i < n; i++) change(rows[(from + i * 7) % rows.length]!, i);
}
const insert = (rows: Row[], at: number, row: Partial<Row>) => {
  const empty = Object.fromEntries(Object.keys(rows[0]!).map((name) => [name, '']));
  rows.splice(at, 0, { ...empty, ...row } as Row);
};
const set =
  (
    file: 'orders' | 'customers',
    from: number,
    n: number,
    column: string,
    text: (was: string, i: number) => string,
  ) =>
  (shop: Shop) =>
    some(shop[file], from, n, (row, i) => (row[column] = text(row[column]!, i)));
const sumOf = (rows: Row[], column: string): string =>
  rows.reduce((sum, row) => sum + (Number(row[column]) || 0), 0).toFixed(2);

export const plants: Plant[] = [
  { kind: 'extra blanks', file: 'orders.csv', column: 'category', put: set('orders', 100, 9, 'category', (was, i) => (i % 2 ? `${was}\u00a0` : ` ${was} `)) },
  { kind: 'capitals and small letters', file: 'customers.csv', column: 'city', put: set('customers', 3, 6, 'city', (was, i) => (i % 2 ? was.toUpperCase() : was.toLowerCase())) },
  { kind: 'several words for one thing', file: 'orders.csv', column: 'country', put: set('orders', 200, 12, 'country', () => 'Deutschland') },
  { kind: 'several words for one thing', file: 'customers.csv', column: 'newsletter', put: set('customers', 10, 8, 'newsletter', (was) => (was === 'yes' ? 'TRUE' : 'N')) },
  { kind: 'typing errors', file: 'orders.csv', column: 'category', put: set('orders', 300, 3, 'category', (_, i) => ['Gardne', 'Kichen', 'Bathrooom'][i]!) },
  { kind: 'broken letters', file: 'customers.csv', column: 'city', put: set('customers', 20, 4, 'city', () => 'MÃ¼nchen') },
  { kind: 'web page code', file: 'orders.csv', column: 'product', put: set('orders', 400, 5, 'product', (was, i) => (i % 2 ? `${was} &amp; more` : `<b>${was}</b>`)) },
  { kind: 'words for nothing', file: 'customers.csv', column: 'city', put: set('customers', 30, 5, 'city', () => 'unknown') },
  { kind: 'words for nothing', file: 'orders.csv', column: 'customer_id', put: set('orders', 650, 12, 'customer_id', () => 'guest') },
  { kind: 'numbers for nothing', file: 'customers.csv', column: 'age', put: set('customers', 40, 5, 'age', () => '999') },
  { kind: 'dates for nothing', file: 'customers.csv', column: 'signup_date', put: set('customers', 50, 6, 'signup_date', () => '1900-01-01') },
  { kind: 'ids cut short by a spreadsheet', file: 'orders.csv', column: 'order_id', put: set('orders', 500, 6, 'order_id', () => '5.00E+11') },
  { kind: 'order numbers used again', file: 'orders.csv', column: 'order_id', put: (shop) => { const bought = shop.orders.filter((row) => row.status !== 'returned'); some(bought, 560, 4, (row, i) => (row.order_id = bought[60 + i * 40]!.order_id!)); } },
  { kind: 'ids without their zeros', file: 'orders.csv', column: 'customer_id', put: set('orders', 600, 8, 'customer_id', (was) => String(Number(was))) },
  { kind: 'customers not in the customer table', file: 'orders.csv', column: 'customer_id', put: set('orders', 700, 5, 'customer_id', (_, i) => idOf(900_000 + i)) },
  { kind: 'another decimal mark', file: 'orders.csv', column: 'unit_price', put: set('orders', 800, 7, 'unit_price', (was) => was.replace('.', ',')) },
  { kind: 'letters for digits', file: 'orders.csv', column: 'unit_price', put: set('orders', 900, 5, 'unit_price', (was) => `${was.slice(0, -1)}O`) },
  { kind: 'units beside numbers', file: 'orders.csv', column: 'quantity', put: set('orders', 1000, 6, 'quantity', (was) => `${was} pcs`) },
  { kind: 'several currencies', file: 'orders.csv', column: 'line_total', put: (shop) => { shop.orders.forEach((row, i) => (row.line_total = `€${row.line_total}`.replace('€-', '-€') + (i ? '' : ''))); some(shop.orders, 1100, 6, (row) => (row.line_total = row.line_total!.replace('€', '$'))); } },
  { kind: 'amounts a hundred times too large', file: 'orders.csv', column: 'unit_price', put: (shop) => some(shop.orders.filter((row) => Number(row.unit_price) > 20), 1200, 5, (row) => (row.unit_price = row.unit_price!.replace('.', ''))) },
  { kind: 'values far too large', file: 'orders.csv', column: 'quantity', put: set('orders', 1300, 1, 'quantity', () => '400000') },
  { kind: 'totals that do not add up', file: 'orders.csv', column: 'line_total', put: set('orders', 1400, 9, 'line_total', (was) => was.replace(/(\d)\./, (_, d: string) => `${(Number(d) + 3) % 10}.`)) },
  { kind: 'quantities below zero without a mark', file: 'orders.csv', column: 'quantity', put: (shop) => some(shop.orders.filter((row) => row.status !== 'returned'), 1500, 6, (row) => { row.quantity = `-${row.quantity}`; row.line_total = `-${row.line_total}`; }) },
  { kind: 'prices of zero or less', file: 'orders.csv', column: 'unit_price', put: (shop) => some(shop.orders.filter((row) => row.status !== 'returned'), 1600, 6, (row) => { row.unit_price = '0.00'; row.line_total = '0.00'; }) },
  { kind: 'day and month swapped', file: 'orders.csv', column: 'order_date', put: (shop) => some(shop.orders.filter((row) => Number(row.order_date!.slice(0, 2)) > 12), 1700, 6, (row) => { const [d, m, y] = row.order_date!.split('/'); row.order_date = `${m}/${d}/${y}`; }) },
  { kind: 'days that do not exist', file: 'orders.csv', column: 'order_date', put: set('orders', 1800, 4, 'order_date', () => '31/09/2024') },
  { kind: 'years of two digits', file: 'orders.csv', column: 'order_date', put: set('orders', 1900, 8, 'order_date', (was) => was.replace('/20', '/')) },
  { kind: 'dates far from the rest', file: 'orders.csv', column: 'order_date', put: set('orders', 2000, 3, 'order_date', () => '12/03/2031') },
  { kind: 'dates after all others', file: 'orders.csv', column: 'order_date', put: set('orders', 2100, 4, 'order_date', () => ddmmyyyy(366 + 120)) },
  { kind: 'ages that cannot be', file: 'customers.csv', column: 'age', put: set('customers', 45, 4, 'age', (_, i) => ['-3', '130'][i % 2]!) },
  { kind: 'birthdays that cannot be', file: 'customers.csv', column: 'birth_date', put: (shop) => shop.customers.forEach((row, i) => (row.birth_date = `${i % 60 === 7 ? 2031 : 1950 + (i % 50)}-05-1${i % 9}`)) },
  { kind: 'orders before the customer', file: 'customers.csv', column: 'signup_date', put: set('customers', 60, 5, 'signup_date', () => '2024-12-31') },
  { kind: 'e-mail addresses that cannot be', file: 'customers.csv', column: 'email', put: set('customers', 70, 5, 'email', (was, i) => (i % 2 ? was.replace('@', '') : was.replace('.com', ',com'))) },
  { kind: 'telephone numbers in several forms', file: 'customers.csv', column: 'phone', put: set('customers', 80, 9, 'phone', (was, i) => (i % 2 ? was.replace('+49 30 ', '030/') : was.replace('+49 ', '0049-'))) },
  { kind: 'postcodes without their zero', file: 'customers.csv', column: 'zip', put: (shop) => some(shop.customers.filter((row) => row.zip!.startsWith('0')), 0, 5, (row) => (row.zip = row.zip!.slice(1))) },
  { kind: 'rows of totals', file: 'orders.csv', column: null, put: (shop) => insert(shop.orders, shop.orders.length, { order_id: 'Total', line_total: sumOf(shop.orders, 'line_total') }) },
  { kind: 'empty rows', file: 'orders.csv', column: null, put: (shop) => { for (let i = 0; i < 5; i++) insert(shop.orders, shop.orders.length, {}); } },
  { kind: 'column names among the rows', file: 'orders.csv', column: null, put: (shop) => insert(shop.orders, 1_500, Object.fromEntries(Object.keys(shop.orders[0]!).map((name) => [name, name]))) },
  { kind: 'rows slipped sideways', file: 'orders.csv', column: null, put: (shop) => some(shop.orders, 2200, 4, (row) => { const names = Object.keys(row); const texts = Object.values(row); texts.splice(3, 0, ''); names.forEach((name, i) => (row[name] = texts[i]!)); }) },
  { kind: 'test orders', file: 'orders.csv', column: null, put: (shop) => some(shop.orders, 2300, 4, (row) => (row.product = 'TEST')) },
  { kind: 'exact repeats', file: 'orders.csv', column: null, put: (shop) => { for (let i = 0; i < 6; i++) shop.orders.splice(2400 + 9 * i, 0, { ...shop.orders[2400 + 9 * i]! }); } },
  { kind: 'rows in two files', file: 'more-orders.csv', column: null, put: (shop) => { shop.extra = [...shop.orders.slice(-40), ...shop.orders.splice(-30)].map((row) => ({ ...row })); shop.extra = shop.extra.slice(0, 40).concat(shop.extra.slice(60)); } },
  { kind: 'customers twice', file: 'customers.csv', column: 'customer_id', put: (shop) => { for (let i = 0; i < 2; i++) shop.customers.push({ ...shop.customers[90 + i]!, city: 'Leipzig' }); } },
  { kind: 'columns nearly empty', file: 'customers.csv', column: 'shoe_size', put: (shop) => shop.customers.forEach((row, i) => (row.shoe_size = i % 97 ? '' : String(38 + (i % 7)))) },
  { kind: 'columns that never change', file: 'customers.csv', column: 'tenant', put: (shop) => shop.customers.forEach((row) => (row.tenant = 'main')) },
  { kind: 'per cent among plain numbers', file: 'customers.csv', column: 'loyalty', put: (shop) => shop.customers.forEach((row, i) => (row.loyalty = `${5 + (i % 26)}${i % 40 ? '' : '%'}`)) },
  { kind: 'ids written unlike the customer file', file: 'orders.csv', column: 'customer_id', put: (shop) => shop.orders.forEach((row, i) => { if (i % 3) row.customer_id = String(Number(row.customer_id)); }) },
  { kind: 'e-mail addresses in capitals', file: 'orders.csv', column: 'customer_id', put: (shop) => { const emails = new Map(shop.customers.map((row) => [row.customer_id, row.email!])); for (const row of shop.customers) row.customer_id = row.email!; shop.orders.forEach((row, i) => { const email = emails.get(row.customer_id)!; row.customer_id = i % 30 ? email : email.toUpperCase(); }); } },
  { kind: 'weeks without orders', file: 'orders.csv', column: 'order_date', put: (shop) => { const [from, to] = [150, 190].map((day) => shop.orders.findIndex((row) => row.order_date === ddmmyyyy(day))); shop.orders.splice(from!, to! - from!); } },
  { kind: 'a day with too many orders', file: 'orders.csv', column: 'order_date', put: (shop) => { for (let i = 0; i < 400; i++) shop.orders.push({ ...shop.orders[1_000 + i]!, order_id: String(90_000 + i), order_date: ddmmyyyy(200), status: 'delivered', quantity: '1', line_total: shop.orders[1_000 + i]!.unit_price! }); } },
]; // prettier-ignore
