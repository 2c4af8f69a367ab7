import type { Issue, Role } from './collected';
import { cellAt, columnOf, type ReadTable } from './read-table';
import { count, plural } from './wording';

/** Why rows of a file are not used: told once for all of them, with the first as the example. */
export type Reason = {
  kind: string;
  severity: Issue['severity'];
  /** The role of the column at fault, where there is one. */
  role: Role | null;
  /** What follows "12 of 4,000 rows". */
  sentence(rows: number): string;
};

/** What one kind of files gave: by file index the rows used; every other row stands in an issue. */
export type Reading<T> = { found: T; used: Map<number, number>; issues: Issue[] };

/** Counts the rows of a file that are left out, by reason. */
export function createTally(table: ReadTable) {
  const left = new Map<Reason, { rows: number; first: number }>();
  let nLeft = 0;
  return {
    leaveOut(reason: Reason, row: number): void {
      nLeft++;
      const known = left.get(reason);
      if (known) known.rows++;
      else left.set(reason, { rows: 1, first: row });
    },
    used: (): number => table.profile.nRows - nLeft,
    issues: (): Issue[] =>
      [...left].map(([{ kind, severity, role, sentence }, { rows, first }]) => ({
        kind,
        severity,
        rows,
        sentence: `${table.profile.fileName}: ${count(rows)} of ${plural(table.profile.nRows, 'row')} ${sentence(rows)}`,
        example: cellAt(table, role ? columnOf(table, role) : undefined, first),
      })),
  };
}

/** Something to know about a whole file. */
export const sayOf = (table: ReadTable, kind: string, rows: number, sentence: string): Issue => ({
  kind,
  severity: 'info',
  rows,
  sentence: `${table.profile.fileName}: ${sentence}`,
  example: null,
});
