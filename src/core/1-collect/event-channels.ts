import { channelOf, hostOf } from './channels';
import type { Index } from './customer-ids';
import { type Column, columnOf, type ReadTable } from './read-table';
import { spreadCodes } from './spread-columns';

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
  const ownHost = mostFrequentHost(find(page));
  const combine = memoise((s: string, m: string, r: string, hasClickId: boolean) => {
    const from = ownHost !== '' && hostOf(r) === ownHost ? '' : r;
    if (s + m + from === '' && !hasClickId) return UNSAID;
    return channels.of(channelOf({ source: s, medium: m, referrer: from, hasClickId }));
  });
  return Int32Array.from({ length: table.profile.nRows }, (_, i) =>
    combine(codeAt(source, i), codeAt(medium, i), codeAt(referrer, i), codeAt(click, i) !== null),
  );
}

type Cell = { code: number; text: string } | null;

function codeAt(column: Column | undefined, row: number): Cell {
  if (!column) return null;
  const code = column.profile.codes[row]!;
  return column.profile.isMissing[code] ? null : { code, text: column.profile.levels[code]!.trim() };
}

/** Each combination of texts is looked at once. */
function memoise(of: (source: string, medium: string, referrer: string, hasClickId: boolean) => number) {
  const known = new Map<string, number>();
  return (source: Cell, medium: Cell, referrer: Cell, hasClickId: boolean): number => {
    const key = `${source?.code}|${medium?.code}|${referrer?.code}|${hasClickId}`;
    let channel = known.get(key);
    if (channel === undefined) {
      channel = of(source?.text ?? '', medium?.text ?? '', referrer?.text ?? '', hasClickId);
      known.set(key, channel);
    }
    return channel;
  };
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
