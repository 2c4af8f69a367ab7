import type { DataCheck, Fix, Issue } from '../1-collect/collected';
import { formatCount, formatShare, plural } from './words';

/** What we noticed, one row for each set of rows touched, with all that can be done about them; `touched` is "12 of 235,512 rows". */
export type IssueRow = { issue: Issue; alsoSays: string[]; fixes: Fix[]; touched: string; share: string };

const order = { blocking: 0, warning: 1, info: 2 } as const;

/** The heaviest first; issues that touch the very same rows stand together, shares are of the file they are in. */
export function issueRows({ issues, files }: Pick<DataCheck, 'issues' | 'files'>): IssueRow[] {
  const fileOf = (issue: Issue) =>
    files.find(({ name }) => issue.example?.file === name) ??
    files.find(({ name }) => issue.sentence.startsWith(name));
  const rows: IssueRow[] = [];
  for (const issue of [...issues].sort((a, b) => order[a.severity] - order[b.severity] || b.rows - a.rows)) {
    const same = rows.find((row) => fileOf(row.issue) === fileOf(issue) && touchesSame(row.issue, issue));
    if (same) {
      same.alsoSays.push(issue.sentence);
      if (issue.fix) same.fixes.push(issue.fix);
      continue;
    }
    const file = fileOf(issue);
    const of = file?.rowsRead ?? 0;
    const noun = file?.kind === 'customers' ? 'customer' : 'row';
    rows.push({
      issue,
      alsoSays: [],
      fixes: issue.fix ? [issue.fix] : [],
      touched:
        issue.rows && of ? `${formatCount(issue.rows)} of ${plural(of, noun)}` : formatCount(issue.rows),
      share: issue.rows && of && issue.rows <= of ? formatShare(issue.rows / of) : '',
    });
  }
  return rows;
}

/** As many rows with the same first one, or an amount nobody could read and the row left without one. */
function touchesSame(a: Issue, b: Issue): boolean {
  if (a.rows !== b.rows || a.rows === 0 || a.severity !== b.severity) return false;
  if (a.fix?.isApplied || b.fix?.isApplied) return false;
  if (a.example && a.example.row === b.example?.row) return true;
  const kinds = [a.kind, b.kind];
  return kinds.includes('unreadable cells') && kinds.includes('rows without an amount');
}

/** Whether all that was written could be read: whole rows and single values. */
export function sayReadability({ refused, files }: Pick<DataCheck, 'refused' | 'files'>): {
  isClean: boolean;
  sentence: string;
} {
  const columns = files.flatMap((file) => file.columns.filter(({ unreadable }) => unreadable.length));
  const values = columns.reduce(
    (sum, { unreadable }) => sum + unreadable.reduce((n, { rows }) => n + rows, 0),
    0,
  );
  const left = `${plural(values, 'value')} in ${plural(columns.length, 'column')} could not be read and ${values === 1 ? 'was' : 'were'} left empty`;
  if (refused.length) return { isClean: false, sentence: values ? `Besides, ${left}.` : '' };
  return values
    ? { isClean: false, sentence: `No row was turned away, but ${left}.` }
    : { isClean: true, sentence: 'Every row and every value could be read' };
}
