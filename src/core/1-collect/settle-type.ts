import type { ColumnType, Role } from './collected';
import { exampleReadings, type NumberFit, wholeShare } from './column-types';
import { hasPointZero } from './customer-ids';
import type { Column } from './read-table';
import { identifierWords } from './role-words';

/** What the values of a text role are, for the reason why they stay text. */
const nameRoles: Partial<Record<Role, string>> = {
  customer: 'customer ids name people',
  order: 'order ids name orders',
  product: 'these name products',
  category: 'these name groups of products',
  country: 'these name places',
  status: 'these say how an order stands',
};
const moneyRoles = new Set<Role>(
  'amount price listPrice discount tax shipping refunded'.split(' ') as Role[],
);
const namesCents = /\b(cents|pence|centimes|centimos|minor units?)\b/;

/** Whole numbers of cents, by the header, become money: "amount_cents" 1990 is 19.90. */
export function settleCents(column: Column): void {
  const { reading, numbers, words, profile } = column;
  if (!numbers || !moneyRoles.has(reading.role) || !namesCents.test(words)) return;
  if (wholeShare(profile, numbers.values) !== 1) return;
  column.numbers = { ...numbers, values: numbers.values.map((value) => value / 100) };
  column.isInCents = true;
}
const numberRoles = new Set<Role>(['amount', 'price', 'quantity', 'discount']);

/** The role has the last word on the type: an id stays text, money is a number even where its digits look like ids. */
export function settleType(column: Column, decided: ColumnType | undefined): void {
  const { reading, numbers, dates, profile } = column;
  const chosenWhy = decided === 'date' && dates ? dates.why : 'as you chose';
  const [type, why] = decided ? ([decided, chosenWhy] as const) : typeByRole(column);
  reading.type = type;
  reading.why = why;
  const fit = type === 'number' ? numbers : type === 'date' ? dates : null;
  if (type === 'number' && numbers) reading.decimal = numbers.decimal;
  if (type === 'date' && dates) reading.dateOrder = dates.order;
  reading.unreadable = (fit?.unreadable ?? []).map((u) => ({ ...u }));
  reading.examples = exampleReadings(profile, type, fit?.values ?? null);
}

function typeByRole({ reading, numbers, dates, identifier, words, profile }: Column): [ColumnType, string] {
  const isNamedId = identifierWords.has(words.slice(words.lastIndexOf(' ') + 1));
  const named = nameRoles[reading.role];
  if (reading.role === 'customer' && hasPointZero(profile))
    return ['text', 'customer ids; the ".0" at the end of every one was taken off'];
  if (profile.nDistinct === 0) return ['text', 'every cell is empty'];
  if (named) return ['text', identifier ?? `kept as text: ${named}`];
  if (dates && !numberRoles.has(reading.role)) return ['date', dates.why];
  if (!numbers) return ['text', 'kept as text: too few values are numbers or dates'];
  if (numberRoles.has(reading.role)) return ['number', whyNumber(numbers)];
  if (identifier) return ['text', identifier];
  if (isNamedId) return ['text', 'kept as text: its name says it is a code'];
  return ['number', whyNumber(numbers)];
}

const shown = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 });

/** "numbers with a decimal comma, from 0.5 to 1,250". */
function whyNumber({ decimal, values }: NumberFit): string {
  let low = Infinity;
  let high = -Infinity;
  let isWhole = true;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    isWhole &&= Number.isInteger(value);
  }
  const kind = isWhole ? 'whole numbers' : `numbers with a decimal ${decimal === ',' ? 'comma' : 'point'}`;
  return low === high ? `${kind}, always ${shown(low)}` : `${kind} from ${shown(low)} to ${shown(high)}`;
}
