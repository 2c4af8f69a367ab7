import type { Role } from './collected';
import { wholeShare } from './column-types';
import type { Column } from './read-table';
import { emailText, isScore, meanLength, shareOf } from './role-values';
import { type Candidate, otherDates } from './role-guess';

/** Guesses from the values alone, for what orders cannot do without. */
export function valueCandidates(
  columns: Column[],
  nRows: number,
  isTaken: boolean[],
  held: Set<Role>,
  hasHeader: boolean,
): Candidate[] {
  const free = columns.flatMap((column, c) =>
    isTaken[c] || column.profile.nDistinct < 2 ? [] : [{ column, c }],
  );
  const found: Candidate[] = [];
  const mails = free.filter(({ column }) => shareOf(column, emailText) > 0.8);
  if (!held.has('email') && mails.length > 0)
    found.push({
      column: mails[0]!.c,
      role: 'email',
      confidence: mails.length === 1 ? 0.9 : 0.6,
      why: 'its values are e-mail addresses',
    });
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
        free.filter(({ column }) => !column.dates && column.reading.personal === undefined),
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

type Free = { column: Column; c: number };

function customerByValues(free: Free[], nRows: number, hasHeader: boolean): Candidate[] {
  const repeated = free.filter(({ column }) => {
    const { nDistinct } = column.profile;
    const isWhole = !column.numbers || wholeShare(column.profile, column.numbers.values) === 1;
    const isNumbered = column.identifier !== null || shareOf(column, /\d/) > 0.8;
    return isWhole && isNumbered && nDistinct > nRows * 0.02 && nDistinct < nRows * 0.95;
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
function isOneToOne(a: Column, b: Column): boolean {
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

/** In a table of answers: the comment is the longest text, the score the one column of whole numbers up to 10. */
export function answerCandidates(columns: Column[], isTaken: boolean[], held: Set<Role>): Candidate[] {
  const free = columns.flatMap((column, c) => (isTaken[c] || column.reading.personal ? [] : [{ column, c }]));
  const found: Candidate[] = [];
  const scales = free.filter(({ column }) => isScore(column) && Math.max(...column.numbers!.values) > 5);
  if (!held.has('score') && scales.length > 0)
    found.push({ column: scales[0]!.c, role: 'score', confidence: scales.length === 1 ? 0.82 : 0.6, why: 'its values are whole numbers from 0 to 10' }); // prettier-ignore
  const texts = free
    .filter(({ column }) => !column.numbers && !column.dates && meanLength(column) >= 15)
    .sort((a, b) => meanLength(b.column) - meanLength(a.column));
  if (!held.has('comment') && texts.length > 0)
    found.push({ column: texts[0]!.c, role: 'comment', confidence: 0.85, why: 'its texts are the longest' });
  return found;
}
