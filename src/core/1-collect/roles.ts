import type { ColumnDecision, Role } from './collected';
import { wholeShare } from './column-types';
import type { Column } from './read-table';
import { roleWords } from './role-words';

/** From here on a role is taken as recognised; below it the app asks. */
export const SURE = 0.8;

type Guess = { role: Role; confidence: number; why: string };
type Candidate = Guess & { column: number };
type Unread = Omit<Column, 'reading'>;

const guessable = Object.keys(roleWords) as Role[];
/** Roles that several columns may hold together. */
const shared = new Set<Role>(['discount', 'attribute', 'ignore']);

/** One role a column, the surest first; what the person decided or answered wins. */
export function guessRoles(
  columns: Unread[],
  nRows: number,
  decisions: ColumnDecision[],
  hasHeader: boolean,
): Guess[] {
  const settled = decisions.map((decision) => decision.role);
  const held = new Set(settled.flatMap((role) => (role && !shared.has(role) ? [role] : [])));
  const guesses: Guess[] = settled.map((role) =>
    role
      ? { role, confidence: 1, why: 'as you chose' }
      : { role: 'ignore', confidence: 1, why: 'no part of an order' },
  );
  const isTaken = settled.map((role) => role !== undefined);
  const take = ({ column, role, confidence, why }: Candidate) => {
    if (isTaken[column] || held.has(role)) return;
    isTaken[column] = true;
    if (!shared.has(role)) held.add(role);
    guesses[column] = { role, confidence, why };
  };
  const isDated = columns.some(
    (column) => column.dates !== null && nameConfidence('time', column.words) >= SURE,
  );
  const byHeader = hasHeader
    ? columns.flatMap((column, c) => headerCandidates(column, nRows, c, isDated))
    : [];
  byHeader.sort((a, b) => b.confidence - a.confidence || a.column - b.column).forEach(take);
  valueCandidates(columns, nRows, isTaken, held, hasHeader).forEach(take);
  return guesses;
}

function headerCandidates(column: Unread, nRows: number, index: number, isDated: boolean): Candidate[] {
  const { nDistinct } = column.profile;
  if (nDistinct === 0) return [];
  // A bare "id" is the customer's only where each row has its own and nothing is dated: else it may be the order's.
  if (column.words === 'id' && nDistinct === nRows && !isDated)
    return [{ column: index, role: 'customer', confidence: 0.82, why: 'each row has its own id' }];
  return guessable.flatMap((role) => {
    const byName = nameConfidence(role, column.words);
    const confidence = byName && byName * valueFactor(role, column, nRows);
    return confidence > 0
      ? [{ column: index, role, confidence, why: `its name "${column.profile.name}" says so` }]
      : [];
  });
}

const orderPattern = /\b(invoice|order|basket|transaction|receipt|bill)\b.*\b(id|no|nr|number|code)\b/;
const otherDates =
  /\b(birth|dob|sign|signup|registered|registration|joined|start|end|due|ship|shipped|shipping|delivery|delivered|expiry|last|first|updated|modified|valid|redemption|cancelled|fulfilled|until|geburts?|since)/;

/** How much a header alone says; 0 for nothing. Names earlier in a list are a little surer. */
export function nameConfidence(role: Role, words: string): number {
  const { names, parts } = roleWords[role]!;
  const rank = names.indexOf(words);
  if (rank >= 0)
    return Math.max(0.86, 0.97 - rank * 0.002) - (role === 'time' && otherDates.test(words) ? 0.3 : 0);
  if (role === 'order') return orderPattern.test(words) && !/date|time|status/.test(words) ? 0.85 : 0;
  if (role === 'price') return /\bprice\b/.test(words) && !/total|compare|purchase/.test(words) ? 0.7 : 0;
  const list = words.split(' ');
  if (!parts.some((part) => list.some((word) => word === part || (part.length > 4 && word.endsWith(part)))))
    return 0;
  if (role === 'time') return otherDates.test(words) ? 0.55 : 0.85;
  if (role === 'customer')
    return /name|type|segment|group|city|since|country|status|age|gender/.test(words) ? 0.4 : 0.82;
  return /code|percent|type|status|name/.test(words) ? 0.3 : 0.82;
}

