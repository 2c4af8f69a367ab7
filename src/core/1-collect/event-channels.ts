import { channelOf, hostOf } from './channels';
import type { Index } from './customer-ids';
import { type Column, columnOf, type ReadTable } from './read-table';
import { claim, spreadCodes, textAt } from './spread-columns';

/** Channel of a row of which nothing is said where it could be: as the visit's other rows say, else direct. */
export const UNSAID = -2;

const parts = {
  source: /\bsource$/,
  medium: /\bmedium$/,
  referrer: /\breferr?er( url| host)?$/,
  click: /^(gclid|msclkid|dclid|wbraid|gbraid)$/,
};
const page = /\b(page location|page url|url|landing page|current url)$/;

/** Channel of each row as a number of `channels`: -1 unknown, `UNSAID`; null when no column tells of it. */
export function spreadChannels(table: ReadTable, channels: Index): Int32Array | null {
  const find = (words: RegExp) =>
    table.columns.find(
      (c) => c.profile.nDistinct > 0 && words.test(c.words) && c.reading.roleWhy !== 'as you chose',
    );
  const named = columnOf(table, 'channel') ?? find(/^(default )?channel( group(ing)?)?$/);
  const isPart = named && Object.values(parts).some((words) => words.test(named.words));
  if (named && !isPart) return spreadCodes(named, channels);
  const source = find(parts.source);
  const medium = find(parts.medium);
  const referrer = find(parts.referrer);
  const click = find(parts.click);
  if (!source && !medium && !referrer) return null;
  for (const column of [source, medium, referrer, click]) if (column) claim(column, 'channel');
  const ownHost = mostFrequentHost(find(page));
  const combine = (s: string, m: string, r: string, hasClickId: boolean) => {
    const from = ownHost !== '' && hostOf(r) === ownHost ? '' : r;
    if (s + m + from === '' && !hasClickId) return UNSAID;
    return channels.of(channelOf({ source: s, medium: m, referrer: from, hasClickId }));
  };
  return combineRows(table.profile.nRows, [source, medium, referrer], click, combine);
}

/** Each combination of texts ('' = nothing there), with or without a click id, is looked at once. */
function combineRows(
  nRows: number,
  columns: (Column | undefined)[],
  click: Column | undefined,
  of: (source: string, medium: string, referrer: string, hasClickId: boolean) => number,
): Int32Array {
  const found = new Int32Array(nRows);
  const known = new Map<number, number>();
  const widths = columns.map((column) => column?.profile.levels.length ?? 1);
  const textIn = (column: Column | undefined, row: number) => (column ? textAt(column, row) : '');
  for (let row = 0; row < nRows; row++) {
    const hasClickId = click !== undefined && !click.profile.isMissing[click.profile.codes[row]!];
    let key = hasClickId ? 1 : 0;
    for (let c = 0; c < columns.length; c++) key = key * widths[c]! + (columns[c]?.profile.codes[row] ?? 0);
    let value = known.get(key);
    if (value === undefined) {
      const [source, medium, referrer] = columns;
      value = of(textIn(source, row), textIn(medium, row), textIn(referrer, row), hasClickId);
      known.set(key, value);
    }
    found[row] = value;
  }
  return found;
}

/** The site's own host, so that going from one of its pages to the next is not a visit from elsewhere. */
function mostFrequentHost(column: Column | undefined): string {
  const rows = new Map<string, number>();
  column?.profile.levels.forEach((text, code) => {
    if (!/^https?:\/\//i.test(text)) return;
    const host = hostOf(text);
    rows.set(host, (rows.get(host) ?? 0) + column.profile.counts[code]!);
  });
  let best = '';
  for (const [host, n] of rows) if (n > (rows.get(best) ?? 0)) best = host;
  return best;
}
