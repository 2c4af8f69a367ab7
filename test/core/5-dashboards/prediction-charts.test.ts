import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalibrationBin, GainPoint, Prediction } from '../../../src/core/3-models/results/prediction';
import type { RfmResult } from '../../../src/core/3-models/results/rfm-result';
import {
  calibrationChart,
  cannotTell,
  decileLift,
  driversChart,
  gainAt,
  gainsChart,
  likelySentence,
} from '../../../src/core/5-dashboards/prediction-charts';
import {
  cutAt,
  leaveOut,
  likelihoodBins,
  likelihoodChart,
  thresholdForShare,
} from '../../../src/core/5-dashboards/likelihood-charts';
import { ladderRows, originTable } from '../../../src/core/5-dashboards/how-good';
import { ladderStep, originOf, sureness } from '../../fixtures/ladder-step';

const curve = (gain: (share: number) => number): GainPoint[] =>
  Array.from({ length: 20 }, (_, i) => (i + 1) / 20).map((share) => ({
    share,
    gain: gain(share),
    lift: gain(share) / share,
  }));
const scores = { auc: 0.8, averagePrecision: 0.5, brier: 0.1, logLoss: 0.3, liftTop10: 3.1 };

const prediction: Prediction = {
  target: { kind: 'churn' },
  horizonDays: 60,
  split: 'temporal',
  seed: 1,
  origins: [
    originOf({
      asOf: Date.UTC(2026, 5, 1),
      nTrain: 900,
      nTest: 400,
      positives: 100,
      model: scores,
      recency: null,
    }),
  ],
  ladder: [
    ladderStep('prevalence', { ...scores, liftTop10: 1 }),
    ladderStep('recency', { ...scores, liftTop10: 2.6 }),
    ladderStep('logistic', scores),
  ],
  chosen: 'logistic',
  verdict: '',
  grade: 'solid',
  blocked: null,
  gains: { model: curve((share) => Math.sqrt(share)), recency: curve((share) => share) },
  calibration: [{ predicted: 0.2, observed: 0.186, low: 0.169, high: 0.204, n: 500 }],
  ...sureness,
  coefficients: [
    { feature: 'orders', label: 'number of orders', weight: -0.4 },
    { feature: 'recency', label: 'days since last order', weight: Math.log(2) },
  ],
  baseRate: 0.25,
  customers: Int32Array.of(0, 1, 2, 3),
  propensity: Float64Array.of(0.9, 0.1, 0.5, 0.5),
  backend: 'cpu',
};

describe('gainAt', () => {
  test('reads the curve between its points, from nothing at nobody', () => {
    const line = [
      { share: 0.5, gain: 0.8, lift: 1.6 },
      { share: 1, gain: 1, lift: 1 },
    ];
    expect(gainAt(line, 0.25)).toBeCloseTo(0.4, 12);
    expect(gainAt(line, 0.75)).toBeCloseTo(0.9, 12);
    expect(gainAt(line, 1)).toBe(1);
  });

  test('is not a number without a curve', () => {
    expect(gainAt([], 0.5)).toBeNaN();
  });
});

