import { isDay } from './rule-days';
import type { Deed, Rule, RuleWindow } from './rule';
import { namedDeeds, plainDeeds } from './deed-words';
import { eat, eatOne, type Read, readName, readNumber, type Reader, want } from './rule-reader';

const listOf = { category: 'categories', product: 'products', channel: 'channels', event: 'events' } as const;

function readDeed(reader: Reader, at: number): Read<Deed> | null {
  for (const [kind, words] of namedDeeds) {
    const end = eat(reader, at, `${words} `);
    if (end < 0) continue;
    const what = kind === 'event' ? 'an event' : `a ${kind}`;
    const name = readName(reader, end, reader.names[listOf[kind]], what);
    return name && { value: { kind, name: name.value } as Deed, end: name.end };
  }
  return eatOne(reader, at, plainDeeds);
}

export type Span = { from: number; to: number | null };

/** "at least 3", "exactly 2", "at most 5", "2 to 4". */
export function readSpan(reader: Reader, at: number): Read<Span> | null {
  const sign = eatOne(reader, at, [
    ['at least ', 'least'],
    ['at most ', 'most'],
    ['exactly ', 'exactly'],
  ] as const);
  const first = readNumber(reader, sign?.end ?? at);
  if (!first) return null;
  const { value, end } = first;
  if (sign) {
    const from = sign.value === 'most' ? 0 : value;
    return { value: { from, to: sign.value === 'least' ? null : value }, end };
  }
  const to = eat(reader, end, ' to ');
  if (to < 0) return want(reader, end, '"to" and a number');
  const last = readNumber(reader, to);
  return last && { value: { from: value, to: last.value }, end: last.end };
}

function readTimes(reader: Reader, at: number): Read<Span> | null {
  const once = eatOne(reader, at, [
    ['at least once', { from: 1, to: null }],
    ['at most once', { from: 0, to: 1 }],
    ['exactly once', { from: 1, to: 1 }],
    ['once', { from: 1, to: 1 }],
  ]);
  if (once) return once;
  const span = readSpan(reader, at);
  if (!span) return null;
  const end = eat(reader, span.end, ' times');
  return end < 0 ? want(reader, span.end, '"times"') : { value: span.value, end };
}

function readDay(reader: Reader, at: number): Read<string> | null {
  const day = reader.text.slice(at, at + 10);
  return isDay(day) ? { value: day, end: at + 10 } : want(reader, at, 'a day like 2024-01-31');
}

function readWindow(reader: Reader, at: number): Read<RuleWindow> | null {
  const found = eatOne(reader, at, [
    [' in the last ', 'last'],
    [' since ', 'since'],
    [' until ', 'until'],
    [' from ', 'from'],
    [' at any date', 'any'],
  ] as const);
  if (!found) return { value: 'ever', end: at };
  if (found.value === 'any') return { value: { from: null, to: null }, end: found.end };
  if (found.value === 'last') {
    const days = readNumber(reader, found.end);
    if (!days) return null;
    const end = Math.max(eat(reader, days.end, ' days'), eat(reader, days.end, ' day'));
    return end < 0 ? want(reader, days.end, '"days"') : { value: { lastDays: days.value }, end };
  }
  const first = readDay(reader, found.end);
  if (!first) return null;
  const { value: day, end } = first;
  if (found.value === 'since') return { value: { from: day, to: null }, end };
  if (found.value === 'until') return { value: { from: null, to: day }, end };
  const to = eat(reader, end, ' to ');
  if (to < 0) return want(reader, end, '"to" and a day');
  const last = readDay(reader, to);
  return last && { value: { from: day, to: last.value }, end: last.end };
}

/** "never bought", "bought at least 3 times worth at least 50 each in the last 90 days". */
export function readDid(reader: Reader, at: number): Read<Rule> | null {
  const never = eat(reader, at, 'never ');
  const what = readDeed(reader, never < 0 ? at : never);
  if (!what) return never < 0 ? null : want(reader, never, 'what was never done, like "bought"');
  let { end } = what;
  let times: Span = { from: 0, to: 0 };
  if (never < 0) {
    if (reader.text[end] !== ' ') return want(reader, end, 'how often, like "at least 3 times"');
    const read = readTimes(reader, end + 1);
    if (!read) return null;
    times = read.value;
    end = read.end;
  }
  let minAmount: number | null = null;
  const worth = eat(reader, end, ' worth at least ');
  if (worth >= 0) {
    const amount = readNumber(reader, worth);
    if (!amount) return null;
    minAmount = amount.value;
    end = eat(reader, amount.end, ' each');
    if (end < 0) return want(reader, amount.end, '"each"');
  }
  const window = readWindow(reader, end);
  if (!window) return null;
  return {
    value: {
      kind: 'did',
      what: what.value,
      atLeast: times.from,
      atMost: times.to,
      window: window.value,
      minAmount,
    },
    end: window.end,
  };
}

/** "first bought at least 90 days ago". */
export function readWhen(reader: Reader, at: number): Read<Rule> | null {
  const which = eatOne(reader, at, [
    ['first ', 'first'],
    ['last ', 'last'],
  ] as const);
  const what = which && readDeed(reader, which.end);
  if (!what || reader.text[what.end] !== ' ') return null;
  const days = readSpan(reader, what.end + 1);
  if (!days) return null;
  const end = Math.max(eat(reader, days.end, ' days ago'), eat(reader, days.end, ' day ago'));
  if (end < 0) return want(reader, days.end, '"days ago"');
  const { from: minDays, to: maxDays } = days.value;
  return { value: { kind: 'when', which: which.value, what: what.value, minDays, maxDays }, end };
}
