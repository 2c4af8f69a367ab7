import type { Surveys } from '../../1-collect/canonical';
import type { FeatureDefinition, FeatureUnit } from '../feature-table';
import { flagMissing, type Measure, orLongest, orTypical } from './measure';
import { countRows, daysSince, hasRows, perRows, type TableRows } from './table-rows';

/** All answers of all surveys under one another; ratings as shares of their scales. */
export type Answers = Pick<Surveys, 'customer' | 'time' | 'score'> & { isNps: Uint8Array };
export type SurveyMeasure = Measure<TableRows<Answers>>;

/** Answers without a date stand at `undatedAt`; NaN leaves them out. */
export function stackAnswers(surveys: Surveys[], undatedAt: number): Answers {
  const join = (read: (survey: Surveys) => ArrayLike<number>) =>
    surveys.flatMap((survey) => Array.from(read(survey)));
  return {
    customer: Int32Array.from(join(({ customer }) => customer)),
    time: Float64Array.from(
      join(({ time }) => time),
      (time) => (Number.isNaN(time) ? undatedAt : time),
    ),
    score: Float64Array.from(join(scoresOf)),
    isNps: Uint8Array.from(join(({ kind, nRows }) => new Uint8Array(nRows).fill(kind === 'nps' ? 1 : 0))),
  };
}

const scoresOf = ({ kind, scale: { min, max }, score }: Surveys): Float64Array =>
  kind === 'nps' ? score : score.map((each) => (max > min ? (each - min) / (max - min) : each * 0));

const fromSurveys = (
  definition: Omit<FeatureDefinition, 'source'>,
  compute: SurveyMeasure['compute'],
  isAvailable: (known: TableRows<Answers>) => boolean = hasRows,
): SurveyMeasure => ({ definition: { ...definition, source: 'surveys' }, isAvailable, compute });

/** The score of the latest answer of one kind; NaN without. */
const lastScores = (known: TableRows<Answers>, isNps: number): Float64Array => {
  const { time, score, isNps: kinds } = known.table;
  return perRows(known, (own) => {
    let last = -1;
    for (const row of own)
      if (kinds[row] === isNps && !Number.isNaN(score[row]!) && (last < 0 || time[row]! >= time[last]!))
        last = row;
    return last < 0 ? NaN : score[last]!;
  });
};

const hasKind =
  (isNps: number) =>
  ({ table, rows }: TableRows<Answers>): boolean =>
    rows.some((row) => table.isNps[row] === isNps);

const lastScore = (isNps: number, name: string, label: string, unit: FeatureUnit): SurveyMeasure[] => [
  fromSurveys(
    {
      name,
      label,
      unit,
      formula: 'score of the latest answer; without one, the median of all customers',
      high: `${label} high`,
      low: `${label} low`,
    },
    (known) => orTypical(lastScores(known, isNps)),
    hasKind(isNps),
  ),
  fromSurveys(
    {
      name: `${name}:missing`,
      label: `${label}: missing`,
      unit: 'flag',
      formula: '1 where there is no answer with a score, else 0',
      high: `${label}: missing`,
      low: `not ${label}: missing`,
    },
    (known) => flagMissing(lastScores(known, isNps)),
    hasKind(isNps),
  ),
];

export const npsMeasures = lastScore(1, 'lastNps', 'last recommendation score (0 to 10)', 'number');
export const ratingMeasures = lastScore(0, 'lastRating', 'last rating as a share of its scale', 'share');

export const surveyAnswers = fromSurveys(
  {
    name: 'surveyAnswers',
    label: 'number of surveys answered',
    unit: 'number',
    formula: 'count of answers with a score',
    high: 'answer surveys',
    low: 'answer no surveys',
  },
  (known) => perRows(known, (own) => countRows(own, (row) => !Number.isNaN(known.table.score[row]!))),
);

export const daysSinceAnswer = fromSurveys(
  {
    name: 'daysSinceAnswer',
    label: 'days since last survey answer',
    unit: 'days',
    formula:
      'calendar days from the day of the last answer to the as-of day; without one, the most of all customers',
    high: 'long without an answer',
    low: 'answered recently',
  },
  (known) => orLongest(perRows(known, (own) => daysSince(own, known.table.time, known.asOf))),
  ({ table, rows }) => rows.some((row) => Number.isFinite(table.time[row]!)),
);
