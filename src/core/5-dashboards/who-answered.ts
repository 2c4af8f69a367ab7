import { type NetPromoter, netPromoterScore } from '../1-collect/net-promoter';
import type { SurveyAnswers } from '../1-collect/said';
import type { Segmentation } from '../3-models/results/segmentation';
import { chiSquareTest, fisherExact, leastExpected } from '../kit/statistics/association';
import { holm } from '../kit/statistics/multiple-tests';
import { twoShareTest, wilsonInterval } from '../kit/statistics/proportions';
import type { Named } from './segment-charts';
import { formatExact, formatShare, plural } from './words';

/** A segment among all customers and among those who answered; `low` to `high` is 95% of its share of the answers. */
type AnswerRow = {
  segment: Named;
  nAnswered: number;
  shareOfCustomers: number;
  shareOfAnswers: number;
  low: number;
  high: number;
  words: string;
  nps: NetPromoter | null;
};

type WhoAnswered = { rows: AnswerRow[]; sentence: string; score: string | null };

/** A chance below this is none, over all segments looked at; fewer expected answers than that tell nothing. */
const level = 0.05;
const fewest = 5;
/** Answers a segment's score must rest on to be weighed. */
const fewestScores = 10;
/** A share this many times another is about the same. */
const near = 1.1;

/** Those who answered against all customers in segments; null where nobody among them did. */
export function compareAnswers(
  survey: SurveyAnswers,
  { customers, labels }: Pick<Segmentation, 'customers' | 'labels'>,
  segments: Named[],
): WhoAnswered | null {
  const idOf = new Map(Array.from(customers, (customer, i) => [customer, labels[i]!]));
  const inSegment = (id: number) => (_: number, i: number) => idOf.get(survey.customers[i]!) === id;
  const found = segments.map((segment) => {
    const scores = survey.scores.filter(inSegment(segment.id));
    const nAnswered = new Set(survey.customers.filter(inSegment(segment.id))).size;
    return { segment, nAnswered, nps: survey.kind === 'nps' ? netPromoterScore(scores) : null };
  });
  const n = found.reduce((sum, { segment }) => sum + segment.size, 0);
  const nAll = found.reduce((sum, { nAnswered }) => sum + nAnswered, 0);
  if (nAll === 0) return null;
  const tables = found.map(({ segment: { size }, nAnswered }): Table => [
    [nAnswered, size - nAnswered],
    [nAll - nAnswered, n - size - nAll + nAnswered],
  ]);
  const adjusted = holm(tables.map(testTable));
  const rows = found.map((one, s): AnswerRow => {
    const [shareOfCustomers, shareOfAnswers] = [one.segment.size / n, one.nAnswered / nAll];
    const [low, high] = wilsonInterval(one.nAnswered, nAll);
    const isFew = nAll * shareOfCustomers < fewest;
    const words = sayRow(shareOfAnswers / shareOfCustomers, adjusted[s]! < level, isFew);
    return { ...one, shareOfCustomers, shareOfAnswers, low, high, words };
  });
  return { rows, sentence: sayAll(rows, nAll, n), score: weighScore(rows) };
}

type Table = readonly [readonly [number, number], readonly [number, number]];

/** The chance of such a gap between a segment and all others if both answered alike. */
function testTable(table: Table): number {
  const [[a, b], [c, d]] = table;
  if (a + b === 0 || c + d === 0) return 1;
  return leastExpected(table) < fewest ? fisherExact(table) : twoShareTest([a, a + b], [c, c + d]).p;
}

const times = (ratio: number) => `${ratio.toFixed(1)} times its share`;

function sayRow(ratio: number, isApart: boolean, isFew: boolean): string {
  if (!isApart) return isFew ? 'cannot tell: too few answers' : 'no more or less than chance makes';
  if (ratio > near) return `answers more: ${times(ratio)}`;
  if (ratio < 1 / near) return ratio === 0 ? 'does not answer' : `answers less: ${times(ratio)}`;
  return 'about its share';
}

function sayAll(rows: AnswerRow[], nAnswered: number, n: number): string {
  const start = `${formatExact(nAnswered)} of ${plural(n, 'customer')} in segments (${formatShare(nAnswered / n)}) answered.`;
  if (nAnswered === n) return `${start} With everybody answering there is nobody left out.`;
  if (rows.length < 2) return `${start} With one segment there is nothing to compare.`;
  const table = rows.map(({ nAnswered: yes, segment }) => [yes, segment.size - yes]);
  if (leastExpected(table) < fewest)
    return `${start} Cannot tell whether all segments answer alike: some would have fewer than ${fewest} answers even so.`;
  if (chiSquareTest(table).p >= level)
    return `${start} The segments answer about alike: nothing beyond chance sets those who answered apart.`;
  const ratioOf = (row: AnswerRow) => row.shareOfAnswers / row.shareOfCustomers;
  const apart = rows.filter(({ words }) => /^(answers|does not)/.test(words));
  const tell = (some: AnswerRow[]) =>
    some.map((row) => `${row.segment.name} (${ratioOf(row).toFixed(1)} times)`).join(', ');
  const more = apart.filter((row) => ratioOf(row) > 1).sort((a, b) => ratioOf(b) - ratioOf(a));
  const less = apart.filter((row) => ratioOf(row) < 1).sort((a, b) => ratioOf(a) - ratioOf(b));
  const told = [
    ...(more.length ? [`more than its share comes from ${tell(more)}`] : []),
    ...(less.length ? [`less than its share from ${tell(less)}`] : []),
  ];
  return told.length
    ? `${start} They are not like all customers: ${told.join('; ')}. What they say is not what all would say.`
    : `${start} The segments do not all answer alike, but none of them stands out for sure.`;
}

/** The score if every segment had as much of a say as it has customers. */
function weighScore(rows: AnswerRow[]): string | null {
  const heard = rows.flatMap(({ nps, segment }) => (nps && segment.size > 0 ? [{ nps, segment }] : []));
  const nScores = heard.reduce((sum, { nps }) => sum + nps.nAnswers, 0);
  if (nScores === 0) return null;
  const asAnswered = heard.reduce((sum, { nps }) => sum + nps.promoters - nps.detractors, 0) / nScores;
  const start = `NPS of those who answered: ${(100 * asAnswered).toFixed(0)} (${plural(nScores, 'score')}).`;
  const thin = heard.filter(({ nps }) => nps.nAnswers < fewestScores).map(({ segment }) => segment.name);
  if (thin.length > 0)
    return `${start} What it would be with every segment heard by its size cannot be told: fewer than ${fewestScores} scores from ${thin.join(', ')}.`;
  const n = heard.reduce((sum, { segment }) => sum + segment.size, 0);
  const weighed = heard.reduce((sum, { nps, segment }) => sum + (nps.score * segment.size) / n, 0);
  const error = Math.hypot(...heard.map(({ nps, segment }) => (nps.standardError * segment.size) / n));
  return `${start} With every segment heard by its size it would be ${weighed.toFixed(0)}, give or take ${Math.max(1, Math.ceil(1.96 * error))}.`;
}
