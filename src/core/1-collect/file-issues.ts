import type { Issue } from './collected';
import { repeatIssues, tableIssues } from './column-issues';
import type { ToldCells } from './faults/fault-issues';
import { partlyEmpty } from './faults/idle-columns';
import { tellsRepeats } from './faults/repeated-rows';
import type { Delimiter, FileReading, Treatment } from './raw-table';
import type { Column, ReadTable } from './read-table';
import type { SortedTables } from './table-kinds';
import { count, delimiterName, isAre, plural, wasWere } from './wording';

/** What is to know about one file; `first` is the file that holds the very same table, itself when there is none before. */
export function fileIssues(
  table: ReadTable,
  reading: FileReading,
  first: ReadTable,
  sorted: SortedTables,
  told: ReadonlySet<Column>,
  explained: ToldCells,
): Issue[] {
  const { fileName, nRows } = table.profile;
  const say = (kind: string, severity: Issue['severity'], rows: number, sentence: string): Issue[] => [
    { kind, severity, rows, sentence: `${fileName}: ${sentence}`, example: null },
  ];
  if (first !== table)
    return say(
      'same file twice',
      'warning',
      nRows,
      `the same table as ${first.profile.fileName}; it is counted once.`,
    );
  const separator = separatorIssue(table, reading);
  if (separator) return [separator];
  if (nRows === 0 && reading.refusedCount === 0)
    return say(
      'header only',
      'blocking',
      0,
      'need rows below the column names; got no rows, row 1 is all there is. Export it again with its rows and drop the new file.',
    );
  if (table.columns.length === 0 && reading.refusedCount === 0)
    return say(
      'no columns',
      'blocking',
      nRows,
      `need rows with named values; got ${plural(nRows, 'row')} that ${nRows === 1 ? 'names' : 'name'} nothing. Export it again with its values and drop the new file.`,
    );
  const issues = reading.refusedCount > 0 ? [refusedIssue(reading, nRows)] : [];
  const { otherSheets, dialect, nuls } = reading;
  if (nuls)
    issues.push(
      ...say(
        'stray zero bytes',
        'info',
        0,
        `${plural(nuls.count, 'byte')} that ${isAre(nuls.count)} no text (NUL) ${wasWere(nuls.count)} read as ${nuls.count === 1 ? 'a blank' : 'blanks'}, the first in row ${nuls.firstRow}.`,
      ),
    );
  if (otherSheets && otherSheets.length > 0)
    issues.push(
      ...say(
        'other sheets',
        'info',
        0,
        `${dialect.format === 'json' ? 'the list' : 'sheet'} "${dialect.sheet}" was read; not read: ${otherSheets.join(', ')}.`,
      ),
    );
  const { personal = [] } = reading;
  const named = (treatment: Treatment) =>
    personal.filter((other) => other.treatment === treatment).map(({ column }) => column);
  for (const [kind, names, what] of [
    ['left out before storing', named('drop'), 'left out'],
    ['hashed before storing', named('hash'), 'hashed with a key of this project'],
  ] as const)
    if (names.length > 0)
      issues.push(
        ...say(
          kind,
          'info',
          0,
          `${names.join(', ')} ${wasWere(names.length)} ${what} before anything was stored.`,
        ),
      );
  const isOneUsed = sorted.lines.length > 0 || sorted.customers.length > 0;
  const why = isOneUsed ? sorted.leftOut.get(table.index) : undefined;
  const isLoss = table.source?.kind === 'lines' && sorted.lines.length === 0;
  if (why) issues.push(...say('table not used', isLoss ? 'warning' : 'info', nRows, why));
  issues.push(...tableIssues(table, told, explained), ...partlyEmpty(table, sorted));
  if (!tellsRepeats(table, sorted)) issues.push(...repeatIssues(table, sorted.lines.includes(table)));
  return issues;
}

/** Rows that could not be cut into the columns; when they are most of the file, something is wrong with how it is cut. */
function refusedIssue(reading: FileReading, nRows: number): Issue {
  const { fileName, refusedCount, columnNames, dialect } = reading;
  const first = reading.refused[0];
  const isMost = refusedCount > nRows;
  const seen = first ? `; row ${first.row}: ${first.why}` : '';
  const isCsv = dialect.format === 'csv';
  const what = `${count(refusedCount)} of ${plural(refusedCount + nRows, 'row')} ${wasWere(refusedCount)} set aside${isCsv ? `, not cut into ${plural(columnNames.length, 'column')}` : ''}${seen}.`;
  const next = isCsv
    ? ` The separator, ${delimiterName(dialect.delimiter)}, is probably wrong: choose another for this file, or export it again with every cell in every row.`
    : ' Export it again as a list of objects, one a row, with a name for every value.';
  const wanted = isCsv ? 'rows with a cell for every column' : 'rows that are objects with named values';
  const brief = isCsv
    ? `the separator looks wrong: choose another than ${delimiterName(dialect.delimiter)}.`
    : 'most of its rows are no objects with named values.';
  return {
    kind: 'refused rows',
    severity: isMost ? 'blocking' : 'warning',
    sentence: `${fileName}: ${isMost ? `need ${wanted}; ${what}${next}` : what}`,
    ...(isMost && { brief: `${fileName}: ${brief}` }),
    rows: refusedCount,
    example: first ? { file: first.file, row: first.row, column: first.column, value: first.value } : null,
  };
}

/** A table of one column whose name and rows hold another separator. */
function separatorIssue({ columns, profile }: ReadTable, reading: FileReading): Issue | null {
  const column = columns[0];
  if (columns.length !== 1 || !column || reading.dialect.format !== 'csv') return null;
  const texts = [...column.profile.levels.slice(0, 1000), ...reading.refused.map(({ value }) => value)];
  const marks: Delimiter[] = ['\t', ';', '|', ','];
  const mark = marks.find(
    (m) =>
      m !== reading.dialect.delimiter &&
      (!reading.dialect.hasHeader || column.profile.name.includes(m)) &&
      texts.length > 0 &&
      texts.filter((text) => text.includes(m)).length > texts.length * 0.8,
  );
  if (!mark) return null;
  const sentence = `${profile.fileName}: the separator looks wrong: need at least 2 columns, got 1; it is set to ${delimiterName(reading.dialect.delimiter)} while the rows are written with ${delimiterName(mark)}. Choose ${delimiterName(mark)} as the separator of this file.`;
  const rows = profile.nRows + reading.refusedCount;
  const brief = `${profile.fileName}: the separator looks wrong: choose ${delimiterName(mark)}.`;
  return { kind: 'wrong separator', severity: 'blocking', sentence, brief, rows, example: null };
}
