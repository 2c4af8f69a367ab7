import { expect, test } from 'vitest';
import type { DataCheck } from '../src/core/1-collect/collected';
import { targetOf } from '../src/pipeline-analysis';

const checkOf = (to: string | null, nEnded: number | null, usualLabel: DataCheck['usualLabel'] = null) =>
  ({
    totals: { to },
    files: nEnded === null ? [] : [{ kind: 'subscriptions' }],
    datedTargets: {
      subscriptions: nEnded === null ? null : { n: 200, nEnded, hasEnds: nEnded > 0, hasPrices: true },
      events: [],
    },
    usualLabel,
  }) as unknown as DataCheck;
const churned = { column: 'Churn', value: 'Yes' };
const churn = { kind: 'churn' } as const;
const cancel = { kind: 'cancel' } as const;

test('targetOf asks by default about subscriptions that ended, then about orders, then about a ready label', () => {
  const usual = (check: DataCheck) => targetOf({ target: null }, check);
  expect(usual(checkOf('2026-01-01', 80, churned))).toEqual(cancel);
  expect(usual(checkOf('2026-01-01', 49, churned))).toEqual(churn);
  expect(usual(checkOf('2026-01-01', null, churned))).toEqual(churn);
  expect(usual(checkOf(null, 0, churned))).toEqual(cancel);
  expect(usual(checkOf(null, null, churned))).toEqual({ kind: 'column', ...churned });
  expect(usual(checkOf(null, null))).toEqual(churn);
});

test('targetOf keeps to what a person asked where this data can be asked it', () => {
  expect(targetOf({ target: churn }, checkOf('2026-01-01', 80))).toEqual(churn);
  expect(targetOf({ target: churn }, checkOf(null, 80))).toEqual(cancel);
  expect(targetOf({ target: { kind: 'repurchase' } }, checkOf(null, null, churned))).toEqual({
    kind: 'column',
    ...churned,
  });
  const plan = { kind: 'column', column: 'plan', value: 'gold' } as const;
  expect(targetOf({ target: plan }, checkOf('2026-01-01', 80, churned))).toEqual(plan);
});