describe('decileLift', () => {
  test('is 1 in every tenth when guessing', () => {
    for (const lift of decileLift(curve((share) => share))) expect(lift).toBeCloseTo(1, 9);
  });

  test('averages 1 whatever the curve, because all events lie in some tenth', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 1, noNaN: true }), (power) => {
        const lifts = decileLift(curve((share) => share ** power));
        expect(lifts.reduce((a, b) => a + b, 0) / 10).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('sentences', () => {
  test('ladderRows says what each way finds and marks the way in use', () => {
    const rows = ladderRows(prediction);
    expect(rows.map(({ finds }) => finds)).toEqual(['as chance has it', '2.6× as many', '3.1× as many']);
    expect(rows[2]!.pairs).toBe('80 times in 100');
    expect(rows.map(({ isChosen }) => isChosen)).toEqual([false, false, true]);
  });

  test('a lift within 5% of what the base rate leaves room for is the most possible', () => {
    const finds = (baseRate: number) => ladderRows({ ...prediction, baseRate })[2]!.finds;
    expect(finds(0.306)).toBe('3.1× as many');
    expect(finds(0.307)).toBe('3.1× as many, the most possible');
  });

  test('gainsChart speaks of the list that the cut-off makes', () => {
    expect(gainsChart(prediction, 0.1).sentence).toBe(
      'Contacting the likeliest 10.0% catches 31.6% of leavers; sorting by days since last order catches 10.0%; guessing, 10.0%.',
    );
    expect(gainsChart(prediction, 0.5).sentence).toContain('the likeliest 50.0% catches 70.7%');
  });

  test('without dates nothing is said of days since the last order', () => {
    const undated: Prediction = { ...prediction, gains: { ...prediction.gains, recency: [] } };
    const gains = gainsChart(undated, 0.1);
    expect([gains.sentence, ...gains.readings].join()).not.toMatch(/days since/);
    expect(gains.table.columns).toHaveLength(gains.table.rows[0]!.length);
    const { heads, rows } = originTable(undated);
    expect(heads.join()).not.toMatch(/days since/);
    expect(rows[0]!.cells).toHaveLength(heads.length);
  });

  test('likelySentence says how many and what they have spent', () => {
    const rfm = { customers: Int32Array.of(0, 1), monetary: Float64Array.of(120, 999) } as RfmResult;
    expect(likelySentence(prediction, null)).toBe('1 of 4 customers is more likely than not to leave.');
    expect(likelySentence(prediction, rfm)).toBe(
      '1 of 4 customers is more likely than not to leave; this customer has spent 120 so far.',
    );
    const unlikely = { ...prediction, propensity: Float64Array.of(0.1, 0.2, 0.3, 0.4) };
    expect(likelySentence(unlikely, rfm)).toBe(
      'No customer is more likely than not to leave; the likeliest stands at 40.0%.',
    );
  });

  test('a label counts only whom it does not hold yet', () => {
    const labelled: Prediction = {
      ...prediction,
      target: { kind: 'column', column: 'Churn', value: 'Yes' },
      happened: Uint8Array.of(1, 0, 0, 0),
      propensity: Float64Array.of(0.9, 0.8, 0.1, 0.2),
    };
    expect(likelySentence(labelled, null)).toBe(
      '1 of 3 customers without “Churn = Yes” look more like those who have it: their likelihood is above 50%.',
    );
    const open = leaveOut(labelled, null, { stages: [], happened: true });
    expect([...open.customers]).toEqual([1, 2, 3]);
    expect([...open.propensity]).toEqual([0.8, 0.1, 0.2]);
    expect(leaveOut(labelled, null, { stages: [], happened: false }).customers).toHaveLength(4);
  });

  test('leaveOut leaves out the stages asked for', () => {
    const rfm = {
      customers: Int32Array.of(0, 1, 2),
      lifecycle: Uint8Array.of(0, 1, 0),
      groups: [{ name: 'Lost' }, { name: 'Loyal' }],
    } as unknown as RfmResult;
    const reachable = leaveOut(prediction, rfm, { stages: ['Lost'], happened: false });
    expect([...reachable.customers]).toEqual([1, 3]);
  });

  test('cannotTell where guessing is as good or nothing could be tested', () => {
    expect(cannotTell(prediction)).toBe(false);
    expect(cannotTell({ ...prediction, chosen: 'prevalence' })).toBe(true);
    expect(cannotTell({ ...prediction, grade: 'cannot tell' })).toBe(true);
    const ladder = [ladderStep('logistic', { ...scores, liftTop10: 0.9 })];
    expect(cannotTell({ ...prediction, ladder })).toBe(true);
  });

  test('calibrationChart answers first, and names the group furthest off', () => {
    const bin = (predicted: number, observed: number) => ({
      predicted,
      observed,
      low: observed - 0.02,
      high: observed + 0.02,
      n: 100,
    });
    const says = (...calibration: CalibrationBin[]) =>
      calibrationChart({ ...prediction, calibration }).sentence;
    expect(says(bin(0.2, 0.19))).toBe(
      'Yes: 1 of 1 group agrees within chance; furthest off where we said 20.0%, 19.0% left.',
    );
    expect(says(bin(0.2, 0.19), bin(0.41, 0.25))).toBe(
      'Roughly: off by 2.0 points on average, most where we said 41.0%, 25.0% left; 1 of 2 groups agrees within chance.',
    );
    expect(says(bin(0.2, 0.5))).toBe(
      'No: off by 2.0 points on average, most where we said 20.0%, 50.0% left; 0 of 1 group agree within chance.',
    );
    expect(says()).toBe('Too few customers were tested to tell.');
  });

  test('driversChart puts the strongest first and says how much', () => {
    const { drivers, text } = driversChart(prediction);
    expect(drivers[0]!.feature).toBe('recency');
    expect(text.readings[0]).toBe('days since last order: likelier, 2.0× for one step up');
    expect(text.sentence).toBe(
      'Likelier to leave the higher the days since last order; less likely the higher the number of orders.',
    );
  });

  test('originTable gives every count its share', () => {
    expect(originTable(prediction).rows[0]!.cells.slice(0, 3)).toEqual(['900', '400', '100 (25.0%)']);
  });
});

describe('cut-off', () => {
  test('cutAt counts who is at or above it and how many are expected', () => {
    expect(cutAt(prediction.propensity, 0.5)).toEqual({ threshold: 0.5, count: 3, of: 4, expected: 1.9 });
  });

  test('thresholdForShare lets at least the asked share in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (values, share) => {
          const propensity = Float64Array.from(values);
          const { count } = cutAt(propensity, thresholdForShare(propensity, share));
          expect(count).toBeGreaterThanOrEqual(Math.max(1, Math.round(share * values.length)));
        },
      ),
    );
  });

  test('likelihoodBins holds everyone once, 1 included', () => {
    const bins = likelihoodBins(Float64Array.of(0, 0.049, 0.05, 1));
    expect([bins[0]!.n, bins[1]!.n, bins[19]!.n]).toEqual([2, 1, 1]);
  });

  test('likelihoodChart says how many of how many', () => {
    expect(likelihoodChart(prediction, cutAt(prediction.propensity, 0.5)).text.sentence).toBe(
      'From 50.0% likelihood up: 3 customers, 75.0% of 4; about 2 of them are expected to leave.',
    );
  });
});
