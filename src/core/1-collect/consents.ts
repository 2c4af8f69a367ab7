import type { Consent, Touches } from './canonical';
import type { Issue } from './collected';
import { consentPurpose, consentState, GENERAL, isRefusalHeader, modelPurposes } from './consent-words';
import type { Column, ReadTable } from './read-table';
import type { CustomerOf } from './spread-columns';
import { count, plural } from './wording';

/** A touch's way is the purpose that unsubscribing there withdraws. */
const touchPurposes = new Set(['e-mail', 'SMS', 'WhatsApp', 'phone', 'post']);

type State = 1 | 0 | -1;

/** Of several sayings of one person a refusal wins, and being silent never takes an agreement away. */
const combine = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : Math.max(a, b));

/** What people agreed to, by purpose: from consent columns, lists of those who unsubscribed, and touches. */
export function readConsents(
  tables: ReadTable[],
  customerOf: CustomerOf,
  nCustomers: number,
  touches: Touches | null,
): { consents: Consent[]; issues: Issue[] } | null {
  const consents: Consent[] = [];
  const of = (purpose: string, source: string): Consent => {
    const known = consents.find((consent) => consent.purpose === purpose);
    if (!known)
      return consents[consents.push({ purpose, states: new Int8Array(nCustomers).fill(-1), source }) - 1]!;
    if (!known.source.split('; ').includes(source)) known.source += `; ${source}`;
    return known;
  };
  for (const table of tables)
    for (const column of table.columns) {
      const read = stateReader(column);
      if (!read) continue;
      const source = `${table.profile.fileName}, ${column.reading.name}`;
      const { states } = of(consentPurpose(column.reading.name), source);
      const customer = customerOf(table);
      for (let row = 0; row < customer.length; row++) {
        const index = customer[row]!;
        if (index >= 0) states[index] = combine(states[index]!, read(column.profile.codes[row]!));
      }
    }
  if (touches) withdraw(touches, of);
  return consents.length > 0 ? { consents, issues: consents.map(tellConsent) } : null;
}

/** Days on which members of a list joined or left it. */
const listed = /^(unsub|opt ?in) time$/;

/** By level code what a column says; null when it is not about consent. */
function stateReader(column: Column): ((code: number) => State) | null {
  const { reading, profile, dates } = column;
  const isRefusal = isRefusalHeader(reading.name);
  const isListed = listed.test(column.words) && dates !== null && reading.roleWhy !== 'as you chose';
  if (reading.role !== 'consent' && !isListed) return null;
  const states = profile.levels.map((text, code): State => {
    if (profile.isMissing[code]) return -1;
    // A date is the day on which it was given or taken back.
    const state = dates && !Number.isNaN(dates.values[code]!) ? 1 : consentState(text);
    return isRefusal && state >= 0 ? ((1 - state) as State) : state;
  });
  // A list of refusals says nothing of those who do not stand in it: "do not call: no" is no agreement.
  return (code) => (isRefusal && states[code] === 1 ? -1 : states[code]!);
}

/** Whoever unsubscribed withdrew: a later agreement would have to be told by a file of consents. */
function withdraw(
  { kinds, customer, channel }: Touches,
  of: (purpose: string, source: string) => Consent,
): void {
  kinds.forEach((kind, i) => {
    const way = channel.levels[channel.codes[i]!]!;
    if (kind !== 'unsubscribe' || customer[i]! < 0 || !touchPurposes.has(way)) return;
    of(way, 'unsubscribed').states[customer[i]!] = 0;
  });
}

function tellConsent({ purpose, states, source }: Consent): Issue {
  const rows = (state: number) => states.reduce((n, own) => n + (own === state ? 1 : 0), 0);
  const agreed = rows(1);
  const left =
    modelPurposes.includes(purpose) && rows(0) > 0
      ? ' Those who refused are in no segment, prediction or value.'
      : '';
  const sentence = `Consent to ${purpose}: ${plural(agreed, 'customer')} agreed, ${count(rows(0))} refused, ${count(rows(-1))} did not say; not said counts as no (${source}).${left}`;
  return { kind: 'consent read', severity: 'info', rows: agreed, sentence, example: null };
}

/**
 * By customer 1 where a message for the purpose is allowed. Who said nothing of the purpose itself is asked by what
 * they said of marketing at all, and that a no there holds for everything. Null when no file tells of consent to it.
 */
export function allowed(consents: Consent[], purpose: string): Uint8Array | null {
  const own = consents.find((consent) => consent.purpose === purpose);
  const general = consents.find((consent) => consent.purpose === GENERAL);
  const isGeneral = purpose === GENERAL || touchPurposes.has(purpose);
  const fallback = isGeneral ? general : undefined;
  const main = own ?? fallback;
  if (!main) return null;
  return Uint8Array.from(main.states, (state, customer) => {
    const marketing = fallback?.states[customer] ?? -1;
    if (state === 0 || marketing === 0) return 0;
    return state === 1 || marketing === 1 ? 1 : 0;
  });
}

/** By customer 1 for who refused to be measured or profiled: no model learns from them or tells of them. Null when nobody did. */
export function refusedModels(consents: readonly Consent[] | undefined): Uint8Array | null {
  const asked = (consents ?? []).filter(({ purpose }) => modelPurposes.includes(purpose));
  const [first] = asked;
  if (!first) return null;
  const refused = Uint8Array.from(first.states, (_, customer) =>
    asked.some(({ states }) => states[customer] === 0) ? 1 : 0,
  );
  return refused.includes(1) ? refused : null;
}
