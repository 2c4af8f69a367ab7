import type { Coded, Subscriptions } from './canonical';
import type { Issue } from './collected';
import { createIndex, type Index } from './customer-ids';
import { intervalDays } from './intervals';
import { type Column, columnOf, type ReadTable } from './read-table';
import { headerWords } from './role-words';
import { createTally, type Reading, type Reason, sayOf } from './row-tally';
import {
  type CustomerOf,
  findColumn,
  spreadCodes,
  spreadNumbers,
  spreadTimes,
  textAt,
} from './spread-columns';
import { count, hasHave, isAre, plural, wasWere } from './wording';

type State = 'running' | 'ended' | 'never' | 'unsaid';

/** How a subscription stands, in English, German, French, Spanish and Dutch; the first line that fits decides. */
const states: [RegExp, State][] = [
  [/\b(incomplete|draft|abandoned|test)\b/, 'never'],
  [/\b(inactive|inaktiv|inactif|inactivo|inactief|not active)\b/, 'ended'],
  [
    /\b(cancel\w*|ended|expired|churned|terminated|closed|lapsed|gekundigt|beendet|abgelaufen|storniert|resili\w*|annul\w*|expir\w*|termin\w*|cancelad\w*|finalizad\w*|vencid\w*|opgezegd|beeindigd|verlopen|geannuleerd)\b/,
    'ended',
  ],
  [
    /\b(active|trialing|trial|in trial|paused|past due|unpaid|live|current|running|aktiv|laufend|actif|active|activ[oa]|actief|lopend|non renewing)\b/,
    'running',
  ],
];

const stateOf = (text: string): State => {
  const words = headerWords(text);
  return states.find(([pattern]) => pattern.test(words))?.[1] ?? 'unsaid';
};

const noCustomer: Reason = {
  kind: 'subscriptions without a customer',
  severity: 'warning',
  role: 'customer',
  sentence: (n) =>
    `${n === 1 ? 'belongs' : 'belong'} to nobody among the customers and ${isAre(n)} not used.`,
};
const noStart: Reason = {
  kind: 'subscriptions without a start',
  severity: 'warning',
  role: 'start',
  sentence: (n) => `${hasHave(n)} no readable start and ${isAre(n)} not used.`,
};
const noEnd: Reason = {
  kind: 'subscriptions without an end',
  severity: 'warning',
  role: 'end',
  sentence: (n) => `${isAre(n)} cancelled on a day the file does not tell and ${isAre(n)} not used.`,
};
const never: Reason = {
  kind: 'subscriptions that never began',
  severity: 'info',
  role: 'status',
  sentence: (n) => `${wasWere(n)} never paid or never began and ${isAre(n)} not used.`,
};
const backwards: Reason = {
  kind: 'subscriptions that end before they start',
  severity: 'warning',
  role: 'end',
  sentence: (n) =>
    `end${n === 1 ? 's' : ''} before ${n === 1 ? 'it starts' : 'they start'} and ${isAre(n)} not used.`,
};

/** Subscriptions of all files, one a row of theirs. What the status calls running has no end, whatever date stands there. */
export function readSubscriptions(
  tables: ReadTable[],
  customerOf: CustomerOf,
): Reading<Subscriptions> | null {
  if (tables.length === 0) return null;
  const plans = createIndex();
  const reasons = createIndex();
  const parts = tables.map((table) => readRows(table, customerOf(table), plans, reasons));
  const join = (pick: (part: Part) => Float64Array | null) =>
    parts.some((part) => pick(part) !== null)
      ? Float64Array.from(parts.flatMap((part) => spread(part, pick(part), NaN)))
      : null;
  const joinCodes = (pick: (part: Part) => Int32Array | null, index: Index): Coded | null =>
    parts.some((part) => pick(part) !== null)
      ? { codes: Int32Array.from(parts.flatMap((part) => spread(part, pick(part), -1))), levels: index.texts }
      : null;
  const customer = Int32Array.from(parts.flatMap((part) => spread(part, part.customer, -1)));
  const found: Subscriptions = {
    nRows: customer.length,
    customer,
    plan: joinCodes((part) => part.plan, plans),
    start: join((part) => part.start)!,
    trialEnd: join((part) => part.trialEnd),
    end: join((part) => part.end),
    amount: join((part) => part.amount),
    intervalDays: join((part) => part.interval),
    reason: joinCodes((part) => part.reason, reasons),
  };
  return {
    found,
    used: new Map(parts.map(({ table, rows }) => [table.index, rows.length])),
    issues: parts.flatMap(({ table, tally, rows, end }) => [...tally.issues(), ...tellUse(table, rows, end)]),
  };
}

