import type { Accounts, Deals } from './canonical';
import type { Issue } from './collected';
import { accountKey } from './account-names';
import { holdsSeveral } from './contact-keys';
import { createIndex } from './customer-ids';
import { outcomeOf } from './deal-outcomes';
import { columnOf, type ReadTable } from './read-table';
import { createTally, type Reading, type Reason, sayOf } from './row-tally';
import {
  type CustomerOf,
  findColumn,
  spreadCodes,
  spreadNumbers,
  spreadTimes,
  textAt,
} from './spread-columns';
import { count, hasHave, isAre, plural } from './wording';

const noOwner: Reason = {
  kind: 'deals without a customer',
  severity: 'warning',
  role: 'customer',
  sentence: (n) => `${hasHave(n)} neither a known customer nor a known company and ${isAre(n)} not used.`,
};
const noStage: Reason = {
  kind: 'deals without a stage',
  severity: 'warning',
  role: 'stage',
  sentence: (n) => `${hasHave(n)} no stage and ${isAre(n)} not used.`,
};

type Row = {
  customer: number;
  account: number;
  stage: number;
  outcome: Deals['outcome'][number];
  amount: number;
  time: number;
};

/** Deals of all files. One that names a company belongs to it, whether or not it names a person there. */
export function readDeals(
  tables: ReadTable[],
  customerOf: CustomerOf,
  accounts: Accounts | null,
): Reading<Deals> | null {
  if (tables.length === 0) return null;
  const stages = createIndex();
  const rows: Row[] = [];
  const used = new Map<number, number>();
  const issues: Issue[] = [];
  for (const table of tables) {
    const before = rows.length;
    const tally = createTally(table);
    const read = createReader(table, customerOf, accounts, stages.of);
    for (let row = 0; row < table.profile.nRows; row++) {
      const found = read(row);
      if ('kind' in found) tally.leaveOut(found, row);
      else rows.push(found);
    }
    used.set(table.index, tally.used());
    issues.push(
      ...tally.issues(),
      ...tellSeveral(table),
      ...tellOutcomes(table, rows.slice(before), stages.texts),
    );
  }
  const numbers = (pick: (row: Row) => number) => Float64Array.from(rows, pick);
  const found: Deals = {
    nRows: rows.length,
    customer: Int32Array.from(rows, (row) => row.customer),
    account: accounts && Int32Array.from(rows, (row) => row.account),
    stage: { codes: Int32Array.from(rows, (row) => row.stage), levels: stages.texts },
    outcome: rows.map((row) => row.outcome),
    amount: rows.some((row) => !Number.isNaN(row.amount)) ? numbers((row) => row.amount) : null,
    time: numbers((row) => row.time),
  };
  return { found, used, issues };
}

function createReader(
  table: ReadTable,
  customerOf: CustomerOf,
  accounts: Accounts | null,
  stageOf: (text: string) => number,
): (row: number) => Row | Reason {
  const customer = columnOf(table, 'customer') ? customerOf(table) : null;
  const company = findColumn(
    table,
    'account',
    /\b(company|companies|account|organi[sz]ation|firma|empresa|bedrijf)( name)?$/,
  );
  const known = new Map(accounts?.names.map((name, account) => [accountKey(name), account]));
  const accountOf = company?.profile.levels.map((text) => known.get(accountKey(text)) ?? -1);
  const stage = findColumn(table, 'stage', /\bstage\b|^phase$/);
  const status = findColumn(table, 'status', /^(deal )?(status|outcome)$|^is (closed )?won$/);
  const amount = findColumn(table, 'amount', /\b(amount|value)$/, ({ numbers }) => numbers !== null);
  const amounts = amount && spreadNumbers(amount);
  const closed = spreadTimes(
    findColumn(table, null, /^(close|closed|closing)( date| at| on)?( utc)?$/, ({ dates }) => dates !== null),
  );
  const dated = spreadTimes(
    findColumn(table, 'time', /\b(date|created|create date)\b/, ({ dates }) => dates !== null),
  );
  const codes = stage && spreadCodes(stage, { texts: [], find: () => -1, of: stageOf, addNew: stageOf });
  return (row) => {
    const person = customer?.[row] ?? -1;
    const own = person >= 0 && accounts ? accounts.ofCustomer[person]! : -1;
    const account = accountOf?.[company!.profile.codes[row]!] ?? -1;
    if (person < 0 && account < 0) return noOwner;
    if (!codes || codes[row]! < 0) return noStage;
    const told = outcomeOf(textAt(stage!, row));
    const outcome = told === 'open' && status ? outcomeOfStatus(status.words, textAt(status, row)) : told;
    const time = outcome === 'open' || !closed ? (dated?.[row] ?? NaN) : (closed[row] ?? NaN);
    return {
      customer: person,
      account: account >= 0 ? account : own,
      stage: codes[row]!,
      outcome,
      amount: amounts?.[row] ?? NaN,
      time: Number.isNaN(time) ? (closed?.[row] ?? NaN) : time,
    };
  };
}

function tellSeveral(table: ReadTable): Issue[] {
  const column = columnOf(table, 'customer');
  if (!column || !holdsSeveral(column)) return [];
  const { profile, reading } = column;
  const n = profile.levels.reduce(
    (sum, text, code) => sum + (text.includes(';') ? profile.counts[code]! : 0),
    0,
  );
  const sentence = `${plural(n, 'deal')} ${hasHave(n)} several contacts in column ${reading.name}; each belongs to the first of them that another file knows, else to the first.`;
  return [sayOf(table, 'deals of several contacts', n, sentence)];
}

/** "Is Closed Won: true" says in its header what its cell confirms. */
const outcomeOfStatus = (words: string, text: string): Deals['outcome'][number] =>
  /\bwon$/.test(words) ? (/^(true|yes|1|ja|oui|si|sí)$/i.test(text) ? 'won' : 'open') : outcomeOf(text);

function tellOutcomes(table: ReadTable, rows: Row[], stages: string[]): Issue[] {
  const said = (['won', 'lost', 'open'] as const).flatMap((outcome) => {
    const own = rows.filter((row) => row.outcome === outcome);
    const names = [...new Set(own.map(({ stage }) => stages[stage]!))];
    const shown = names.slice(0, 4).join(', ') + (names.length > 4 ? ' …' : '');
    return own.length > 0 ? [`${count(own.length)} ${outcome} (${shown})`] : [];
  });
  return [sayOf(table, 'deals read', rows.length, `${plural(rows.length, 'deal')}: ${said.join('; ')}.`)];
}
