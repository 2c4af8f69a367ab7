import { expect, test } from 'vitest';
import { summaryText } from '../../../src/core/4-decisions/summary';
import { prediction, segmentation } from './example-results';

test('summaryText prints the segments as aligned columns, then the verdict', () => {
  expect(summaryText(segmentation, ['', 'Quiet ones'], prediction)).toBe(
    [
      '2 segments of 3 customers, as of 2011-12-10',
      'Segment     Customers  Share  Revenue',
      'Regulars            2  66.7%    50.0%',
      '  Regulars, in a sentence',
      'Quiet ones          1  33.3%    50.0%',
      '  =Quiet, in a sentence',
      '',
      'two, because they are two',
      '',
      'Prediction (solid): better than days since last order',
      '',
    ].join('\n'),
  );
});

test('summaryText says why there are no segments', () => {
  expect(summaryText('need at least 10 customers', [], prediction)).toMatch(
    /^Segments \(cannot tell\): need at least 10 customers\n\nPrediction/,
  );
});

test('summaryText leaves out what was not run', () => {
  expect(summaryText(null, [], prediction)).toBe('Prediction (solid): better than days since last order\n');
});
