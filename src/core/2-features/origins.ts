import { AppError } from '../kit/errors';
import { DAY, dayAfter } from './history';

/** Dates (ms UTC) to stand at: learn at `trainAsOfs`, whose outcomes were known at `asOf`, and judge from `asOf` on. */
export type OriginPlan = {
  tests: { asOf: number; trainAsOfs: number[] }[];
  finalTrainAsOfs: number[];
  /** Set when not even one test fits: what is missing. */
  blocked: string | null;
};

const [fewestTrains, mostTrains] = [3, 6];
/** With so many rows to learn from, a further date teaches little. */
const enoughRows = 20_000;

/**
 * Test origins, latest first, each with a whole outcome window before the end of observation, spread over the history
 * at most a horizon apart. `from` and `to` are the first and last order, ms UTC.
 */
export function planOrigins(options: {
  from: number;
  to: number;
  asOf: number;
  horizonDays: number;
  nOrigins: number;
  nCustomers: number;
}): OriginPlan {
  const { from, to, asOf, horizonDays, nOrigins, nCustomers } = options;
  const end = Math.min(asOf, dayAfter(to));
  const historyDays = Math.max(0, Math.ceil((end - from) / DAY));
  const warmUpDays = Math.ceil(Math.max(30, horizonDays / 2));
  // The earliest test needs a warm-up, one training outcome and its own outcome.
  const spareDays = historyDays - warmUpDays - 2 * horizonDays;
  if (!(spareDays >= 0)) {
    const blocked = new AppError('NotEnoughHistory', historyDays, -spareDays, horizonDays).message;
    return { tests: [], finalTrainAsOfs: [], blocked };
  }
  const { nTests, stepDays } = spread(spareDays, horizonDays, nOrigins);
  const earliest = end - (historyDays - warmUpDays) * DAY;
  const nTrains = Math.min(
    mostTrains,
    Math.max(fewestTrains, Math.ceil(enoughRows / Math.max(1, nCustomers))),
  );
  const trainsFor = (test: number) => {
    const latest = test - horizonDays * DAY;
    const steps = Array.from({ length: nTrains }, (_, j) => latest - j * stepDays * DAY);
    return steps.filter((train) => train >= earliest);
  };
  const tests = Array.from({ length: nTests }, (_, i) => {
    const test = end - (horizonDays + i * stepDays) * DAY;
    return { asOf: test, trainAsOfs: trainsFor(test) };
  });
  return { tests, finalTrainAsOfs: trainsFor(end), blocked: null };
}

/** As many tests as asked, but fewer rather than closer together than a quarter of the horizon. */
function spread(spareDays: number, horizonDays: number, nOrigins: number) {
  const closest = Math.max(1, Math.ceil(horizonDays / 4));
  const nTests = Math.max(1, Math.min(nOrigins, 1 + Math.floor(spareDays / closest)));
  if (nTests === 1) return { nTests, stepDays: horizonDays };
  return { nTests, stepDays: Math.min(horizonDays, Math.floor(spareDays / (nTests - 1))) };
}
