import type { CollectSettings, Issue, OrderLines } from './collected';
import { settleCurrencies } from './currencies';
import { findPeople, type People } from './identity';
import { prepareLines } from './line-sources';
import { identityIssues } from './identity-issues';
import { productIssues } from './order-joins';
import { joinLines } from './join-lines';
import { createLineIndexes, exchange, type JoinedLines, readLines } from './order-lines';
import { moneyNotes } from './money-notes';
import type { ReadTable } from './read-table';
import type { CustomerOf } from './spread-columns';
import type { SortedTables } from './table-kinds';
import { plural } from './wording';

/** Orders and the people of all files; `customerOf` gives by row of any table the customer, -1 = not among them. */
export type Gathered = {
  parts: JoinedLines[];
  lines: OrderLines | null;
  customerIds: string[];
  customerOf: CustomerOf;
  /** By row of any table who it is, of all people; the same number is the same person. */
  personOf: CustomerOf;
  identity: People['identity'];
  /** Orders files whose lines, and with them the money, stand in an items file. */
  itemised: ReadTable[];
  issues: Issue[];
};

/** Who is who over all files, and the order lines: joined with their orders and products, in one currency. */
export function gatherOrders(sorted: SortedTables, settings: CollectSettings): Gathered {
  const products = sorted.of('products');
  const { sources, lost } = prepareLines(sorted.lines, sorted.of('items'), products);
  const beside = (['subscriptions', 'events', 'touches', 'surveys', 'deals'] as const).flatMap(sorted.of);
  const wide = sources.map(({ table }) => table);
  const people = findPeople([...wide, ...sorted.customers, ...beside], settings.apart ?? []);
  const indexes = createLineIndexes();
  const parts = sources.map((source) => readLines(source, people.rowsOf(source.table), indexes, settings));
  const currencies = settleCurrencies(
    parts.map(({ table, currencies, fate }) => ({ table, currencies, isCounted: (i) => fate[i] === 0 })),
    settings.currency,
  );
  exchange(parts, currencies.rateOf);
  const joined = parts.length > 0 ? joinLines(parts, indexes, people.ids, settings.refunds) : null;
  const { customerIds, customerOf } = joined ?? numberPeople(people, sorted.customers, beside);
  const known = new Map<number, Int32Array>();
  const rowsOf = (table: ReadTable): Int32Array => {
    const found = known.get(table.index) ?? people.rowsOf(table).map((p) => (p < 0 ? -1 : customerOf[p]!));
    known.set(table.index, found);
    return found;
  };
  const notes = moneyNotes(parts, settings);
  return {
    parts: joined?.joined ?? [],
    lines: joined?.lines ?? null,
    customerIds,
    customerOf: rowsOf,
    personOf: people.rowsOf,
    identity: people.identity,
    itemised: sources.flatMap(({ read, isItemised }) => (isItemised ? [read] : [])),
    issues: [
      ...currencies.issues,
      ...lost.map(lostItems),
      ...productIssues(wide, products),
      ...notes,
      ...identityIssues(people.identity),
    ],
  };
}

/** Without orders everybody in the customer tables is a customer, in the order of the files; else whoever is met. */
function numberPeople(people: People, customers: ReadTable[], beside: ReadTable[]) {
  const customerOf = new Int32Array(people.ids.length).fill(-1);
  const customerIds: string[] = [];
  for (const table of customers.length > 0 ? customers : beside)
    for (const person of people.rowsOf(table))
      if (person >= 0 && customerOf[person] === -1)
        customerOf[person] = customerIds.push(people.ids[person]!) - 1;
  return { customerIds, customerOf };
}

const lostItems = ({ profile: { fileName, nRows } }: ReadTable): Issue => ({
  kind: 'items without orders',
  severity: 'warning',
  sentence: `${fileName}: need the order numbers of an orders file, which says who bought and when; got ${plural(nRows, 'row')} of other orders, not used. Add the orders that they belong to.`,
  rows: nRows,
  example: null,
});
