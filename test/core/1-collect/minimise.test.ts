import { decodeTexts, encodeTexts } from '../../../src/core/1-collect/texts';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { createMinimiser, hashPersonal, type PersonalChoice } from '../../../src/core/1-collect/minimise';
import { maskPersonal } from '../../../src/core/1-collect/mask-personal';
import type { Dialect, RawBlock } from '../../../src/core/1-collect/raw-table';
import { previewFile } from '../../../workers/preview-file';
import { readFile, readSample, sniffFile } from '../../../workers/read-file';
import { checkFiles, joinBlocks, rowsOf } from './read-text';

const key = Uint8Array.from({ length: 32 }, (_, i) => i);
const csv =
  'order,email,credit card,amount\n1, Ann@X.com ,4111111111111111,5\n2,ann@x.com,4012888888881881,6\n3,,,7\n4,bob@x.com,4111111111111111\n';
const dialect: Dialect = { format: 'csv', isGzip: false, encoding: 'utf-8', delimiter: ',', hasHeader: true };
const choices: PersonalChoice[] = [
  { file: 0, column: 1, name: 'email', kind: 'email', treatment: 'hash' },
  { file: 0, column: 2, name: 'card', kind: 'card', treatment: 'drop' },
];

async function readMinimised(text: string, chosen = choices) {
  const minimiser = createMinimiser(chosen, key, null);
  const blocks: RawBlock[] = [];
  const file = new File([text], 'orders.csv');
  const store = async (block: RawBlock) => void blocks.push(minimiser.block(block));
  const reading = minimiser.reading(await readFile(file, dialect, null, store, () => {}));
  return { blocks, reading };
}

describe('createMinimiser(choices, key, stored)', () => {
  test('a column left out, the texts of a hashed one and refused cells are in nothing it hands on', async () => {
    const { blocks, reading } = await readMinimised(csv);
    const handedOn = JSON.stringify([blocks, reading]);
    for (const secret of ['4111111111111111', '4012888888881881', 'ann@x.com', 'Ann@X.com', 'bob@x.com'])
      expect(handedOn).not.toContain(secret);
    expect(reading.columnNames).toEqual(['order', 'email', 'amount']);
    expect(reading.refusedCount).toBe(1);
    expect(reading.refused[0]).toMatchObject({ row: 5, why: 'the row has 3 cells where the table has 4' });
    expect(reading.personal).toEqual([
      { column: 'email', kind: 'email', treatment: 'hash' },
      { column: 'card', kind: 'card', treatment: 'drop' },
    ]);
  });

  test('two ways of writing one e-mail become one value; what is missing stays missing', async () => {
    const { blocks, reading } = await readMinimised(csv);
    const [first, second, third] = rowsOf(joinBlocks(reading, blocks)).map((row) => row[1]);
    expect(first).toMatch(/^[0-9a-f]{32}@hashed\.invalid$/);
    expect(second).toBe(first);
    expect(third).toBe('');
    expect(blocks[0]!.columns[1]!.newTexts.ends).toHaveLength(2);
  });

  test('columns that are kept, and refused rows of a file where all are, stay as they were written', async () => {
    const kept = choices.map((choice) => ({ ...choice, treatment: 'keep' as const }));
    const { blocks, reading } = await readMinimised(csv, kept);
    expect(rowsOf(joinBlocks(reading, blocks))[0]).toEqual(['1', ' Ann@X.com ', '4111111111111111', '5']);
    expect(reading.refused[0]!.value).toContain('bob@x.com');
  });

  test('an import cut off after any block and resumed ends as one read in one go', () => {
    const texts = ['a@x.de', 'A@x.de', 'b@x.de', '', 'B@X.DE', 'c@x.de', 'a@x.de'];
    const whole = minimiseRows(texts, texts.length);
    for (let cut = 1; cut < texts.length; cut++) expect(minimiseRows(texts, cut)).toEqual(whole);
  });
});

/** Columns id, card (left out), e-mail (hashed), one row a block; a new reader takes over after `cut` rows. */
function minimiseRows(texts: string[], cut: number) {
  const chosen: PersonalChoice[] = [
    { file: 0, column: 1, name: 'card', kind: 'card', treatment: 'drop' },
    { file: 0, column: 2, name: 'email', kind: 'email', treatment: 'hash' },
  ];
  const stored = { levels: [[], []] as string[][], codes: [[], []] as number[][] };
  for (const [from, to] of [
    [0, cut],
    [cut, texts.length],
  ] as const) {
    const nBlocks = from;
    const progress = {
      levels: stored.levels,
      endOffset: 0,
      nRows: from,
      nBlocks,
      refusedCount: 0,
      refused: [],
    };
    const minimiser = createMinimiser(chosen, key, from > 0 ? structuredClone(progress) : null);
    const known = (minimiser.resume?.levels ?? [[], [], []]).map((levels) => [...levels]);
    for (let row = from; row < to; row++) {
      const cells = [`${row % 3}`, `card ${row}`, texts[row]!];
      const columns = cells.map((text, c) => {
        const isNew = !known[c]!.includes(text);
        if (isNew) known[c]!.push(text);
        return { codes: Uint8Array.of(known[c]!.indexOf(text)), newTexts: encodeTexts(isNew ? [text] : []) };
      });
      const block = minimiser.block({ index: row, nRows: 1, columns, endOffset: 0 });
      block.columns.forEach(({ codes, newTexts }, c) => {
        stored.codes[c]!.push(codes[0]!);
        stored.levels[c]!.push(...decodeTexts(newTexts));
      });
    }
  }
  return stored;
}

