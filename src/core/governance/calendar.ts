/** Something that is due on a whole day, ISO, and every so many days from then on. */
export type CalendarDay = {
  /** Stays the same when the file is made again, so that a calendar moves the entry instead of doubling it. */
  id: string;
  day: string;
  everyDays: number;
  summary: string;
  description: string;
};

const encoder = new TextEncoder();
const longestLine = 75;
const remindAt = 'PT9H';

/** TEXT of RFC 5545: backslash, semicolon, comma and line ends are written with a backslash, other controls left out. */
const escapeText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');

/** A line of at most 75 octets each, the rest behind a line end and a space; no character is cut in two. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > longestLine) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}

const compactDay = (day: string) => day.replaceAll('-', '');
const compactInstant = (time: number) => `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

const writeDay = ({ id, day, everyDays, summary, description }: CalendarDay, stamp: number): string[] => [
  'BEGIN:VEVENT',
  `UID:${escapeText(id)}`,
  `DTSTAMP:${compactInstant(stamp)}`,
  `DTSTART;VALUE=DATE:${compactDay(day)}`,
  `DTEND;VALUE=DATE:${compactDay(dayAfter(day))}`,
  `RRULE:FREQ=DAILY;INTERVAL=${everyDays}`,
  `SUMMARY:${escapeText(summary)}`,
  `DESCRIPTION:${escapeText(description)}`,
  'TRANSP:TRANSPARENT',
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${escapeText(summary)}`,
  `TRIGGER:${remindAt}`,
  'END:VALARM',
  'END:VEVENT',
];

/** An iCalendar file (RFC 5545) of whole days, each with a reminder at nine; `stamp` is when it was made, ms. */
export const writeCalendar = (days: readonly CalendarDay[], stamp: number): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Coterie//Reviews//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...days.flatMap((day) => writeDay(day, stamp)),
    'END:VCALENDAR',
  ]
    .map((line) => `${fold(line)}\r\n`)
    .join('');
