import type { AppliedFix, CollectSettings, ColumnDecision, Issue } from '../collected';
import type { RawTable } from '../raw-table';
import type { TableProfile } from '../table-profile';
import type { Found, Scene } from './fault';
import { issueOf } from './fault-issues';
import { addMend, type Changes, mendTable, noChanges } from './mend-table';
import { faults } from './registry';

/** Tables as they are after the fixes the person chose; `leftOut` counts the rows each file lost to them. */
export type Mended = {
  tables: RawTable[];
  profiles: TableProfile[];
  decisions: ColumnDecision[];
  leftOut: number[];
  /** The faults that were mended, so that each can be taken back. */
  applied: Issue[];
};

type Settle = (profiles: TableProfile[], decisions: ColumnDecision[]) => Scene;

/**
 * Lays the fixes over the stored tables, which stay as they are: taking a fix out of the settings undoes it. Fixes that
 * do not touch the same texts are made together; one that appears only after another waits for the next round.
 */
export function applyFixes(
  stored: { tables: RawTable[]; profiles: TableProfile[] },
  settings: Pick<CollectSettings, 'fixes' | 'decisions'>,
  settle: Settle,
): Mended {
  const state: Mended = {
    ...stored,
    tables: stored.tables.slice(),
    profiles: stored.profiles.slice(),
    decisions: settings.decisions.slice(),
    leftOut: stored.tables.map(() => 0),
    applied: [],
  };
  let pending = settings.fixes ?? [];
  while (pending.length > 0) {
    const left = applyRound(state, pending, settle(state.profiles, state.decisions));
    if (left.length === pending.length) break;
    pending = left;
  }
  for (const fix of pending) state.applied.push(idle(fix, state));
  return state;
}

/** Makes all fixes that can be made together; what is left over comes back. */
function applyRound(state: Mended, pending: AppliedFix[], scene: Scene): AppliedFix[] {
  const changes = new Map<number, Changes>();
  const seen = new Map<string, Found[]>();
  const left = pending.filter((fix) => {
    const fault = faults.find(({ id }) => id === fix.fault);
    const table = scene.tables.find(({ index }) => index === fix.file);
    if (!fault || !table) return true;
    const key = `${fix.file} ${fix.fault}`;
    if (!seen.has(key)) seen.set(key, fault.find(table, scene));
    const found = seen
      .get(key)!
      .find(({ column }) => (column ? table.columns.indexOf(column) : null) === fix.column);
    if (!found) return true;
    const mend = found.mend();
    const own = changes.get(fix.file) ?? noChanges();
    if (!addMend(own, mend, fix.column)) return true;
    changes.set(fix.file, own);
    if ('ignore' in mend && fix.column !== null)
      state.decisions.push({ file: fix.file, column: fix.column, role: 'ignore' });
    state.applied.push(issueOf(fault, found, table, true));
    return false;
  });
  for (const [file, own] of changes) {
    const { table, profile, nGone } = mendTable(state.tables[file]!, state.profiles[file]!, own);
    state.tables[file] = table;
    state.profiles[file] = profile;
    state.leftOut[file]! += nGone;
  }
  return left;
}

/** A fix that finds nothing to mend any more. */
function idle(fix: AppliedFix, { profiles }: Mended): Issue {
  const profile = profiles[fix.file];
  const name = fix.column === null ? '' : `, column ${profile?.columns[fix.column]?.name ?? fix.column + 1}`;
  const fault = faults.find(({ id }) => id === fix.fault);
  return {
    kind: fix.fault,
    severity: 'info',
    sentence: `${profile?.fileName ?? `file ${fix.file + 1}`}${name}: nothing is left to mend of "${fix.fault}".`,
    rows: 0,
    example: null,
    ...(fault && { dimension: fault.dimension }),
    fix: { ...fix, label: 'Take this fix back', rows: 0, isSafe: true, isApplied: true },
  };
}
