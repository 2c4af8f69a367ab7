/** Short forms of header words, as people and programs shorten them. */
const longForms = new Map(
  (
    'qty:quantity qte:quantite amt:amount cust:customer inv:invoice ord:order no:number nr:number num:number nbr:number ' +
    'addr:address fname:firstname lname:lastname ccy:currency curr:currency desc:description prod:product cat:category ' +
    'dt:date ts:timestamp disc:discount pct:percent cnt:count tel:phone ph:phone ctry:country mktg:marketing mkt:marketing ' +
    'acct:account sess:session txn:transaction trx:transaction tx:transaction stat:status evt:event sub:subscription ' +
    'subs:subscription qnty:quantity shp:shipping ship:shipping pmt:payment pymt:payment prc:price val:value ' +
    'fin:financial fulfil:fulfillment ful:fulfillment cur:currency org:organization'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** Words that join others and say nothing. */
const joints = new Set(
  'de du des d l la le les del el los van der den het the of di da do dell della utc'.split(' '),
);

/** The same for "CustomerID", "customer_id" and "Cust. ID"; from header words (`headerWords`), blanks gone. */
export const headerKey = (words: string): string =>
  words
    .split(' ')
    .filter((word, i) => i === 0 || !joints.has(word))
    .map((word) => longForms.get(word) ?? word)
    .join('');

/** First words that say what the rest is about: the id of a product is nobody's. */
const meaningful = new Set(
  (
    'product produkt produit producto item article artikel order customer client user account company contact invoice ' +
    'basket event session coupon campaign store category plan subscription payment price date'
  ).split(' '),
);
export const isMeaningfulPrefix = (words: readonly string[]): boolean =>
  meaningful.has(words[0]!.split(' ')[0]!);

/** Headers without a first word that all of them begin with: "orders.id", "orders.total" are "id", "total". */
export function withoutSharedPrefix(words: string[]): string[] {
  const first = words[0]?.split(' ')[0] ?? '';
  const isShared =
    words.length >= 4 &&
    first.length > 1 &&
    !/^\d+$|^(q|column|question|frage)\d*$/.test(first) &&
    words.every((text) => text.startsWith(`${first} `));
  return isShared ? words.map((text) => text.slice(first.length + 1)) : words;
}