const spread = ({ rows }: Part, values: Float64Array | Int32Array | null, none: number): number[] =>
  Array.from(rows, (row) => values?.[row] ?? none);

function tellUse(table: ReadTable, rows: Uint32Array, end: Float64Array): Issue[] {
  const running = rows.filter((row) => Number.isNaN(end[row]!)).length;
  const sentence = `${plural(rows.length, 'subscription')}, ${count(running)} of them running.`;
  return [sayOf(table, 'subscriptions read', rows.length, sentence)];
}

type Part = ReturnType<typeof readRows>;

const dated = (column: Column) => column.dates !== null;

function readRows(table: ReadTable, customer: Int32Array, plans: Index, reasons: Index) {
  const { nRows } = table.profile;
  const none = () => new Float64Array(nRows).fill(NaN);
  const times = (role: 'start' | 'trialEnd' | 'end', names: RegExp) =>
    spreadTimes(findColumn(table, role, names, dated));
  const codesOf = (column: Column | undefined, index: Index) => (column ? spreadCodes(column, index) : null);
  const started = times('start', /^(start|started|created|subscribed|activated)( date)?( at| on)?( utc)?$/);
  const start = started ?? spreadTimes(columnOf(table, 'time')) ?? none();
  const ended = times('end', /^(ended|end|expired|terminated)( date)?( at| on)?( utc)?$/) ?? none();
  const cancelled = spreadTimes(
    table.columns.find(
      (column) => dated(column) && /\bcancell?ed( date)?( at| on)?( utc)?$/.test(column.words),
    ),
  );
  const state = findColumn(table, 'status', /\bstatus\b/);
  const stateByLevel = state?.profile.levels.map(stateOf);
  const amount = findColumn(
    table,
    'amount',
    /\b(amount|mrr|price|plan amount)$/,
    ({ numbers }) => numbers !== null,
  );
  const tally = createTally(table);
  const rows = new Uint32Array(nRows);
  const end = none();
  let n = 0;
  for (let row = 0; row < nRows; row++) {
    const how = stateByLevel?.[state!.profile.codes[row]!] ?? 'unsaid';
    end[row] =
      how === 'running' ? NaN : latestKnown(ended[row]!, how === 'ended' ? cancelled?.[row] : undefined);
    const why = whyNot(customer[row]!, start[row]!, end[row]!, how);
    if (why) tally.leaveOut(why, row);
    else rows[n++] = row;
  }
  return {
    table,
    tally,
    rows: rows.slice(0, n),
    customer,
    start,
    end,
    plan: codesOf(findColumn(table, 'plan', /\b(plan|product|tier|package|abo|tarif)( name)?$/), plans),
    trialEnd: times('trialEnd', /\btrial end( at| date)?( utc)?$/),
    amount: amount ? spreadNumbers(amount) : null,
    interval: readIntervals(table),
    reason: codesOf(findColumn(table, 'reason', /\breason$/), reasons),
  };
}

const latestKnown = (ended: number, cancelled: number | undefined): number =>
  Number.isNaN(ended) ? (cancelled ?? NaN) : ended;

function whyNot(customer: number, start: number, end: number, state: State): Reason | null {
  if (state === 'never') return never;
  if (customer < 0) return noCustomer;
  if (Number.isNaN(start)) return noStart;
  if (state === 'ended' && Number.isNaN(end)) return noEnd;
  return end < start ? backwards : null;
}

/** Days between payments, from words ("month") times a count ("3") where that has a column of its own. */
function readIntervals(table: ReadTable): Float64Array | null {
  const column = findColumn(
    table,
    'interval',
    /\b(interval|billing (cycle|period|frequency)|term|frequency)$/,
  );
  if (!column) return null;
  const times = table.columns.find(
    ({ words, numbers }) => numbers !== null && /\b(interval|period|cycle) count$/.test(words),
  );
  const counts = times ? spreadNumbers(times) : null;
  const unit = /\bmonths?\b/.test(column.words) ? ' months' : /\bdays?\b/.test(column.words) ? ' days' : '';
  return Float64Array.from({ length: table.profile.nRows }, (_, row) => {
    const text = textAt(column, row);
    return intervalDays(/^\d+$/.test(text) ? text + unit : text) * (counts?.[row] ?? 1);
  });
}
