import { tellsConsent } from './consent-words';
import type { Role } from './collected';
import { keysOf, type KnownExport } from './formats/known-export';
import { headerKey } from './header-key';
import { sampleTexts, valueFactor } from './role-values';
import { type Guess, shared } from './role-guess';
import type { Column } from './read-table';

/** What a known export's columns are for; null where the export leaves it to name and values. */
export function rolesBySource(source: KnownExport, columns: Column[], nRows: number): (Guess | null)[] {
  const keys = columns.map(({ words }) => headerKey(words));
  const guesses: (Guess | null)[] = columns.map(() => null);
  const settle = (c: number, role: Role) => {
    guesses[c] ??= readAs(role, columns[c]!, nRows, source.label);
  };
  for (const [role, headers] of Object.entries(source.roles) as [Role, string][]) {
    const found = keysOf(headers).flatMap((key) => keys.flatMap((own, c) => (own === key ? [c] : [])));
    const open = found.filter((c) => guesses[c] === null);
    if (shared.has(role)) open.forEach((c) => settle(c, role));
    else {
      const first = firstFilled(role, open, columns);
      if (first !== undefined) settle(first, role);
    }
  }
  const describes = ({ reading }: Column) => source.others === 'attribute' && !reading.personal;
  const named = new Set(Object.values(source.roles).flatMap(keysOf));
  columns.forEach(({ words }, c) => {
    if (guesses[c]) return;
    const pattern = source.patterns?.find(([fits]) => fits.test(words));
    if (pattern) settle(c, pattern[1]);
    else if (named.has(keys[c]!)) settle(c, describes(columns[c]!) ? 'attribute' : 'ignore');
    else if (source.kind === 'customers' && tellsConsent(words, sampleTexts(columns[c]!)))
      settle(c, 'consent');
    else if (source.others !== 'guess') settle(c, source.others);
  });
  return guesses;
}

/** The first that has values; of columns that say who or when, the first that is filled half as often as the fullest. */
function firstFilled(role: Role, candidates: number[], columns: Column[]): number | undefined {
  const filled = (c: number) => columns[c]!.profile.codes.length - columns[c]!.profile.nMissing;
  const isNeeded = role === 'customer' || role === 'time';
  const most = isNeeded ? Math.max(0, ...candidates.map(filled)) : 0;
  return candidates.find((c) => filled(c) > 0 && filled(c) * 2 >= most);
}

/** A column with the right name whose values cannot be it is not taken blindly. */
function readAs(role: Role, column: Column, nRows: number, label: string): Guess {
  const { name, nDistinct } = column.profile;
  if (role === 'attribute' || role === 'ignore') return { role, confidence: 1, why: `"${name}" in ${label}` };
  if (nDistinct === 0) return { role: 'ignore', confidence: 1, why: 'every cell is empty' };
  const factor = valueFactor(role, column, nRows);
  if (factor === 0)
    return {
      role: 'ignore',
      confidence: 0.5,
      why: `named as in ${label}, but its values are something else`,
    };
  return { role, confidence: 0.97 * factor, why: `"${name}" in ${label}` };
}
