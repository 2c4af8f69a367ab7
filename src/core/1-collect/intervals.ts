import { headerWords } from './role-words';

const DAY = 1;
const WEEK = 7;
const MONTH = 30.4375;
const YEAR = 365.25;

/** Words for a length of time in English, German, French, Spanish and Dutch; the first line that fits decides. */
const words: [RegExp, number][] = [
  [/^(biweekly|fortnight(ly)?|zweiwochentlich|tweewekelijks|quincenal)$/, 2 * WEEK],
  [/^(bimonthly|zweimonatlich|bimestr\w*|tweemaandelijks)$/, 2 * MONTH],
  [/^(quarter\w*|quartal\w*|vierteljahr\w*|trimest\w*|kwartaal\w*)$/, 3 * MONTH],
  [/^(biannual(ly)?|semi ?annual(ly)?|half ?year(ly)?|halbjahr\w*|semest\w*|halfjaar\w*)$/, 6 * MONTH],
  [/^(biennial(ly)?)$/, 2 * YEAR],
  [/^(d|days?|daily|tag\w*|taglich|jours?|journalier|quotidien|dias?|diario|dag(en)?|dagelijks)$/, DAY],
  [
    /^(w|wk|weeks?|weekly|woche\w*|wochentlich|semaines?|hebdo\w*|semanas?|semanal|week|weken|wekelijks)$/,
    WEEK,
  ],
  [/^(m|mo|mth|months?|monthly|monat\w*|mois|mensuel\w*|mes|meses|mensual\w*|maand\w*)$/, MONTH],
  [
    /^(y|yr|years?|yearly|annual(ly)?|annum|jahr\w*|jahrlich|ans?|annees?|annuel\w*|anos?|anual\w*|jaar|jaren|jaarlijks)$/,
    YEAR,
  ],
];

const numbers = new Map(
  'one two three four six twelve|ein zwei drei vier sechs zwolf|un deux trois quatre six douze|uno dos tres cuatro seis doce|een twee drie vier zes twaalf'
    .split('|')
    .flatMap((list) => list.split(' ').map((word, i) => [word, [1, 2, 3, 4, 6, 12][i]!] as const)),
);

/** Days from one payment to the next: "monthly", "every 3 months", "1 year", "P3M", "half-yearly"; NaN for anything else. */
export function intervalDays(text: string): number {
  const iso = /^P(\d+)([DWMY])$/i.exec(text.trim());
  const list = iso
    ? [iso[1]!, iso[2]!.toLowerCase()]
    : headerWords(text)
        .replace(/(\d)([a-z])/g, '$1 $2')
        .split(' ');
  const joined = list.join(' ');
  let count = 1;
  for (const word of [joined, ...list]) {
    const number = /^\d+$/.test(word) ? Number(word) : numbers.get(word);
    if (number !== undefined) count = number;
    const unit = words.find(([pattern]) => pattern.test(word))?.[1];
    if (unit !== undefined) return count * unit;
  }
  return NaN;
}
