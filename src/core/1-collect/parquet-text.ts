import type { ParquetParsers, SchemaElement } from 'hyparquet';
import { Bare, Entries, type Tree } from './json-tree';

const decoder = new TextDecoder();
const DAY_MS = 86_400_000;

/** Writes dates and times as ISO text with every digit; `isInstant` marks them as UTC. */
export const parquetText = (isInstant: boolean): Partial<ParquetParsers> => ({
  dateFromDays: (days) => (days === undefined || days === null ? undefined : isoDate(days * DAY_MS)),
  timestampFromMilliseconds: (ms) => timeText(ms, 1000n, isInstant),
  timestampFromMicroseconds: (micros) => timeText(micros, 1_000_000n, isInstant),
  timestampFromNanoseconds: (nanos) => timeText(nanos, 1_000_000_000n, isInstant),
  jsonFromBytes: (bytes) => bytes && decoder.decode(bytes),
});

const isoDate = (ms: number): string =>
  Math.abs(ms) > 8.64e15 ? `${ms / DAY_MS}` : new Date(ms).toISOString().slice(0, 10);

function timeText(
  ticks: bigint | null | undefined,
  perSecond: bigint,
  isInstant: boolean,
): string | undefined {
  if (ticks === undefined || ticks === null) return undefined;
  const rest = ((BigInt(ticks) % perSecond) + perSecond) % perSecond;
  const ms = Number((BigInt(ticks) - rest) / perSecond) * 1000;
  if (Math.abs(ms) > 8.64e15) return `${ticks}`;
  const iso = new Date(ms).toISOString();
  if (!isInstant && rest === 0n && ms % DAY_MS === 0) return iso.slice(0, 10);
  const digits = `${rest}`.padStart(`${perSecond}`.length - 1, '0').replace(/0+$/, '');
  return `${iso.slice(0, 19).replace('T', ' ')}${digits && `.${digits}`}${isInstant ? 'Z' : ''}`;
}

/** A value as the library gives it, ready to become cells; integers keep every digit. */
export function parquetTree(value: unknown, element?: SchemaElement): Tree {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return new Bare(numberText(value, element));
  if (typeof value === 'bigint' || typeof value === 'boolean') return new Bare(String(value));
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Array.from(value, (b) => b.toString(16).padStart(2, '0')).join('');
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(value as ArrayLike<unknown>, (item) => parquetTree(item));
  return new Entries(Object.entries(value).map(([key, item]) => [key, parquetTree(item)]));
}

/** The shortest text that reads back as the same number of its type; decimals with the digits of their scale. */
function numberText(value: number, element: SchemaElement | undefined): string {
  if (Number.isNaN(value)) return '';
  if (element?.converted_type === 'DECIMAL') return value.toFixed(Math.min(element.scale ?? 0, 100));
  if (element?.type !== 'FLOAT' || !Number.isFinite(value)) return String(value);
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}
