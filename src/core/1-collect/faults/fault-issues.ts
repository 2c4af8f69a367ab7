import type { Issue } from '../collected';
import { maskPersonal } from '../mask-personal';
import { cellAt, type Column, type ReadTable } from '../read-table';
import { columnName } from '../wording';
import type { Fault, Found, Scene } from './fault';
import { faults } from './registry';

/** Cells nobody could read that are told as a fault of their own, by column: their codes. */
export type ToldCells = Map<Column, Set<number>>;

export function issueOf(fault: Fault, found: Found, table: ReadTable, isApplied: boolean): Issue {
  const { column, rows, row, says, label, isSafe } = found;
  const { fileName } = table.profile;
  const where = column ? `${fileName}, ${columnName(column.reading.name)}` : fileName;
  return {
    kind: fault.id,
    severity: isApplied ? 'info' : (found.severity ?? 'warning'),
    sentence: `${where}: ${column ? withoutPeople(column, says) : says}${isApplied ? ` Mended: ${label[0]!.toLowerCase()}${label.slice(1)}.` : ''}`,
    rows,
    example: cellAt(table, found.shown ?? column ?? table.columns[0], row),
    dimension: fault.dimension,
    fix: {
      fault: fault.id,
      file: table.index,
      column: column ? table.columns.indexOf(column) : null,
      label,
      rows,
      isSafe,
      isApplied,
    },
  };
}

/** What is quoted from a column about people is masked as its cells are. */
const withoutPeople = ({ reading: { personal } }: Column, says: string): string =>
  personal ? says.replace(/"([^"]*)"/g, (_, text: string) => `"${maskPersonal(personal, text)}"`) : says;

/** Every fault in every table, and which cells they explain. */
export function findFaults(scene: Scene): { issues: Issue[]; told: ToldCells } {
  const issues: Issue[] = [];
  const told: ToldCells = new Map();
  for (const table of scene.tables)
    for (const fault of faults)
      for (const found of fault.find(table, scene)) {
        issues.push(issueOf(fault, found, table, false));
        if (!found.column) continue;
        const codes = told.get(found.column) ?? new Set<number>();
        for (const code of found.tells ?? []) codes.add(code);
        told.set(found.column, codes);
      }
  return { issues, told };
}

const toldElsewhere = new Set(faults.flatMap(({ id, isToldElsewhere }) => (isToldElsewhere ? [id] : [])));

/**
 * One issue a fact: where an issue tells a fault already, it gets the fix, and the fault is not told again. Where
 * something stops everything, other faults are not told yet.
 */
export function joinFaults(issues: Issue[], found: Issue[]): Issue[] {
  const isBlocked = issues.some(({ severity }) => severity === 'blocking');
  const joined = issues.slice();
  const fileOf = ({ sentence, example }: Issue) => example?.file ?? sentence.slice(0, sentence.indexOf(':'));
  for (const issue of found) {
    const isSame = (other: Issue) => other.kind === issue.kind && !other.fix;
    const same = joined
      .filter(isSame)
      .sort((a, b) => Number(fileOf(b) === fileOf(issue)) - Number(fileOf(a) === fileOf(issue)))[0];
    if (same) joined[joined.indexOf(same)] = withFix(same, issue);
    else if (!isBlocked && !toldElsewhere.has(issue.kind)) joined.push(issue);
  }
  return joined;
}

const withFix = (issue: Issue, { dimension, fix, example }: Issue): Issue => ({
  ...issue,
  ...(dimension && { dimension }),
  ...(fix && { fix }),
  example: issue.example ?? example,
});
