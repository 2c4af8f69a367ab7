import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Resume } from './blocks';
import type { PersonalKind } from './collected';
import type { Codes, FileReading, RawBlock, RefusedRow, Treatment } from './raw-table';
import { isMissingText } from './table-profile';
import { decodeTexts, encodeTexts } from './texts';

/** What is done with one column of one file before anything of it is stored; `column` counts those of the file. */
export type PersonalChoice = {
  file: number;
  column: number;
  name: string;
  kind: PersonalKind;
  treatment: Treatment;
};

/** Takes personal data out of what a reader hands on: blocks, what it found, and where a cut-off reading goes on. */
export type Minimiser = {
  /** What the reader must know of the stored part: a column that was left out has no texts. */
  resume: Resume | null;
  block(block: RawBlock): RawBlock;
  reading(reading: FileReading): FileReading;
};

const withheld = 'not kept: this file has columns that are hashed or left out';

const digits = (text: string) => text.replace(/\D/g, '').replace(/^00/, '');
const plain = (text: string) => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** Nobody's mail: a hashed e-mail still reads as one, so that it joins files as it did. */
const hashedDomain = 'hashed.invalid';

/**
 * HMAC-SHA-256 of the value as one would compare it; what is missing stays as it is. An e-mail and a telephone number
 * keep their form (32 hexadecimal digits in front of the @, 15 digits), anything else is 32 hexadecimal digits.
 */
export function hashPersonal(key: Uint8Array, kind: PersonalKind, text: string): string {
  if (isMissingText(text)) return text;
  const value = kind === 'phone' || kind === 'card' ? digits(text) || plain(text) : plain(text);
  const hash = hmac(sha256, key, encoder.encode(value));
  if (kind === 'phone') return `+${phoneDigits(hash)}`;
  const hex = bytesToHex(hash.subarray(0, 16));
  return kind === 'email' ? `${hex}@${hashedDomain}` : hex;
}

/** 15 digits, the first of them not 0. */
function phoneDigits(hash: Uint8Array): string {
  const number = new DataView(hash.buffer, hash.byteOffset).getBigUint64(0);
  return String(10n ** 14n + (number % (9n * 10n ** 14n)));
}

const encoder = new TextEncoder();

/** `choices` are those of this file; `stored` is what an interrupted import has stored of it already. */
export function createMinimiser(
  choices: readonly PersonalChoice[],
  key: Uint8Array,
  stored: Resume | null,
): Minimiser {
  const byColumn = new Map(choices.map((choice) => [choice.column, choice]));
  const isTouched = choices.some(({ treatment }) => treatment !== 'keep');
  const isDropped = (column: number) => byColumn.get(column)?.treatment === 'drop';
  const levels = stored && withDropped(stored.levels, isDropped);
  const hashers = new Map<number, LevelHasher>();
  for (const { column, kind, treatment } of choices)
    if (treatment === 'hash') hashers.set(column, createHasher(key, kind, levels?.[column] ?? []));
  const withhold = (row: RefusedRow): RefusedRow => (isTouched ? { ...row, value: withheld } : row);

  return {
    resume: stored && levels && { ...stored, levels },
    block: (block) => ({
      ...block,
      columns: block.columns.flatMap((column, c) =>
        isDropped(c) ? [] : [hashers.get(c)?.(column) ?? column],
      ),
      ...(block.refused ? { refused: block.refused.map(withhold) } : {}),
    }),
    reading: (reading) => ({
      ...reading,
      columnNames: reading.columnNames.filter((_, c) => !isDropped(c)),
      refused: reading.refused.map(withhold),
      personal: choices.map(({ name, kind, treatment }) => ({ column: name, kind, treatment })),
    }),
  };
}

/** Stored levels count stored columns; the reader counts those of the file. */
function withDropped(stored: string[][], isDropped: (column: number) => boolean): string[][] {
  const levels: string[][] = [];
  for (const texts of stored) {
    while (isDropped(levels.length)) levels.push([]);
    levels.push(texts);
  }
  while (stored.length > 0 && isDropped(levels.length)) levels.push([]);
  return levels;
}

type RawColumnPart = RawBlock['columns'][number];
type LevelHasher = (column: RawColumnPart) => RawColumnPart;

/** Texts that differ only in writing get one hash and so one code: codes are counted anew. */
function createHasher(key: Uint8Array, kind: PersonalKind, stored: string[]): LevelHasher {
  const codeOf = new Map(stored.map((text, code) => [text, code]));
  const codes = stored.map((_, code) => code);
  return (column) => {
    const newLevels: string[] = [];
    for (const text of decodeTexts(column.newTexts)) {
      const hash = hashPersonal(key, kind, text);
      let code = codeOf.get(hash);
      if (code === undefined) {
        code = codeOf.size;
        codeOf.set(hash, code);
        newLevels.push(hash);
      }
      codes.push(code);
    }
    return { newTexts: encodeTexts(newLevels), codes: recode(column.codes, codes, codeOf.size) };
  };
}

function recode(written: Codes, codes: number[], nLevels: number): Codes {
  const n = written.length;
  const result: Codes =
    nLevels <= 256 ? new Uint8Array(n) : nLevels <= 65_536 ? new Uint16Array(n) : new Uint32Array(n);
  for (let row = 0; row < n; row++) result[row] = codes[written[row]!]!;
  return result;
}