test('the check says what was hashed or left out, and shows the hashed column as what it was', async () => {
  const { blocks, reading } = await readMinimised(csv.replace(/card/g, 'number'));
  const { check } = checkFiles([{ table: joinBlocks(reading, blocks), reading, blocks }]);
  const email = check.files[0]!.columns[1]!;
  expect(email).toMatchObject({ personal: 'email', isHashed: true });
  expect(check.issues.filter(({ kind }) => /before storing|personal data/.test(kind))).toMatchObject([
    { sentence: 'orders.csv: card was left out before anything was stored.' },
    { sentence: 'orders.csv: email was hashed with a key of this project before anything was stored.' },
  ]);
});

describe('hashPersonal(key, kind, text)', () => {
  test('agrees for one telephone number written two ways, and differs by project key', () => {
    const a = hashPersonal(key, 'phone', '+49 (30) 123-456');
    expect(hashPersonal(key, 'phone', '0049 30 123456')).toBe(a);
    expect(hashPersonal(new Uint8Array(32), 'phone', '0049 30 123456')).not.toBe(a);
  });

  test('is HMAC-SHA-256, as the browser computes it', async () => {
    const own = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const signed = await crypto.subtle.sign('HMAC', own, new TextEncoder().encode('ann@x.com'));
    const hex = Buffer.from(signed).toString('hex').slice(0, 32);
    expect(hashPersonal(key, 'email', ' Ann@X.com')).toBe(`${hex}@hashed.invalid`);
    expect(hashPersonal(key, 'address', 'ann@x.COM ')).toBe(hex);
  });
});

describe('previewFile(file, dialect)', () => {
  const preview = async (text: string) => {
    const file = new File([text], 'orders.csv');
    return previewFile(file, await sniffFile(file));
  };

  test('names personal columns, each with a masked value only', async () => {
    const { columnNames, personal } = await preview(csv);
    expect(columnNames).toEqual(['order', 'email', 'credit card', 'amount']);
    expect(personal).toEqual([
      { column: 1, kind: 'email', example: 'A•••@•••.com' },
      { column: 2, kind: 'card', example: '••• 11' },
    ]);
  });

  test('looks at whole rows only, however long the file', async () => {
    const row = (i: number) => `${i},"a${i}@x.com, or\nb${i}@x.com",,1\n`;
    const long = `order,email,card,amount\n${Array.from({ length: 60_000 }, (_, i) => row(i)).join('')}`;
    expect((await preview(long)).columnNames).toHaveLength(4);
  });
});

describe('maskPersonal(kind, text)', () => {
  test('never shows a whole value', () => {
    expect(maskPersonal('name', 'Ann Maria Smith')).toBe('A••• M••• S•••');
    expect(maskPersonal('phone', '+49 30 123456')).toBe('••• 56');
    expect(maskPersonal('birthday', '3 May 1980')).toBe('••• 1980');
    expect(maskPersonal('ip', '10.0.0.1')).toBe('•••');
    expect(maskPersonal('email', 'no address')).toBe('•••');
  });
});

test('readSample names every column of a long file but reads its first piece only', async () => {
  const row = (i: number) =>
    `{"id":${i},"email":"p${i}@x.com","note":"${'x'.repeat(60)}"${i === 89_999 ? ',"late":1' : ''}}`;
  const text = Array.from({ length: 90_000 }, (_, i) => row(i)).join('\n');
  const file = new File([text], 'long.json');
  const found = await sniffFile(file);
  const { columnNames, rowsRead } = await readSample(file, found, async () => {});
  expect(found.format).toBe('ndjson');
  expect(columnNames).toEqual(['id', 'email', 'note', 'late']);
  expect(rowsRead).toBeGreaterThan(1000);
  expect(rowsRead).toBeLessThan(80_000);
  const { personal } = await previewFile(file, found);
  expect(personal).toMatchObject([{ column: 1, kind: 'email' }]);
  const short = new File(['{"id":1,"email":"a@x.com"}\n{"id":2,"email":"b@x.com"}'], 'short.json');
  expect((await readSample(short, await sniffFile(short), async () => {})).rowsRead).toBe(2);
  const columnData = [{ name: 'id', data: Array.from({ length: 4000 }, (_, i) => i), type: 'INT32' as const }]; // prettier-ignore
  const parquet = new File([parquetWriteBuffer({ columnData, rowGroupSize: 1000 })], 'a.parquet');
  expect((await readSample(parquet, await sniffFile(parquet), async () => {})).rowsRead).toBe(1000);
});
