export type DecimalMark = '.' | ',';

const MINUS = 45;

/** "120" or "-5", up to 15 digits, without patterns: several times as quick. NaN for everything else, number or not. */
export function plainNumber(text: string): number {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  if (text.length === start || text.length - start > 15) return NaN;
  let value = 0;
  for (let i = start; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return start === 1 ? -value : value;
}

const isoCodes =
  'EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|JPY|CNY|INR|BRL|MXN|CAD|AUD|NZD|ZAR|TRY|SGD|HKD|AED|ILS|SAR|EGP|KRW|THB|IDR|MYR|PHP|VND|RUB|UAH|BGN|ISK';
const money = `(?:[€£¥₹₽₩₺₫]|(?:US|CA|AU|NZ|HK|R)?\\$|kr\\.?|zł|Kč|Fr\\.|Ft|лв\\.?|lei|${isoCodes})`;
const currency = new RegExp(`^${money}\\s*|\\s*${money}$`, 'g');
const blanks = /[\s\u00a0\u202f'’]/g;
const digitsOnly = /^[\d.,]*\d[\d.,]*(?:[eE][+-]?\d{1,3})?$/;
/** In e-mails, links, dates and codes, and in no number: seen before the other patterns, which take their time. */
const noNumber = /[:@/_#]|\d-\d/;
const dotDecimal = /^(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})?(?:\.\d*)?(?:[eE][+-]?\d+)?$/;
const commaDecimal = /^(?:\d+|\d{1,3}(?:\.\d{2,3})*\.\d{3})?(?:,\d*)?(?:[eE][+-]?\d+)?$/;

type Parts = { digits: string; isNegative: boolean; isPercent: boolean };

const arabicDigits = /[\u0660-\u0669\u06f0-\u06f9]/;

/** Arabic-Indic and Persian digits and their marks, as 0 to 9 with a point and commas. */
const inLatinDigits = (text: string): string =>
  text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', ',')
    .replace(/[\u200e\u200f\u061c]/g, '');

/** Takes off what surrounds the digits of an amount: currency, sign, parentheses, per cent; null when it is no number. */
function strip(written: string): Parts | null {
  if (noNumber.test(written)) return null;
  let text = (arabicDigits.test(written) ? inLatinDigits(written) : written).trim();
  if (text.length === 0 || text.length > 40 || !/\d/.test(text)) return null;
  let isNegative = false;
  if (text.startsWith('(') && text.endsWith(')')) {
    isNegative = true;
    text = text.slice(1, -1).trim();
  }
  const isPercent = text.endsWith('%');
  if (isPercent) text = text.slice(0, -1).trimEnd();
  const sign = /^[+\-−]\s*|\s*[-−]$/;
  for (let i = 0; i < 2; i++) {
    const found = sign.exec(text);
    if (found) {
      if (isNegative && !found[0].includes('+')) return null;
      isNegative ||= !found[0].includes('+');
      text = text.replace(sign, '');
    }
    text = text.replace(currency, '');
  }
  if (/\d\s\d/.test(text) && !/^\d{1,3}(?:\s\d{3})+(?:[.,]\d*)?$/.test(text)) return null;
  const digits = text.replace(blanks, '');
  return digitsOnly.test(digits) ? { digits, isNegative, isPercent } : null;
}

function valueOf({ digits, isNegative, isPercent }: Parts, decimal: DecimalMark): number {
  if (!(decimal === '.' ? dotDecimal : commaDecimal).test(digits)) return NaN;
  const value = Number(
    decimal === '.' ? digits.replaceAll(',', '') : digits.replaceAll('.', '').replace(',', '.'),
  );
  if (!Number.isFinite(value)) return NaN;
  return (isNegative ? -value : value) / (isPercent ? 100 : 1);
}

/** NaN when the text is not a number with that decimal mark; 50% is 0.5, (5) is -5, 5- is -5. */
export function parseNumber(written: string, decimal: DecimalMark): number {
  const plain = plainNumber(written);
  if (!Number.isNaN(plain)) return plain;
  const parts = strip(written);
  return parts ? valueOf(parts, decimal) : NaN;
}

/** How a text reads with each mark, and whether it alone settles the mark ("1,5" does, "1,234" does not). */
export type NumberEvidence = { dot: number; comma: number; settles: DecimalMark | null };

export function readBothWays(written: string): NumberEvidence {
  const parts = strip(written);
  if (!parts) return { dot: NaN, comma: NaN, settles: null };
  const dot = valueOf(parts, '.');
  const comma = valueOf(parts, ',');
  const isDot = !Number.isNaN(dot);
  const isComma = !Number.isNaN(comma);
  return { dot, comma, settles: isDot === isComma ? settleByZero(parts.digits) : isDot ? '.' : ',' };
}

/** "0.125" and "0,125" read both ways as text, but nobody writes thousands behind a zero. */
const settleByZero = (digits: string): DecimalMark | null =>
  /^0\.\d{3}$/.test(digits) ? '.' : /^0,\d{3}$/.test(digits) ? ',' : null;
