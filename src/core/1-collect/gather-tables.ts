import { readAccounts } from './accounts';
import type { Collected, CustomerAttribute, Issue } from './collected';
import { coverCommittees, tellCommittees } from './committee-coverage';
import { readConsents } from './consents';
import { readDeals } from './deals';
import { readEvents } from './events';
import { readEvidence } from './evidence';
import { readFirmographics } from './firmographics';
import type { Gathered } from './gather-orders';
import type { ReadTable } from './read-table';
import type { Reading } from './row-tally';
import type { CustomerOf } from './spread-columns';
import { readSubscriptions } from './subscriptions';
import { readSurveys } from './surveys';
import type { SortedTables } from './table-kinds';
import { readTouches } from './touches';

type Tables = Pick<
  Collected,
  'subscriptions' | 'events' | 'touches' | 'surveys' | 'deals' | 'accounts' | 'evidence' | 'consents'
>;

/** What the files hold beside orders, with the rows of them that are used, by file. */
export type GatheredTables = {
  tables: Tables;
  /** Traits in fewer words than the columns `replaced` has, by the source that attributes name. */
  attributes: CustomerAttribute[];
  replaced: Set<string>;
  used: Map<number, number>;
  issues: Issue[];
};

/** Reads every kind of table besides orders, products and customers, and what customers' files tell of companies and consent. */
export function gatherTables(sorted: SortedTables, gathered: Gathered): GatheredTables {
  const nCustomers = gathered.customerIds.length;
  const customerOf = remember(gathered.customerOf);
  const people = [...sorted.customers, ...sorted.lines, ...sorted.of('subscriptions')];
  const used = new Map<number, number>();
  const issues: Issue[] = [];
  const take = <T>(reading: Reading<T> | null): T | undefined => {
    for (const [file, rows] of reading?.used ?? []) used.set(file, rows);
    issues.push(...(reading?.issues ?? []));
    return reading?.found;
  };
  const events = take(readEvents(sorted.of('events'), customerOf));
  const touches = take(readTouches(sorted.of('touches'), sorted.of('events'), customerOf));
  const surveys = take(readSurveys(sorted.of('surveys'), customerOf));
  const found = readAccounts(people, customerOf, nCustomers);
  const consent = readConsents([...people, ...sorted.of('events')], customerOf, nCustomers, touches ?? null);
  const tables: Tables = {
    subscriptions: take(readSubscriptions(sorted.of('subscriptions'), customerOf)),
    events,
    touches,
    surveys,
    deals: take(readDeals(sorted.of('deals'), customerOf, found?.accounts ?? null)),
    accounts: found?.accounts,
    evidence: take(readEvidence(sorted.of('evidence'))),
    consents: consent?.consents,
  };
  issues.push(...(found?.issues ?? []), ...(consent?.issues ?? []));
  const traits = readFirmographics(sorted.customers, customerOf, nCustomers, found?.accounts ?? null);
  const level = traits.attributes.find(({ name }) => name === 'Role level');
  if (found && level?.kind === 'category')
    issues.push(...tellCommittees(coverCommittees(found.accounts, level)));
  return { tables: onlyFound(tables), ...traits, used, issues };
}

/** The rows of each table are looked up once. */
function remember(customerOf: CustomerOf): CustomerOf {
  const known = new Map<ReadTable, Int32Array>();
  return (table) => {
    const rows = known.get(table) ?? customerOf(table);
    known.set(table, rows);
    return rows;
  };
}

const onlyFound = (tables: Tables): Tables =>
  Object.fromEntries(Object.entries(tables).filter(([, table]) => table !== undefined)) as Tables;
