import type { Target } from '../../../src/core/2-features/feature-table';
import { DAY } from '../../../src/core/2-features/history';

/** How long the order lines of these tests go on. */
export const days = 500;

export const options = {
  target: { kind: 'churn' } as Target,
  horizonDays: 60,
  nOrigins: 3,
  asOf: days * DAY,
  set: 'all' as const,
  splitRule: null as string | null,
  seed: 1,
  knownBefore: [] as string[],
};
