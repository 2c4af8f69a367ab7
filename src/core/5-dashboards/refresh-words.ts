import type { RowDiff, TableDiff } from '../1-collect/refresh';
import { formatDay, formatExact, plural } from './words';

/** "3,120 new rows, 14 changed, 0 gone". */
export const diffWords = ({ added, changed, gone }: TableDiff): string =>
  `${formatExact(added)} new ${added === 1 ? 'row' : 'rows'}, ${formatExact(changed)} changed, ${formatExact(gone)} gone`;

/** What a refresh brought in all, in one sentence. */
export function refreshSentence(files: readonly RowDiff[], since: number): string {
  const total = files.reduce<TableDiff>(
    (sum, { diff }) => ({
      before: sum.before + diff.before,
      after: sum.after + diff.after,
      added: sum.added + diff.added,
      changed: sum.changed + diff.changed,
      gone: sum.gone + diff.gone,
    }),
    { before: 0, after: 0, added: 0, changed: 0, gone: 0 },
  );
  const where = files.length > 1 ? ` in ${plural(files.length, 'file')}` : '';
  return `${diffWords(total)}${where} since ${formatDay(since)}.`;
}
