import { isDigits } from './digits';
import { type Column, columnOf, type ReadTable } from './read-table';
import { cancelledWords, headerWords } from './role-words';

/** What the orders of a file say about themselves, by row: 1 = taken back, 1 = never paid. */
type OrderStates = { isCancelled: Uint8Array; isUnpaid: Uint8Array };

/** Words in cells that say that no money ever came: a payment that failed, a basket, a test. */
const unpaidWords =
  /^(failed|declined|denied|incomplete|draft|checkout draft|abandoned|test|blocked|requires payment method|requires action|requires confirmation|uncaptured|fehlgeschlagen|abgelehnt|entwurf|echouee?|refusee?|brouillon|fallido|rechazado|borrador|mislukt|geweigerd|concept)$/;
const givenBackWords = /^(refund|refunded|erstattet|remboursee?|reembolsad[oa]|rimborsato|terugbetaald)$/;
const cancelledAt = /\b(cancell?ed|cancellation|storniert|stornodatum|annulee?|cancelad[oa]|geannuleerd)\b/;
const testMode = /^(mode|live ?mode|test|is test|test mode|environment)$/;

/**
 * Which rows belong to orders that were cancelled or never paid. `refunds` is the money a file notes as given back by
 * row: an order marked "refunded" that says how much is no cancelled one.
 */
export function readStates(table: ReadTable, refunds: Float64Array | null): OrderStates {
  const { nRows } = table.profile;
  const states = { isCancelled: new Uint8Array(nRows), isUnpaid: new Uint8Array(nRows) };
  const mark = (marks: Uint8Array, { profile }: Column, levels: Uint8Array) => {
    for (let i = 0; i < nRows; i++) marks[i]! |= levels[profile.codes[i]!]!;
  };
  const status = columnOf(table, 'status');
  const order = columnOf(table, 'order');
  if (status) {
    mark(states.isUnpaid, status, levelsWhere(status, isUnpaid));
    mark(states.isCancelled, status, levelsWhere(status, isGivenBack));
    if (refunds) states.isCancelled.forEach((_, i) => refunds[i]! > 0 && (states.isCancelled[i] = 0));
    mark(states.isCancelled, status, levelsWhere(status, isTakenBack));
  }
  if (order) mark(states.isCancelled, order, cancelledOrders(order));
  for (const column of table.columns) {
    const { role, roleWhy } = column.reading;
    if (roleWhy === 'as you chose' || !(role === 'ignore' || role === 'attribute' || role === 'end'))
      continue;
    if (cancelledAt.test(column.words)) mark(states.isCancelled, column, sayCancelled(column));
    if (testMode.test(column.words)) mark(states.isUnpaid, column, sayTest(column));
  }
  return states;
}

const levelsWhere = ({ profile }: Column, holds: (text: string) => boolean): Uint8Array =>
  Uint8Array.from(profile.levels, (text, code) =>
    !profile.isMissing[code] && holds(headerWords(text)) ? 1 : 0,
  );

const isUnpaid = (words: string): boolean => unpaidWords.test(words);
const wordsOf = (words: string): string[] =>
  /partial|partiel|parcial|parzial|teilweise|gedeeltelijk/.test(words) ? [] : words.split(' ');
const isGivenBack = (words: string): boolean => wordsOf(words).some((word) => givenBackWords.test(word));
const isTakenBack = (words: string): boolean =>
  wordsOf(words).some((word) => cancelledWords.has(word) && !givenBackWords.test(word)) && !isUnpaid(words);

/** "C536379": an order number with the mark of a cancelled one. */
export const isCancelledNumber = (text: string): boolean =>
  (text.startsWith('C') || text.startsWith('c')) && /^C[\s-]?\d+$/i.test(text);

/** Which order texts say "taken back": "C536379" among orders that are otherwise numbers. */
function cancelledOrders({ profile }: Column): Uint8Array {
  const { levels } = profile;
  const isMarked = new Uint8Array(levels.length);
  let nPlain = 0;
  for (let code = 0; code < levels.length; code++) {
    const text = levels[code]!.trim();
    if (isDigits(text)) nPlain++;
    else if (isCancelledNumber(text)) isMarked[code] = 1;
  }
  return nPlain * 2 >= levels.length ? isMarked : isMarked.fill(0);
}

/** "Cancelled at" with a date in it, or "Cancelled" with yes. */
const sayCancelled = (column: Column): Uint8Array =>
  column.dates
    ? Uint8Array.from(column.dates.values, (value) => (Number.isNaN(value) ? 0 : 1))
    : levelsWhere(column, (words) => /^(yes|y|true|1|ja|oui|si|cancelled|canceled)$/.test(words));

/** Only where the column tells live from test, or true from false. */
function sayTest(column: Column): Uint8Array {
  const isFlag = /^(test|is test)$/.test(column.words);
  const isLive = /^live ?mode$/.test(column.words);
  return levelsWhere(column, (words) =>
    isFlag
      ? /^(yes|true|1)$/.test(words)
      : isLive
        ? /^(no|false|0)$/.test(words)
        : /^(test|sandbox)$/.test(words),
  );
}
