import { dayOf, parseClock } from './read-date';
import { columnOf, type Column, type ReadTable } from './read-table';

const DAY_MS = 86_400_000;
const clockHeader = /\b(time|clock|uhrzeit|zeit|uhr|heure|hora|tijd|tijdstip|ora)\b/;
const isDuration = /\b(duration|spent|on site|to (close|answer|reply)|delivery|zone|dauer)\b/;

/** A column that holds nothing but times of day: by distinct text ms since midnight; null when it is none. */
function readClock({ profile, words }: Column): Float64Array | null {
  if (!clockHeader.test(words) || isDuration.test(words)) return null;
  const ms = Float64Array.from(profile.levels, (text, code) =>
    profile.isMissing[code] ? 0 : parseClock(text),
  );
  return profile.nDistinct > 0 && !ms.includes(NaN) ? ms : null;
}

/** Where the date column holds days alone and the next column the time of day, as tills write them, both say when. */
export function joinClock(table: ReadTable): void {
  const { columns } = table;
  const time = columnOf(table, 'time');
  const days = time?.dates?.values;
  if (!time || !days?.every((ms) => Number.isNaN(ms) || ms === dayOf(ms) * DAY_MS)) return;
  const at = columns.indexOf(time);
  for (const column of [columns[at + 1], columns[at - 1]]) {
    const isFree = column?.reading.role === 'ignore' || column?.reading.role === 'attribute';
    const ms = column && isFree && column.reading.roleWhy !== 'as you chose' ? readClock(column) : null;
    if (!column || !ms) continue;
    time.clock = { codes: column.profile.codes, ms };
    const roleWhy = `used: its time of day is added to ${time.reading.name}`;
    Object.assign(column.reading, { role: 'ignore', roleConfidence: 1, roleWhy });
    return;
  }
}
