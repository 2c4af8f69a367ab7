import { tellsConsent } from './consent-words';
import type { ColumnDecision, Role } from './collected';
import type { KnownExport } from './formats/known-export';
import { headerKey } from './header-key';
import type { Column } from './read-table';
import { type Candidate, type Guess, otherDates, shared } from './role-guess';
import { isScore, sampleTexts, valueFactor } from './role-values';
import { roleWords } from './role-words';
import { rolesBySource } from './source-roles';
import { answerCandidates, valueCandidates } from './value-roles';

/** From here on a role is taken as recognised; below it the app asks. */
export const SURE = 0.8;
/** Why a column that nothing claimed is left out. */
export const NO_PART = 'no part of an order';

const guessable = Object.keys(roleWords) as Role[];
/** One role a column, the surest first; what the person decided or answered wins, then the export it is known to be. */
export function guessRoles(
  columns: Column[],
  nRows: number,
  decisions: ColumnDecision[],
  hasHeader: boolean,
  source: KnownExport | null,
): Guess[] {
  const settled = decisions.map((decision) => decision.role);
  const held = new Set(settled.flatMap((role) => (role && !shared.has(role) ? [role] : [])));
  const guesses: Guess[] = settled.map((role) =>
    role ? { role, confidence: 1, why: 'as you chose' } : { role: 'ignore', confidence: 1, why: NO_PART },
  );
  const isTaken = settled.map((role) => role !== undefined);
  const take = ({ column, role, confidence, why }: Candidate) => {
    if (isTaken[column] || held.has(role)) return;
    isTaken[column] = true;
    if (!shared.has(role)) held.add(role);
    guesses[column] = { role, confidence, why };
  };
  if (source)
    rolesBySource(source, columns, nRows).forEach((guess, column) => guess && take({ column, ...guess }));
  if (!source || source.others === 'guess') {
    byHeaders(columns, nRows, hasHeader).forEach(take);
    if (source?.kind === 'surveys' || held.has('score'))
      answerCandidates(columns, isTaken, held).forEach(take);
    else valueCandidates(columns, nRows, isTaken, held, hasHeader).forEach(take);
  }
  tellByEmail(guesses);
  return guesses;
}

function byHeaders(columns: Column[], nRows: number, hasHeader: boolean): Candidate[] {
  if (!hasHeader) return [];
  const isAnswers = columns.some(
    (column) => isScore(column) && nameConfidence('score', column.words) >= SURE,
  );
  const isDated = columns.some(
    (column) => column.dates !== null && nameConfidence('time', column.words) >= SURE && !isAnswers,
  );
  return (
    columns
      .flatMap((column, c) => headerCandidates(column, nRows, c, isDated))
      // Beside a score a "reason" is why somebody gave it, in words of their own.
      .map((found) => (isAnswers && found.role === 'reason' ? { ...found, role: 'comment' as const } : found))
      .sort((a, b) => b.confidence - a.confidence || a.column - b.column)
  );
}

/** Without a customer id it is the e-mail that tells customers apart. */
function tellByEmail(guesses: Guess[]): void {
  const customer = guesses.find(({ role }) => role === 'customer');
  const email = guesses.find(({ role, confidence }) => role === 'email' && confidence >= SURE);
  if (!email || (customer && customer.confidence >= SURE)) return;
  if (customer) Object.assign(customer, { role: 'ignore', why: 'the e-mail tells customers apart' });
  email.role = 'customer';
}

