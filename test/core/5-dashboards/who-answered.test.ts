import { describe, expect, test } from 'vitest';
import type { SurveyAnswers } from '../../../src/core/1-collect/said';
import { nameSegments } from '../../../src/core/5-dashboards/segment-charts';
import { compareAnswers } from '../../../src/core/5-dashboards/who-answered';
import { createRandom } from '../../../src/core/kit/random';
import { segmentation as example } from '../4-decisions/example-results';

/** Segments of these sizes, named A, B, …; customer i of segment s is 1000 s + i. */
function segmentsOf(...sizes: number[]) {
  const segments = sizes.map((size, id) => ({ ...example.segments[0]!, id, name: 'ABC'[id]!, size, revenue: 10 - id })); // prettier-ignore
  const customers = sizes.flatMap((size, s) => Array.from({ length: size }, (_, i) => 1000 * s + i));
  const segmentation = { ...example, segments, customers: Int32Array.from(customers), labels: Int32Array.from(customers, (customer) => Math.floor(customer / 1000)) }; // prettier-ignore
  return { segmentation, segments: nameSegments(segmentation, []) };
}

const survey = (answers: [customer: number, score: number][], kind: 'nps' | 'rating' = 'nps'): SurveyAnswers => ({
  name: 'nps.csv',
  kind,
  customers: Int32Array.from(answers, ([customer]) => customer),
  scores: Float64Array.from(answers, ([, score]) => score),
}); // prettier-ignore

/** The first `n` of each segment with a score. */
const first = (counts: number[], scores = [9, 9, 9]) =>
  counts.flatMap((n, s) => Array.from({ length: n }, (_, i): [number, number] => [1000 * s + i, scores[s]!]));

const compare = (answers: SurveyAnswers, sizes: number[]) => {
  const { segmentation, segments } = segmentsOf(...sizes);
  return compareAnswers(answers, segmentation, segments);
};

describe('compareAnswers', () => {
  test('holds each segment’s share of the answers against its share of customers, by hand', () => {
    const { rows, sentence, score } = compare(survey(first([60, 20, 20], [9, 0, 8])), [100, 200, 100])!;
    expect(rows.map(({ nAnswered }) => nAnswered)).toEqual([60, 20, 20]);
    expect(rows.map(({ shareOfCustomers }) => shareOfCustomers)).toEqual([0.25, 0.5, 0.25]);
    expect(rows.map(({ shareOfAnswers }) => shareOfAnswers)).toEqual([0.6, 0.2, 0.2]);
    expect(rows.map(({ words }) => words)).toEqual([
      'answers more: 2.4 times its share',
      'answers less: 0.4 times its share',
      'no more or less than chance makes',
    ]);
    for (const { low, high, shareOfAnswers } of rows) {
      expect(low).toBeLessThan(shareOfAnswers);
      expect(high).toBeGreaterThan(shareOfAnswers);
    }
    expect(sentence).toBe('100 of 400 customers in segments (25.0%) answered. They are not like all customers: more than its share comes from A (2.4 times); less than its share from B (0.4 times). What they say is not what all would say.'); // prettier-ignore
    // As answered 60 promoters less 20 detractors of 100; by size 0.25 · 100 - 0.5 · 100 + 0.25 · 0.
    expect(score).toBe('NPS of those who answered: 40 (100 scores). With every segment heard by its size it would be -25, give or take 1.'); // prettier-ignore
  });

  test('cannot tell from a handful of answers, and says of whom', () => {
    const few = compare(survey(first([2, 1, 0])), [100, 200, 100])!;
    expect(few.sentence).toContain('Cannot tell whether all segments answer alike');
    expect(new Set(few.rows.map(({ words }) => words))).toEqual(new Set(['cannot tell: too few answers']));
    expect(few.score).toContain('cannot be told: fewer than 10 scores from A, B, C');
  });

  test('answers twice from one customer are one respondent; strangers and other surveys are nobody', () => {
    const twice = compare(survey([...first([30, 30, 30]), ...first([30, 0, 0]), [9999, 9]]), [90, 90, 90])!;
    expect(twice.rows.map(({ nAnswered }) => nAnswered)).toEqual([30, 30, 30]);
    expect(twice.sentence).toContain('answer about alike');
    expect(compare(survey([[9999, 9]]), [90, 90, 90])).toBeNull();
    const rating = compare(survey(first([30, 30, 30]), 'rating'), [90, 90, 90])!;
    expect([rating.score, rating.rows[0]!.nps]).toEqual([null, null]);
  });

  test('everybody answering, or one segment alone, leaves nothing to compare', () => {
    expect(compare(survey(first([90, 90, 90])), [90, 90, 90])!.sentence).toContain('everybody answering');
    expect(compare(survey(first([30])), [90])!.sentence).toContain('nothing to compare');
  });

  test('finds segments apart in about one of twenty surveys whose respondents were drawn by chance', () => {
    const random = createRandom(5);
    let [apart, rowsApart] = [0, 0];
    const nSurveys = 200;
    for (let s = 0; s < nSurveys; s++) {
      const answers = first([200, 300, 500]).filter(() => random.next() < 0.2);
      const { rows, sentence } = compare(survey(answers), [200, 300, 500])!;
      if (!sentence.includes('about alike')) apart++;
      if (rows.some(({ words }) => words.includes('its share'))) rowsApart++;
    }
    expect(apart).toBeLessThan(0.1 * nSurveys);
    expect(rowsApart).toBeLessThan(0.1 * nSurveys);
    expect(apart).toBeGreaterThan(0);
  });
});
