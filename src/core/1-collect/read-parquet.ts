import type { AsyncBuffer, FileMetaData, ParquetParsers, SchemaElement, SchemaTree } from 'hyparquet';
import { AppError } from '../kit/errors';
import { BLOCK_ROWS, createBlockBuilder, growBlock, type Resume } from './blocks';
import { uniqueNames } from './column-names';
import { flattenTree } from './json-tree';
import { parquetText, parquetTree } from './parquet-text';
import type { Dialect, FileReading } from './raw-table';
import { MAX_COLUMNS } from './scan-row';
import type { OnBlock } from './text-rows';

/** Cells of one row group held at once, as codes. */
const MAX_GROUP_CELLS = 400_000_000;

type Opened = { metadata: FileMetaData; columns: SchemaTree[]; groups: number[] };

const broken = (fileName: string) => new AppError('BrokenFile', fileName, 'Parquet file');

/** Every failure of the library becomes one sentence; ours go through. */
async function guarded<T>(fileName: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw broken(fileName);
  }
}

/** Throws unless the file's own directory can be read and adds up. */
export const checkParquet = async (fileName: string, file: AsyncBuffer): Promise<void> =>
  void (await guarded(fileName, () => open(fileName, file)));

async function open(fileName: string, file: AsyncBuffer): Promise<Opened> {
  const { parquetMetadataAsync, parquetSchema } = await import('hyparquet');
  const metadata = await parquetMetadataAsync(file);
  const columns = parquetSchema(metadata).children;
  const groups = metadata.row_groups.map((group) => Number(group.num_rows));
  const nRows = groups.reduce((sum, n) => sum + n, 0);
  if (groups.some((n) => !(n >= 0)) || nRows !== Number(metadata.num_rows)) throw broken(fileName);
  if (columns.length === 0) throw new AppError('EmptyFile', fileName);
  if (columns.length > MAX_COLUMNS) throw new AppError('TooManyColumns', fileName, MAX_COLUMNS);
  if (groups.some((n) => n * columns.length > MAX_GROUP_CELLS))
    throw new AppError('RowGroupTooLarge', fileName, Math.max(...groups));
  return { metadata, columns, groups };
}

type ReadValues = (column: SchemaTree, from: number, to: number) => Promise<ArrayLike<unknown>>;

/** Reads a run of rows of one column; its parsers write dates and instants as text. */
async function valueReader(file: AsyncBuffer, { metadata }: Opened): Promise<ReadValues> {
  const { parquetScan } = await import('hyparquet');
  const codecs = metadata.row_groups.flatMap((group) => group.columns.map((c) => c.meta_data?.codec));
  const needsMore = codecs.some((codec) => codec && codec !== 'UNCOMPRESSED' && codec !== 'SNAPPY');
  const compressors = needsMore ? (await import('hyparquet-compressors')).compressors : undefined;
  return async ({ element }, rowStart, rowEnd) => {
    const column = element.name;
    // A scan keeps what it has read, so each serves once.
    const how = { parsers: parsersOf(element), compressors, geoparquet: false };
    const scan = await parquetScan({ file, metadata, columns: [column], rowStart, rowEnd, ...how });
    return scan.readColumn({ column, rowStart, rowEnd });
  };
}

function parsersOf({ logical_type: type }: SchemaElement): Partial<ParquetParsers> {
  const isInstant = type?.type === 'TIMESTAMP' && type.isAdjustedToUTC;
  return parquetText(isInstant);
}

const isFlat = ({ children, element }: SchemaTree): boolean =>
  children.length === 0 && element.repetition_type !== 'REPEATED';

/** Reads row group after row group and within it column after column, so that one column of one group is held as values; `isSample` reads the first group only. */
export const readParquet = (
  fileName: string,
  file: AsyncBuffer,
  dialect: Dialect,
  resume: Resume | null,
  onBlock: OnBlock,
  isSample = false,
): Promise<FileReading> =>
  guarded(fileName, async () => {
    const opened = await open(fileName, file);
    const read = await valueReader(file, opened);
    const paths = await columnPaths(fileName, opened, read);
    const all = paths.flat();
    const builder = createBlockBuilder(all.length, resume);
    const nPassed = resume?.endOffset ?? 0;
    let from = 0;
    for (const nRows of opened.groups) {
      const to = from + nRows;
      if (to > nPassed) {
        const codes = await readGroup(opened, read, paths, from, to, (c, text) => builder.dictionaries[c]!.internText(text)); // prettier-ignore
        for (let at = Math.max(from, nPassed); at < to;) {
          const n = Math.min(to - at, BLOCK_ROWS - builder.nRows);
          growBlock(builder, n);
          codes.forEach((column, c) =>
            builder.codes[c]!.set(column.subarray(at - from, at - from + n), builder.nRows),
          );
          builder.nRows += n;
          at += n;
          if (builder.nRows === BLOCK_ROWS) await onBlock(builder.cut(at, 0, []), at);
        }
      }
      from = to;
      if (isSample) break;
    }
    if (builder.nRows > 0) await onBlock(builder.cut(from, 0, []), from);
    const columnNames = uniqueNames(all);
    return { fileName, dialect, bytes: file.byteLength, rowsRead: from, columnNames, refusedCount: 0, refused: [] }; // prettier-ignore
  });

/** For each column of the file its own name, or the dotted names its nested values have anywhere in the file. */
async function columnPaths(fileName: string, opened: Opened, read: ReadValues): Promise<string[][]> {
  const paths: string[][] = [];
  for (const column of opened.columns) {
    const found = new Set<string>(isFlat(column) ? [column.element.name] : []);
    let from = 0;
    for (const nRows of isFlat(column) ? [] : opened.groups) {
      const values = await read(column, from, (from += nRows));
      for (let i = 0; i < values.length; i++)
        flattenTree(column.element.name, parquetTree(values[i]), (path) => found.add(path));
      if (found.size > MAX_COLUMNS) throw new AppError('TooManyColumns', fileName, MAX_COLUMNS);
    }
    paths.push([...found]);
  }
  return paths;
}

/** The codes of one row group, column by column. */
async function readGroup(
  opened: Opened,
  read: ReadValues,
  paths: string[][],
  from: number,
  to: number,
  intern: (column: number, text: string) => number,
): Promise<Uint32Array[]> {
  const codes: Uint32Array[] = [];
  for (const [index, column] of opened.columns.entries()) {
    const own = paths[index]!.map((_, i) => new Uint32Array(to - from).fill(intern(codes.length + i, '')));
    const values = await read(column, from, to);
    if (values.length !== to - from) throw new RangeError('a column with another number of rows');
    const indexOf = new Map(paths[index]!.map((path, i) => [path, i]));
    const first = codes.length;
    for (let row = 0; row < values.length; row++)
      flattenTree(column.element.name, parquetTree(values[row], column.element), (path, text) => {
        const i = indexOf.get(path)!;
        own[i]![row] = intern(first + i, text);
      });
    codes.push(...own);
  }
  return codes;
}
