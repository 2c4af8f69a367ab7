import { plural } from '../wording';
import type { Column } from '../read-table';
import { eachText, type Fault, isCategory, isId, presentRows, retold, rowsOf } from './fault';
import { sameMeaning } from './vocabularies';

/** Without blanks around and with one blank between words; non-breaking and invisible ones are blanks too. */
const tidy = (text: string): string => text.replace(/[\s\u00a0\u200b\u2060\ufeff]+/g, ' ').trim();
const fold = (text: string): string => tidy(text).normalize('NFC').toLowerCase();

/** False for nearly every text that has no blank too many, at a fraction of what a pattern costs. */
function mayNeedTidying(text: string): boolean {
  let isAfterBlank = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || (code <= 32 && isAfterBlank)) return true;
    isAfterBlank = code <= 32;
  }
  return isAfterBlank;
}

const HABIT = 0.9;

export const extraBlanks: Fault = {
  id: 'extra blanks',
  dimension: 'consistency',
  find: (table) =>
    table.columns.flatMap((column) => {
      if (column.reading.type !== 'text' || !(isCategory(column) || isId(column))) return [];
      const texts = new Map<number, string>();
      eachText(column, (text, code) => {
        if (mayNeedTidying(text) && /^\s|\s$|\s\s|[\u00a0\u200b\u2060\ufeff]/.test(text))
          texts.set(code, tidy(text));
      });
      // Where nearly every value has them they are how the file is written, and reading takes them off anyway.
      if (rowsOf(column, texts.keys()) > HABIT * presentRows(column)) return [];
      return retold(column, texts, {
        severity: 'info',
        isSafe: true,
        label: 'Take the extra blanks off',
        says: (n, text) => `${plural(n, 'value')} with blanks too many, such as "${text}".`,
      });
    }),
};

/** Codes by what their texts have in common, the most frequent first. */
function groupTexts(column: Column, keyOf: (text: string) => string): number[][] {
  const groups = new Map<string, number[]>();
  eachText(column, (text, code) => {
    const key = keyOf(text);
    if (key === '') return;
    const group = groups.get(key);
    if (group) group.push(code);
    else groups.set(key, [code]);
  });
  const { counts } = column.profile;
  return [...groups.values()].map((codes) => codes.sort((a, b) => counts[b]! - counts[a]! || a - b));
}

/** Every text of a group under its most frequent one, where they differ by more than blanks. */
function mergeGroups({ profile }: Column, groups: number[][]): Map<number, string> {
  const texts = new Map<number, string>();
  for (const [first, ...others] of groups) {
    const main = tidy(profile.levels[first!]!);
    for (const code of others) if (tidy(profile.levels[code]!) !== main) texts.set(code, main);
  }
  return texts;
}

const first = (texts: Map<number, string>): string => texts.values().next().value ?? '';

export const letterCase: Fault = {
  id: 'capitals and small letters',
  dimension: 'consistency',
  find: (table) =>
    table.columns.filter(isCategory).flatMap((column) => {
      const groups = groupTexts(column, (text) => (/\d/.test(text) || text.length < 2 ? '' : fold(text)));
      const texts = mergeGroups(column, groups);
      return retold(column, texts, {
        isSafe: true,
        label: 'Write each value in one way',
        says: (n, text) =>
          `${plural(n, 'value')} differ${n === 1 ? 's' : ''} from a more frequent one only in capitals, such as "${text}" for "${first(texts)}"; they count as different.`,
      });
    }),
};

export const severalWords: Fault = {
  id: 'several words for one thing',
  dimension: 'consistency',
  find: (table) =>
    table.columns.filter(isCategory).flatMap((column) => {
      const meaning = sameMeaning(column);
      if (!meaning) return [];
      const texts = mergeGroups(
        column,
        groupTexts(column, (text) => meaning.get(fold(text)) ?? ''),
      );
      const { levels } = column.profile;
      for (const [code, text] of texts) if (fold(levels[code]!) === fold(text)) texts.delete(code);
      return retold(column, texts, {
        isSafe: true,
        label: 'Use one word for each meaning',
        says: (n, text) =>
          `${plural(n, 'value')} use${n === 1 ? 's' : ''} another word for the same thing, such as "${text}" for "${first(texts)}".`,
      });
    }),
};

const MAX_LEVELS = 300;
const RARE = 5;
const FREQUENT = 20;

export const nearSpellings: Fault = {
  id: 'typing errors',
  dimension: 'consistency',
  find: (table) =>
    table.columns
      .filter((column) => isCategory(column) && column.profile.nDistinct <= MAX_LEVELS)
      .flatMap((column) => {
        const words: [string, number, number][] = [];
        eachText(column, (text, code, rows) => {
          if (/^\p{L}[\p{L}\s'’.&-]{4,}$/u.test(text)) words.push([fold(text), code, rows]);
        });
        const texts = new Map<number, string>();
        for (const [rare, code, rows] of words) {
          if (rows > RARE) continue;
          const main = words.find(
            ([word, , n]) => n >= FREQUENT && n >= FREQUENT * rows && isOneSlip(rare, word),
          );
          if (main) texts.set(code, tidy(column.profile.levels[main[1]]!));
        }
        return retold(column, texts, {
          isSafe: false,
          label: 'Take them for the frequent value',
          says: (n, text) =>
            `${plural(n, 'value')} ${n === 1 ? 'is' : 'are'} one slip away from a frequent one, such as "${text}" for "${first(texts)}".`,
        });
      }),
};

/** One letter more, fewer or other, or two swapped; an ending such as a plural's is no slip. */
function isOneSlip(a: string, b: string): boolean {
  const gap = a.length - b.length;
  if (a === b || Math.abs(gap) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a.at(-1 - end) === b.at(-1 - end)) end++;
  const left = a.length - start - end;
  const right = b.length - start - end;
  if (gap !== 0) return end > 0 && Math.min(left, right) === 0;
  if (left === 1) return true;
  return left === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}
