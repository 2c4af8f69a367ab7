import type { Question, Role, TableKind } from './collected';
import { wholeShare } from './column-types';
import { type Column, columnOf, type ReadTable } from './read-table';
import { isScore } from './role-values';
import { SURE } from './roles';
import { confidence, moneyConfidence, needs } from './table-kinds';
import { columnName } from './wording';

const isWhole = ({ numbers, profile }: Column): boolean =>
  !numbers || wholeShare(profile, numbers.values) === 1;
const canName = (column: Column): boolean => !column.dates && column.profile.nDistinct > 1 && isWhole(column);
const isDated = (column: Column): boolean => column.dates !== null;
const isText = ({ numbers, dates }: Column): boolean => !numbers && !dates;
const moneyRoles = new Set<Role>(['amount', 'price', 'attribute', 'ignore']);
const canPay = ({ numbers, dates, identifier, reading }: Column): boolean =>
  numbers !== null &&
  !dates &&
  !identifier &&
  reading.role !== 'customer' &&
  (moneyRoles.has(reading.role) || reading.roleConfidence < SURE);

type Ask = { words: string; fits: (column: Column) => boolean };
const who: Ask = { words: 'who the customer is', fits: canName };
/** What is asked about a role, in words that follow "Which column of a.csv says". */
const asks: Partial<Record<Role, Ask>> = {
  customer: who,
  time: { words: 'when it happened', fits: isDated },
  start: { words: 'when a subscription began', fits: isDated },
  event: { words: 'what people did', fits: canName },
  score: { words: 'which score they gave', fits: isScore },
  stage: { words: 'which stage a deal is in', fits: canName },
  segment: { words: 'which segment it is about', fits: isText },
  claim: { words: 'what is claimed', fits: isText },
};

/** Roles of a table that its kind cannot do without and that are missing or unsure, as questions. */
export function askRoles(table: ReadTable, kind: TableKind = 'lines'): Question[] {
  if (kind === 'lines') return askLineRoles(table);
  return (needs[kind] ?? []).flatMap((roles) => {
    const ask = asks[roles[0]!];
    if (!ask || roles.some((role) => confidence(table, role) >= SURE)) return [];
    return [question(table, roles[0]!, ask)];
  });
}

function askLineRoles(table: ReadTable): Question[] {
  const questions: Question[] = [];
  if (confidence(table, 'customer') < SURE) questions.push(question(table, 'customer', who));
  if (confidence(table, 'time') < SURE)
    questions.push(question(table, 'time', { words: 'when they bought', fits: isDated }));
  if (moneyConfidence(table) < SURE) {
    const paid = question(table, 'amount', { words: 'how much they paid', fits: canPay });
    if (paid.candidates.length > 0) questions.push(paid);
  }
  return questions;
}

/** The likeliest column first, with why; a column whose part the person gave is not offered. */
function question(table: ReadTable, role: Role, { words, fits }: Ask): Question {
  const { fileName } = table.profile;
  const guess = columnOf(table, role);
  const candidates = table.columns
    .filter((c) => c.profile.nDistinct > 0 && c.reading.roleWhy !== 'as you chose' && fits(c))
    .sort((a, b) => Number(b === guess) - Number(a === guess) || b.profile.nDistinct - a.profile.nDistinct)
    .map((c) => c.reading.name);
  const isLikely = guess && candidates[0] === guess.reading.name && guess.reading.roleConfidence < 1;
  return {
    file: fileName,
    role,
    sentence: `Which column of ${fileName} says ${words}?`,
    candidates,
    ...(isLikely && { why: `Perhaps ${columnName(candidates[0]!)}: ${guess.reading.roleWhy}.` }),
  };
}

/** Day and month could be either: the app asks, since both readings are possible for every date of the column. */
export function askDateOrder(table: ReadTable, role: Role = 'time'): Question[] {
  const column = columnOf(table, role);
  if (!column?.dates || column.dates.isSettled) return [];
  const { fileName } = table.profile;
  const sample = column.profile.levels.find((_, code) => !column.profile.isMissing[code]) ?? '';
  const sentence = `${fileName}, ${columnName(column.reading.name)}: does "${sample}" begin with the day or with the month?`;
  const candidates = ['day', 'month'].map((first) => `${column.reading.name}: ${first} first`);
  return [{ file: fileName, role, sentence, candidates }];
}
