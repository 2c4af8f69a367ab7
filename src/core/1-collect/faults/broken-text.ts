import { plural } from '../wording';
import { eachText, type Fault, retold } from './fault';

const western = new TextDecoder('windows-1252');
const strict = new TextDecoder('utf-8', { fatal: true });
const byteOf = new Map(
  Array.from({ length: 256 }, (_, byte): [string, number] => [western.decode(Uint8Array.of(byte)), byte]),
);
const suspicious = /[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6-\u2122]/;

/** UTF-8 that was read as windows-1252, read as UTF-8; null when it was not. */
function repairLetters(text: string): string | null {
  if (!suspicious.test(text)) return null;
  const bytes: number[] = [];
  for (const letter of text) {
    const byte = byteOf.get(letter);
    if (byte === undefined) return null;
    bytes.push(byte);
  }
  try {
    return strict.decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}

export const brokenLetters: Fault = {
  id: 'broken letters',
  dimension: 'validity',
  find: (table) =>
    table.columns.flatMap((column) => {
      if (column.reading.type !== 'text') return [];
      const texts = new Map<number, string>();
      eachText(column, (text, code) => {
        const repaired = repairLetters(text);
        if (repaired !== null) texts.set(code, repaired);
      });
      const [repaired] = texts.values();
      return retold(column, texts, {
        isSafe: true,
        label: 'Repair the letters',
        says: (n, text) =>
          `${plural(n, 'value')} with letters broken by a wrong encoding, such as "${text}" for "${repaired?.slice(0, 60)}".`,
      });
    }),
};

const names = new Map(
  (
    'amp& lt< gt> quot" apos\' nbsp\u00a0 euro€ pound£ auml\u00e4 ouml\u00f6 uuml\u00fc Auml\u00c4 Ouml\u00d6 Uuml\u00dc ' +
    'szlig\u00df eacute\u00e9 egrave\u00e8 agrave\u00e0 ccedil\u00e7 ndash\u2013 mdash\u2014 hellip\u2026 rsquo\u2019 copy\u00a9 reg\u00ae'
  )
    .split(' ')
    .map((pair): [string, string] => [pair.slice(0, -1), pair.slice(-1)]),
);
const entity = /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,8}));/gi;
const tag = /<\/?(?:br|b|i|u|p|a|em|li|ul|ol|td|tr|div|span|strong|font|h[1-6])(?:\s[^<>]*)?\/?>/gi;

const letterOf = (whole: string, decimal?: string, hex?: string, name?: string): string => {
  if (name) return names.get(name) ?? names.get(name.toLowerCase()) ?? whole;
  const point = decimal ? Number(decimal) : parseInt(hex!, 16);
  return point > 0 && point < 0x110000 ? String.fromCodePoint(point) : whole;
};

const takeMarkupOff = (text: string): string => text.replace(tag, ' ').replace(entity, letterOf).trim();

export const webMarkup: Fault = {
  id: 'web page code',
  dimension: 'validity',
  find: (table) =>
    table.columns.flatMap((column) => {
      if (column.reading.type !== 'text') return [];
      const texts = new Map<number, string>();
      eachText(column, (text, code) => {
        if (!text.includes('&') && !text.includes('<')) return;
        const plain = takeMarkupOff(text);
        if (plain !== text.trim()) texts.set(code, plain);
      });
      return retold(column, texts, {
        isSafe: true,
        label: 'Turn the code into plain text',
        says: (n, text) =>
          `${plural(n, 'value')} ${n === 1 ? 'holds' : 'hold'} code of web pages, such as "${text}".`,
      });
    }),
};
