import type { Identity } from './canonical';
import type { Issue } from './collected';
import { maskPersonal } from './mask-personal';
import { count, isAre, plural } from './wording';

/** How many people were joined under several ids and how many were kept apart, each with the first as an example. */
export function identityIssues({ merges, conflicts }: Identity): Issue[] {
  const merge = merges[0];
  const conflict = conflicts[0];
  return [
    ...(merge ? [joinedIssue(merges, merge)] : []),
    ...(conflict
      ? [
          {
            kind: 'customers kept apart',
            severity: 'warning',
            sentence: `${plural(conflicts.length, 'e-mail or phone', 'e-mails or phones')} ${isAre(conflicts.length)} shared by different customers: ${conflict.sentence}`,
            rows: conflicts.reduce((n, { ids }) => n + ids.length, 0),
            example: null,
          } as const,
        ]
      : []),
  ];
}

function joinedIssue(merges: Identity['merges'], { ids, by, files }: Identity['merges'][number]): Issue {
  const people = new Set(merges.map((merge) => merge.ids[0])).size;
  const where = [...new Set(merges.flatMap((merge) => merge.files))];
  const shown = ids
    .slice(0, 3)
    .map((id) => (id.includes('@') ? maskPersonal('email', id) : id))
    .join(' and ');
  const what = by === 'email' ? 'e-mail' : 'phone';
  return {
    kind: 'customers joined',
    severity: 'info',
    sentence: `${where.slice(0, 3).join(', ')}${where.length > 3 ? ' …' : ''}: ${plural(people, 'customer')} ${people === 1 ? 'appears' : 'appear'} under several ids and ${people === 1 ? 'was' : 'were'} joined, such as ${shown} by the same ${what} in ${count(files.length)} ${files.length === 1 ? 'file' : 'files'}. Each can be taken apart again.`,
    rows: merges.reduce((n, merge) => n + merge.ids.length, 0),
    example: null,
  };
}