/** Whether the values can be what the header says: 1 when they can, 0 when they cannot. */
function valueFactor(role: Role, { numbers, dates, profile, identifier }: Unread, nRows: number): number {
  const isMeasured = numbers !== null && !identifier;
  switch (role) {
    case 'time':
      return dates ? 1 : 0;
    case 'amount':
    case 'price':
    case 'quantity':
    case 'discount':
      return numbers ? 1 : 0;
    case 'customer':
      return dates || (isMeasured && wholeShare(profile, numbers.values) < 1)
        ? 0
        : profile.nDistinct > 1
          ? 1
          : 0.9;
    case 'order':
    case 'product':
      return (dates && !numbers) || (isMeasured && wholeShare(profile, numbers.values) < 1) ? 0 : 1;
    case 'status':
      return profile.nDistinct <= 50 ? 1 : 0;
    default:
      return profile.nDistinct < Math.max(50, nRows * 0.5) ? 1 : 0.5;
  }
}

/** Guesses from the values alone, for the three roles that orders cannot do without. */
function valueCandidates(
  columns: Unread[],
  nRows: number,
  isTaken: boolean[],
  held: Set<Role>,
  hasHeader: boolean,
): Candidate[] {
  const free = columns.flatMap((column, c) =>
    isTaken[c] || column.profile.nDistinct < 2 ? [] : [{ column, c }],
  );
  const found: Candidate[] = [];
  const dated = free.filter(({ column, c }) => column.dates && !isTaken[c] && !otherDates.test(column.words));
  if (!held.has('time') && dated.length > 0)
    found.push({
      column: dated[0]!.c,
      role: 'time',
      confidence: dated.length === 1 ? 0.85 : 0.6,
      why: 'its values are dates',
    });
  if (!held.has('customer'))
    found.push(
      ...customerByValues(
        free.filter((f) => !f.column.dates),
        nRows,
        hasHeader,
      ),
    );
  const ids = new Set(found.map((candidate) => candidate.column));
  const numeric = free.filter(
    ({ column, c }) => column.numbers && !column.identifier && !column.dates && !ids.has(c),
  );
  const money = numeric.filter(({ column }) => wholeShare(column.profile, column.numbers!.values) < 0.9);
  if (!held.has('amount') && !held.has('price') && money.length > 0)
    found.push({ column: money[0]!.c, role: 'amount', confidence: 0.5, why: 'its values look like money' });
  return found;
}

type Free = { column: Unread; c: number };

function customerByValues(free: Free[], nRows: number, hasHeader: boolean): Candidate[] {
  const repeated = free.filter(({ column }) => {
    const { nDistinct } = column.profile;
    const isWhole = !column.numbers || wholeShare(column.profile, column.numbers.values) === 1;
    return isWhole && nDistinct > nRows * 0.02 && nDistinct < nRows * 0.95;
  });
  const likely = repeated.filter(({ column }) => column.identifier);
  const first = likely[0] ?? repeated[0];
  if (!first) return [];
  const isClear =
    likely.length > 0 && likely.every(({ column }) => isOneToOne(first.column, column)) && !hasHeader;
  const why =
    likely.length > 1 && isClear
      ? 'the first of columns that number the same customers'
      : 'its values repeat like customer numbers';
  return [{ column: first.c, role: 'customer', confidence: isClear ? 0.82 : 0.5, why }];
}

/** True when every text of one column always stands beside the same text of the other. */
function isOneToOne(a: Unread, b: Unread): boolean {
  if (a === b) return true;
  if (a.profile.nDistinct !== b.profile.nDistinct) return false;
  const partner = new Int32Array(a.profile.levels.length).fill(-1);
  for (let i = 0; i < a.profile.codes.length; i++) {
    const code = a.profile.codes[i]!;
    if (partner[code] === -1) partner[code] = b.profile.codes[i]!;
    else if (partner[code] !== b.profile.codes[i]) return false;
  }
  return true;
}
