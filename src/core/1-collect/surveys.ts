import type { Coded, Surveys } from './canonical';
import type { Issue } from './collected';
import { createIndex } from './customer-ids';
import { netPromoterScore } from './net-promoter';
import { type Column, columnOf, type ReadTable } from './read-table';
import { createTally, type Reading, type Reason, sayOf } from './row-tally';
import { scaleOf } from './score-scale';
import { type CustomerOf, findColumn, spreadCodes, spreadNumbers, spreadTimes } from './spread-columns';
import { findThemes } from './themes';
import { count, hasHave, isAre, plural, wasWere } from './wording';

/** Answers of one person further apart than this belong to different rounds of the survey. */
const ROUND_MS = 60 * 86_400_000;
const THEME_SEED = 1;

const noAnswer: Reason = {
  kind: 'answers left empty',
  severity: 'info',
  role: 'score',
  sentence: (n) => `${hasHave(n)} neither a score nor a comment and ${isAre(n)} not used.`,
};
const tryOut: Reason = {
  kind: 'answers to try the survey out',
  severity: 'info',
  role: null,
  sentence: (n) => `${isAre(n)} marked as a preview, a test or spam and ${isAre(n)} not used.`,
};
const earlier: Reason = {
  kind: 'earlier answers',
  severity: 'info',
  role: 'customer',
  sentence: (n) =>
    `${n === 1 ? 'is an earlier answer' : 'are earlier answers'} of somebody who answered again within 60 days; the latest counts.`,
};

/** One survey a file, each with the latest answer of every person and round. */
export function readSurveys(tables: ReadTable[], customerOf: CustomerOf): Reading<Surveys[]> | null {
  if (tables.length === 0) return null;
  const used = new Map<number, number>();
  const issues: Issue[] = [];
  const found = tables.map((table) => {
    const tally = createTally(table);
    const survey = readSurvey(table, customerOf(table), tally);
    used.set(table.index, tally.used());
    issues.push(...tally.issues(), ...tellSurvey(table, survey));
    return survey;
  });
  return { found, used, issues };
}

function readSurvey(table: ReadTable, customer: Int32Array, tally: ReturnType<typeof createTally>): Surveys {
  const { nRows, fileName } = table.profile;
  const scoreColumn = columnOf(table, 'score');
  const scale = scaleOf(scoreColumn, fileName);
  const empty = () => new Float64Array(nRows).fill(NaN);
  const written = (scoreColumn && spreadNumbers(scoreColumn)) ?? empty();
  const score = written.map((value) => (value >= scale.min && value <= scale.max ? value : NaN));
  const comments = createIndex();
  const commentColumn = columnOf(table, 'comment');
  const comment = commentColumn ? spreadCodes(commentColumn, comments) : null;
  const dated =
    /^(submit|submitted|end|recorded|response|answered|surveyed|completed)\b.*\b(date|at|utc)?$|^date$/;
  const time = spreadTimes(findColumn(table, 'time', dated, (column) => column.dates !== null)) ?? empty();
  const isTest = markTests(table);
  const answered = Uint32Array.from(score, (_, row) => row).filter((row) => {
    if (isTest(row)) tally.leaveOut(tryOut, row);
    else if (Number.isNaN(score[row]!) && (comment?.[row] ?? -1) < 0) tally.leaveOut(noAnswer, row);
    else return true;
    return false;
  });
  const isEarlier = markEarlier(answered, personsOf(table, customer), time);
  answered.forEach((row) => isEarlier[row] && tally.leaveOut(earlier, row));
  const rows = answered.filter((row) => !isEarlier[row]);
  const themes = commentColumn ? themesOf(commentColumn, comments.texts) : null;
  return {
    name: fileName,
    nRows: rows.length,
    customer: Int32Array.from(rows, (row) => customer[row]!),
    time: Float64Array.from(rows, (row) => time[row]!),
    kind: scale.kind,
    scale: { min: scale.min, max: scale.max },
    score: Float64Array.from(rows, (row) => score[row]!),
    comment: comment && { codes: Int32Array.from(rows, (row) => comment[row]!), levels: comments.texts },
    theme: themes &&
      comment && {
        codes: Int32Array.from(rows, (row) => (comment[row]! < 0 ? -1 : themes.codes[comment[row]!]!)),
        levels: themes.levels,
      },
  };
}

const foundThemes = new WeakMap<Column['profile'], Coded | null>();

/** Looked for once a file, however often what is decided about it changes. */
function themesOf({ profile }: Column, texts: string[]): Coded | null {
  const known = foundThemes.get(profile);
  if (known !== undefined) return known;
  const themes = findThemes(texts, THEME_SEED);
  foundThemes.set(profile, themes);
  return themes;
}

