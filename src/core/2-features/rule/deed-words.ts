import type { TouchKind } from '../../1-collect/canonical';
import type { Deed, Rule, RuleWindow } from './rule';
import { countDays, writeNumber } from './rule-numbers';

/** How each deed begins; those with a name are looked for first. */
export const namedDeeds = [
  ['category', 'bought from category'],
  ['product', 'bought product'],
  ['channel', 'bought through channel'],
  ['event', 'did event'],
] as const;

export const plainDeeds: [string, Deed][] = [
  ['did anything', { kind: 'event', name: null }],
  ...Object.entries({
    sent: 'was sent a message',
    open: 'opened a message',
    click: 'clicked in a message',
    reply: 'replied to a message',
    call: 'was called',
    unsubscribe: 'unsubscribed',
  } satisfies Record<TouchKind, string>).map(([name, words]): [string, Deed] => [
    words,
    { kind: 'message', name: name as TouchKind },
  ]),
  ['bought', { kind: 'order' }],
];

/** A deed in words; `say` writes a name. */
export function writeDeed(what: Deed, say: (name: string) => string): string {
  const named = namedDeeds.find(([kind]) => kind === what.kind);
  if (named && 'name' in what && what.name !== null) return `${named[1]} ${say(what.name)}`;
  const isSame = (deed: Deed) =>
    deed.kind === what.kind &&
    (what.kind !== 'message' || (deed.kind === 'message' && deed.name === what.name));
  return plainDeeds.find(([, deed]) => isSame(deed))![0];
}

/** "at least 3", "exactly 2", "at most 5", "2 to 4"; `highest` is as good as no upper end. */
export function writeSpan(
  from: number,
  to: number | null,
  lowest = 0,
  highest: number | null = null,
): string {
  if (from === to) return `exactly ${writeNumber(from)}`;
  if (to === null || to === highest) return `at least ${writeNumber(from)}`;
  return from === lowest ? `at most ${writeNumber(to)}` : `${writeNumber(from)} to ${writeNumber(to)}`;
}

function writeWindow(window: RuleWindow): string {
  if (window === 'ever') return '';
  if ('lastDays' in window) return ` in the last ${countDays(window.lastDays)}`;
  const { from, to } = window;
  if (from !== null) return to === null ? ` since ${from}` : ` from ${from} to ${to}`;
  return to === null ? ' at any date' : ` until ${to}`;
}

type Did = Extract<Rule, { kind: 'did' }>;
type When = Extract<Rule, { kind: 'when' }>;

/** "bought product Mug at least 3 times in the last 90 days", "never bought". */
export function writeDid({ what, atLeast, atMost, window, minAmount }: Did, say: (name: string) => string) {
  const deed = writeDeed(what, say);
  const worth = minAmount === null ? '' : ` worth at least ${writeNumber(minAmount)} each`;
  const rest = worth + writeWindow(window);
  if (atLeast === 0 && atMost === 0) return `never ${deed}${rest}`;
  const times = `${writeSpan(atLeast, atMost)} times`.replace(
    /^(at least|at most|exactly) 1 times$/,
    '$1 once',
  );
  return `${deed} ${times}${rest}`;
}

/** "first bought at least 90 days ago". */
export function writeWhen({ which, what, minDays, maxDays }: When, say: (name: string) => string): string {
  const days = writeSpan(minDays, maxDays);
  return `${which} ${writeDeed(what, say)} ${days} ${/ 1$/.test(` ${days}`) ? 'day' : 'days'} ago`;
}