function headerCandidates(column: Column, nRows: number, index: number, isDated: boolean): Candidate[] {
  const { nDistinct } = column.profile;
  if (nDistinct === 0) return [];
  // A bare "id" is the customer's only where each row has its own and nothing is dated: else it may be the order's.
  if (column.words === 'id' && nDistinct === nRows && !isDated)
    return [{ column: index, role: 'customer', confidence: 0.82, why: 'each row has its own id' }];
  const isPerson = column.reading.personal === 'name';
  const isStaff = /\b(owner|employee|cashier|agent|rep|seller|responsible)\b/.test(column.words);
  const keys = keysFor(column.words);
  return guessable
    .flatMap((role) => {
      // Two people can have one name: it is never taken for an id unasked.
      const byName = isPerson && role === 'customer' ? 0 : nameConfidence(role, column.words, keys);
      const confidence = byName && byName * valueFactor(role, column, nRows);
      return confidence > 0
        ? [{ column: index, role, confidence, why: `its name "${column.profile.name}" says so` }]
        : [];
    })
    .concat(
      !keys.some((key) => ranks.get('consent')!.has(key)) && tellsConsent(column.words, sampleTexts(column))
        ? [{ column: index, role: 'consent', confidence: 0.85, why: 'its name and its yes and no say so' }]
        : [],
    )
    .concat(
      isPerson && !isStaff
        ? [{ column: index, role: 'name', confidence: 0.85, why: 'its values are names of people' }]
        : [],
    );
}

const orderPattern = /\b(invoice|order|basket|transaction|receipt|bill)\b.*\b(id|no|nr|number|code)\b/;
const recommend =
  /how likely.*recommend|wie wahrscheinlich.*empfehl|recommanderiez|probabilite.*recommand|probable.*recomiende|recomendar|aanbevelen|consiglieresti|recomendaria/;

/** Whole headers by role as `headerKey` compares them, with their place in the list. */
const ranks = new Map(
  guessable.map((role) => {
    const places = new Map<string, number>();
    for (const [i, name] of roleWords[role]!.names.split('|').entries()) {
      const key = headerKey(name);
      if (!places.has(key)) places.set(key, i);
    }
    return [role, places];
  }),
);

/** What a price or a total is told with, and what does not change which of them it is. */
const besides =
  / (inc|incl|including|excl|excluding|ex|before|after|with|without) (tax|taxes|vat|gst|shipping)$| (base|purchased|net|gross|eur|usd|gbp|chf)$/;
/** A sum on the way to the total. */
const partialSum = /\b(sub ?total|zwischensumme|sous total|subtotaal|subtotale)\b/;

/** What to look a header up by: as it is, and without what does not matter. */
const keysFor = (words: string): string[] => [headerKey(words), headerKey(words.replace(besides, ''))];

/** How much a header alone says; 0 for nothing. Names earlier in a list are a little surer. */
export function nameConfidence(role: Role, words: string, keys = keysFor(words)): number {
  if (role === 'amount' && partialSum.test(words)) return 0.7;
  const places = ranks.get(role)!;
  const rank = places.get(keys[0]!) ?? places.get(keys[1]!);
  if (rank !== undefined)
    return 0.97 - (0.11 * rank) / places.size - (role === 'time' && otherDates.test(words) ? 0.3 : 0);
  return partConfidence(role, words);
}

function partConfidence(role: Role, words: string): number {
  const { parts, not } = roleWords[role]!;
  if (role === 'order') return orderPattern.test(words) && !/date|time|status/.test(words) ? 0.85 : 0;
  if (role === 'price') return /\bprice\b/.test(words) && !/total|compare|purchase/.test(words) ? 0.7 : 0;
  if (role === 'score') return recommend.test(words) || /\bnps\b(?!.*(group|category))/.test(words) ? 0.9 : 0;
  const list = words.split(' ');
  if (not?.test(words)) return 0;
  if (!parts.some((part) => list.some((word) => word === part || (part.length > 4 && word.endsWith(part)))))
    return 0;
  if (role === 'time') return otherDates.test(words) ? 0.55 : 0.85;
  if (role === 'currency' || role === 'country') return 0.82;
  if (role === 'customer')
    return /name|type|segment|group|city|since|country|status|age|gender|email|mail|phone/.test(words)
      ? 0.4
      : 0.82;
  return /code|percent|type|status|name/.test(words) ? 0.3 : 0.82;
}
