import { expect, test } from 'vitest';
import { cohensKappa, triangulate } from '../../../src/core/4-decisions/triangulate';

const repeat = (code: string, n: number) => new Array<string>(n).fill(code);

test('cohensKappa equals the hand calculation', () => {
  // 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: agreed 0.7, by chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5, kappa 0.4.
  const a = [...repeat('yes', 25), ...repeat('no', 25)];
  const b = [...repeat('yes', 20), ...repeat('no', 5), ...repeat('yes', 10), ...repeat('no', 15)];
  expect(cohensKappa(a, b)).toBeCloseTo(0.4, 12);
  expect(cohensKappa(b, a)).toBeCloseTo(0.4, 12);
  expect(cohensKappa(a, a)).toBe(1);
  expect(cohensKappa(['x', 'x'], ['x', 'x'])).toBe(1);
});

test('triangulate lists who disagrees, and reads thin below 20 interviews', () => {
  const found = triangulate(['7', '8'], ['Champions', 'New'], ['Champions', 'Lapsed']);
  expect(found.disagreements).toEqual([{ customer: '8', coded: 'New', assigned: 'Lapsed' }]);
  expect(found.isThin).toBe(true);
  expect(found.verdict).toMatch(/^thin: 1 of 2 interviews agree .* need at least 20 interviews$/);
  const codes = repeat('a', 12).concat(repeat('b', 12));
  expect(
    triangulate(
      codes.map((_, i) => String(i)),
      codes,
      codes,
    ).verdict,
  ).toMatch(/^24 of 24 interviews agree/);
  expect(triangulate([], [], []).verdict).toBe('cannot tell: need interviews; got none');
});
