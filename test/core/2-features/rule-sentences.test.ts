import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRule } from '../../../src/core/2-features/rule/parse-rule';
import { writeRule } from '../../../src/core/2-features/rule/write-rule';
import { anyNames, anyRule } from './rule-arbitraries';

test('parseRule reads every sentence of writeRule back as the same rule, whatever the names', () => {
  const any = anyNames.chain((names) => fc.tuple(fc.constant(names), anyRule(names)));
  fc.assert(
    fc.property(any, ([names, rule]) => {
      expect(parseRule(writeRule(rule, names), names)).toEqual(rule);
    }),
    { numRuns: 1500 },
  );
});