const testWords = /^(survey preview|preview|test|survey test|spam|spam \(.*\))$/i;

/** Rows that an export marks as made by its own author, in the way of that export where it is known. */
function markTests(table: ReadTable): (row: number) => boolean {
  const known = table.source?.unmeant?.[0];
  const column = known
    ? table.columns.find(({ words }) => words === known.column)
    : findColumn(table, 'status', /^(status|response type|distribution channel)$/);
  if (!column) return () => false;
  const isTest = column.profile.levels.map((text) => (known?.values ?? testWords).test(text.trim()));
  return (row) => isTest[column.profile.codes[row]!]!;
}

/** Who answered, by number: a customer, else whoever the file names; -1 = nobody, and then every row is its own. */
function personsOf(table: ReadTable, customer: Int32Array): Int32Array {
  const column = columnOf(table, 'customer') ?? columnOf(table, 'email');
  if (!column) return customer;
  const texts = spreadCodes(column, createIndex());
  return customer.map((index, row) => (index >= 0 ? index * 2 : texts[row]! >= 0 ? texts[row]! * 2 + 1 : -1));
}

/** Marks answers that the same person gave again within a round; without a date a later row is a later answer. */
function markEarlier(rows: Uint32Array, person: Int32Array, time: Float64Array): Uint8Array {
  const isEarlier = new Uint8Array(person.length);
  const answers = new Map<number, number[]>();
  for (const row of rows) {
    if (person[row]! < 0) continue;
    const own = answers.get(person[row]!);
    if (own) own.push(row);
    else answers.set(person[row]!, [row]);
  }
  for (const own of answers.values()) {
    if (own.length === 1) continue;
    own.sort((a, b) => time[a]! - time[b]! || 0 || a - b);
    for (let i = own.length - 2, kept = own.at(-1)!; i >= 0; i--) {
      const isApart = time[kept]! - time[own[i]!]! > ROUND_MS;
      if (isApart) kept = own[i]!;
      else isEarlier[own[i]!] = 1;
    }
  }
  return isEarlier;
}

function tellSurvey(table: ReadTable, survey: Surveys): Issue[] {
  const { score, kind, scale, nRows, customer, theme } = survey;
  const issues: Issue[] = [];
  const nps = netPromoterScore(score);
  const scored = score.filter((value) => !Number.isNaN(value));
  const mean = scored.reduce((sum, value) => sum + value, 0) / scored.length;
  const result =
    scored.length === 0
      ? 'none with a score'
      : kind === 'nps'
        ? `NPS ${nps.score.toFixed(1)}: ${plural(nps.promoters, 'promoter')}, ${plural(nps.passives, 'passive')}, ${plural(nps.detractors, 'detractor')}`
        : `mean ${mean.toFixed(2)} on a scale from ${scale.min} to ${scale.max}`;
  issues.push(sayOf(table, 'survey read', nRows, `${plural(nRows, 'answer')}; ${result}.`));
  const column = columnOf(table, 'score');
  const outside = column ? countOutside(column, scale) : 0;
  if (outside > 0) {
    const sentence = `${plural(outside, 'score')} ${wasWere(outside)} outside ${scale.min} to ${scale.max} and left empty.`;
    issues.push({ ...sayOf(table, 'scores outside the scale', outside, sentence), severity: 'warning' });
  }
  const unknown = customer.reduce((n, index) => n + (index < 0 ? 1 : 0), 0);
  const who = columnOf(table, 'customer') ?? columnOf(table, 'email');
  const why = who
    ? `${count(unknown)} of ${plural(nRows, 'answer')} ${isAre(unknown)} from nobody among the customers`
    : 'no column says who answered, by id or e-mail';
  const sentence = `${why}; the answers count in the survey’s result and for no customer.`;
  if (unknown > 0) issues.push(sayOf(table, 'answers without a customer', unknown, sentence));
  if (theme) {
    const names = theme.levels.slice(0, 5).map((name) => `“${name}”`);
    const more = theme.levels.length > 5 ? ` and ${theme.levels.length - 5} more` : '';
    const n = theme.codes.reduce((sum, code) => sum + (code >= 0 ? 1 : 0), 0);
    issues.push(sayOf(table, 'themes found', n, `comments speak of ${names.join(', ')}${more}.`));
  }
  return issues;
}

function countOutside({ numbers, profile }: Column, { min, max }: { min: number; max: number }): number {
  if (!numbers) return 0;
  return numbers.values.reduce((n, v, code) => n + (v < min || v > max ? profile.counts[code]! : 0), 0);
}
