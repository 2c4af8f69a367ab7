import type { PersonalKind } from '../src/core/1-collect/collected';
import { maskPersonal } from '../src/core/1-collect/mask-personal';
import { findPersonal } from '../src/core/1-collect/read-columns';
import { recogniseHeaders } from '../src/core/1-collect/formats/recognise';
import type { Dialect, RawBlock } from '../src/core/1-collect/raw-table';
import { createCsvReader } from '../src/core/1-collect/read-csv';
import { readColumnNames } from '../src/core/1-collect/read-header';
import { isMissingText } from '../src/core/1-collect/table-profile';
import { decodeTexts } from '../src/core/1-collect/texts';
import { readHead, readUtf8 } from './read-bytes';
import { readSample } from './read-file';

const HEAD_BYTES = 1 << 20;
const SAMPLE = 200;

/** The columns of a file, and those of them that seem personal, each with a masked value; nothing is kept of it. */
export type FilePreview = {
  columnNames: string[];
  personal: { column: number; kind: PersonalKind; example: string }[];
};

/** Looks at a file before anything of it is stored. */
export async function previewFile(file: File, dialect: Dialect): Promise<FilePreview> {
  const { columnNames, texts } =
    dialect.format === 'csv' ? await sampleText(file, dialect) : await sampleTable(file, dialect);
  const { words, source: known } = recogniseHeaders(columnNames);
  const source = dialect.hasHeader ? known : null;
  const personal = columnNames.flatMap((_, column) => {
    const seen = (texts[column] ?? []).filter((text) => !isMissingText(text)).slice(0, SAMPLE);
    const kind = findPersonal(words[column]!, source, seen);
    return kind ? [{ column, kind, example: seen[0] === undefined ? '' : maskPersonal(kind, seen[0]) }] : [];
  });
  return { columnNames, personal };
}

type Sample = { columnNames: string[]; texts: string[][] };

const textsOf = (blocks: RawBlock[]): string[][] =>
  blocks[0]?.columns.map(({ newTexts }) => decodeTexts(newTexts)) ?? [];

/** The whole rows at the head of a text file. */
async function sampleText(file: File, dialect: Dialect): Promise<Sample> {
  const first = await readHead(readUtf8(file, dialect.isGzip, dialect.encoding, 0));
  const isWhole = first.isWhole && first.head.length <= HEAD_BYTES;
  const { columnNames, startOffset } = readColumnNames(file.name, first.head, first.isWhole, dialect);
  const head = first.head.subarray(startOffset, startOffset + HEAD_BYTES);
  const create = () => createCsvReader(file.name, dialect, columnNames, startOffset, null);
  if (isWhole) return { columnNames, texts: textsOf(create().feed(head, true)) };
  const measure = create();
  measure.feed(head, false);
  const whole = head.subarray(0, measure.offset - startOffset);
  return { columnNames, texts: textsOf(create().feed(whole, true)) };
}

/** A table that only its reader can take apart: the names of all columns and its first block. */
async function sampleTable(file: File, dialect: Dialect): Promise<Sample> {
  const blocks: RawBlock[] = [];
  const keepFirst = async (block: RawBlock) => void (blocks.length === 0 && blocks.push(block));
  const { columnNames } = await readSample(file, dialect, keepFirst);
  return { columnNames, texts: textsOf(blocks) };
}
