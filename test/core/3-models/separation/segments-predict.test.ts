import { describe, expect, test } from 'vitest';
import { segmentsPredict } from '../../../../src/core/3-models/separation/segments-predict';
import { chiSquareTest } from '../../../../src/core/kit/statistics/association';
import { createRandom } from '../../../../src/core/kit/random';

const names = ['a', 'b', 'c', 'd'];

/** Customers whose later spend and return depend on a hidden group by `strength`. */
function simulate(seed: number, nRows: number, strength: number) {
  const random = createRandom(seed);
  const group = Int32Array.from({ length: nRows }, () => random.below(names.length));
  const cameBack = Uint8Array.from(group, (g) => (random.next() < 0.2 + 0.15 * strength * g ? 1 : 0));
  const spend = Float64Array.from(cameBack, (back, i) =>
    back ? Math.exp(3 + random.normal() + 0.5 * strength * group[i]!) : 0,
  );
  return { group, later: { asOf: 0, horizonDays: 90, cameBack, spend } };
}

describe('segmentsPredict', () => {
  test('random segments score about 0 and predict nothing in at least 95 of 100 seeds', () => {
    const seeds = Number(process.env.SIMULATIONS ?? 60);
    let alarms = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const random = createRandom(1000 + seed);
      const { later } = simulate(seed, 300, 1);
      const found = segmentsPredict(
        Int32Array.from(later.spend, () => random.below(4)),
        names,
        later,
        seed,
      );
      if (found.predictsSpend || found.predictsReturn) alarms++;
      else {
        expect(found.spend!.low).toBe(0);
        expect(found.comeBack.low).toBe(0);
        expect(found.verdict).toMatch(/^No: /);
      }
    }
    expect(alarms / seeds).toBeLessThanOrEqual(0.05);
  });

  test('true segments score above 0, and the interval says so', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { group, later } = simulate(seed, 600, 1);
      const { spend, comeBack, verdict, predictsReturn } = segmentsPredict(group, names, later, seed);
      expect(predictsReturn).toBe(true);
      expect(comeBack.low).toBeGreaterThan(0);
      expect(comeBack.high).toBeGreaterThan(comeBack.cramersV);
      expect(spend!.etaSquared).toBeGreaterThan(0);
      expect(verdict).toMatch(/^Yes: these segments explain .* of 600|among 600 customers/);
    }
  });

  test("the raw measures are eta squared and Cramér's V", () => {
    const { group, later } = simulate(5, 400, 1);
    const { comeBack, bySegment } = segmentsPredict(group, names, later, 1);
    const count = (g: number, back: number) =>
      group.filter((own, i) => own === g && later.cameBack[i] === back).length;
    const table = names.map((_, g) => [count(g, 1), count(g, 0)]);
    expect(comeBack.raw).toBeCloseTo(Math.sqrt(chiSquareTest(table).statistic / 400), 10);
    bySegment.forEach(({ n, cameBack }, g) => {
      expect(n).toBe(table[g]![0]! + table[g]![1]!);
      expect(cameBack!.value).toBeCloseTo(table[g]![0]! / n, 12);
      expect(cameBack!.low).toBeLessThan(cameBack!.value);
    });
  });

  test('says why it cannot tell', () => {
    const { group, later } = simulate(2, 60, 1);
    const verdict = (labels: Int32Array, outcomes = later) =>
      segmentsPredict(labels, names, outcomes, 1).verdict;
    expect(verdict(new Int32Array(60))).toMatch(/^cannot tell: need at least 2 segments/);
    expect(verdict(group.map((label, i) => (i < 30 ? label : -1)))).toMatch(
      /^cannot tell: need at least 40 .* got 30$/,
    );
    const never = { ...later, cameBack: new Uint8Array(60), spend: new Float64Array(60) };
    expect(verdict(group, never)).toMatch(
      /^cannot tell: nobody of 60 customers came back in the 90 days after$/,
    );
    const empty = segmentsPredict(new Int32Array(60).fill(-1), names, later, 1);
    expect(JSON.stringify(empty)).not.toMatch(/null,"high"|NaN/);
    for (const value of [...Object.values(empty.spend!), ...Object.values(empty.comeBack)])
      expect(value).toBe(0);
  });
});
