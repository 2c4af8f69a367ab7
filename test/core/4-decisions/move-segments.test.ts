import { expect, test } from 'vitest';
import type { Rule } from '../../../src/core/2-features/rule/rule';
import { goneSegment } from '../../../src/core/2-features/rule/rule';
import { moveSegments } from '../../../src/core/4-decisions/move-segments';

const segment = (id: number, isNot = false): Rule => ({ kind: 'segment', id, isNot });
const often: Rule = { kind: 'compare', feature: 'frequency', op: '>=', value: 3 };

test('moveSegments(rule, moved) follows segments to their new ids, however deep, and touches nothing else', () => {
  const rule: Rule = {
    kind: 'or',
    rules: [
      { kind: 'and', rules: [often, segment(0)] },
      { kind: 'not', rule: segment(2, true) },
    ],
  };
  const moved = moveSegments(rule, new Map([[0, 2], [1, 1], [2, 0]])); // prettier-ignore
  expect(moved).toEqual({
    kind: 'or',
    rules: [
      { kind: 'and', rules: [often, segment(2)] },
      { kind: 'not', rule: segment(0, true) },
    ],
  });
  expect(moveSegments(often, new Map())).toBe(often);
});

test('moveSegments(rule, moved) never lets a rule mean another segment in place of one that is no more', () => {
  expect(moveSegments(segment(1), new Map([[0, 1]]))).toEqual(segment(goneSegment));
});
