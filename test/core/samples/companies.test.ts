import { describe, expect, test } from 'vitest';
import { sampleCompanies, type SampleKind } from '../../../src/core/samples/registry';
import { chanceOfSilence, drawNextDay } from '../../../src/core/samples/buying-law';
import { chanceOfCancelling } from '../../../src/core/samples/contract-law';
import { createRandom } from '../../../src/core/kit/random';
import { buildPredictionInput } from '../../../src/core/2-features/prediction-input';
import { calibrationBins } from '../../../src/core/3-models/propensity/metrics';
import { importCompany } from '../../fixtures/shop';
import type { SampleCompany } from '../../../src/core/samples/sample-company';

const textOf = ({ files }: SampleCompany, name: string) => files.find((file) => file.name === name)!.text;
const linesOf = (company: SampleCompany, name: string) =>
  textOf(company, name).split('\n').slice(1).filter(Boolean);
const dirtOf = ({ dirt }: SampleCompany, words: RegExp) => dirt.find(({ what }) => words.test(what))!.rows;
const repeats = (lines: string[]) => lines.filter((line, i) => i > 0 && line === lines[i - 1]).length;

describe('sampleCompanies', () => {
  test.each(Object.keys(sampleCompanies) as SampleKind[])('%s: the same files for the same seed', (kind) => {
    const one = sampleCompanies[kind](5, 200);
    const again = sampleCompanies[kind](5, 200);
    expect([again.files, again.truth, again.dirt]).toEqual([one.files, one.truth, one.dirt]);
    expect(sampleCompanies[kind](6, 200).files[0]!.text).not.toBe(one.files[0]!.text);
  });

  test.each(Object.keys(sampleCompanies) as SampleKind[])('%s: every group has customers', (kind) => {
    const { truth, groups } = sampleCompanies[kind](7, 400);
    for (const [g] of groups.entries())
      expect(truth.filter(({ group }) => group === g).length).toBeGreaterThan(15);
    expect(new Set(truth.map(({ customerId }) => customerId)).size).toBe(400);
  });

  test('subscription plants the dirt that it lists', () => {
    const company = sampleCompanies.subscription(3, 800);
    const payments = linesOf(company, 'payments.csv');
    const failed = payments.filter((line) => line.includes(',Failed,'));
    const failedTwice = failed.filter((line, i) => i > 0 && line === failed[i - 1]);
    expect(failed.length - failedTwice.length).toBe(dirtOf(company, /failed/));
    expect(repeats(payments)).toBe(30);
    const padded = linesOf(company, 'subscriptions.csv').filter((line) => / ,/.test(line));
    expect(padded.length).toBe(dirtOf(company, /stray blanks/));
    expect(padded.length).toBeGreaterThan(0);
    const answers = linesOf(company, 'nps-survey.csv');
    const people = new Set(answers.map((line) => line.split(';')[0]));
    expect(answers.length - people.size).toBe(dirtOf(company, /answered twice/));
    expect(answers.filter((line) => line.split(';')[1] === '').length).toBe(
      dirtOf(company, /without a score/),
    );
  });

  test('services keeps its books in German, with a total that adds up', () => {
    const company = sampleCompanies.services(3, 300);
    const rows = linesOf(company, 'rechnungen.csv');
    const cents = (text: string) => Number(text.replaceAll('.', '').replace(',', ''));
    const total = rows.at(-1)!;
    expect(total).toMatch(/^Summe;;;;;;;;/);
    const own = rows.slice(0, -1).filter((line, i, all) => i === 0 || line !== all[i - 1]);
    const sum = own.reduce((all, line) => all + cents(line.split(';')[8]!), 0);
    expect(cents(total.split(';')[8]!)).toBe(sum);
    expect(own.every((line) => /;\d\d\.\d\d\.\d{4};/.test(line))).toBe(true);
    for (const line of linesOf(company, 'emails.ndjson')) expect(() => JSON.parse(line)).not.toThrow();
  });
});

describe('the law of a sample company', () => {
  test('chanceOfSilence is the share of those silent so far who stay silent, when the law is drawn from', () => {
    const random = createRandom(4);
    const law = { rhythmDays: 40, steadiness: 3, leaveChance: 0.2, safeOrders: 2, weekendChance: 0.3 };
    const soFar = { nOrders: 3, lastDay: 20_000 };
    const next = Array.from({ length: 40_000 }, () => drawNextDay(random, law, soFar));
    for (const silence of [1, 30, 75]) {
      const silent = next.filter((day) => day >= 20_000 + silence);
      const stay = silent.filter((day) => day >= 20_000 + silence + 30).length / silent.length;
      expect(chanceOfSilence(law, soFar, 20_000 + silence, 30)).toBeCloseTo(stay, 1.7);
    }
    expect(chanceOfSilence(law, { ...soFar, nOrders: 2 }, 20_200, 30)).toBeLessThan(0.2);
  });

  // By hand: ten seats are a growing team's, or nobody's; its first renewal is 30 days away.
  test('chanceOfCancelling is nought before the first renewal, and the kind’s own chance at it', () => {
    expect(chanceOfCancelling(10, 5, 20)).toBe(0);
    expect(chanceOfCancelling(10, 5, 30)).toBeCloseTo(0.002, 12);
  });

  test.each(Object.keys(sampleCompanies) as SampleKind[])(
    '%s: as many leave as the law says, at every date, of each tenth by likelihood',
    async (kind) => {
      const company = await importCompany(kind, 2, 900);
      const target = { kind: kind === 'subscription' ? 'cancel' : 'churn' } as const;
      const { origins } = buildPredictionInput(company.collected, {
        target,
        horizonDays: 90,
        nOrigins: 3,
        asOf: company.asOf,
        set: 'rfm',
        splitRule: null,
        seed: 1,
      });
      expect(origins).toHaveLength(3);
      for (const { test } of origins) {
        const chances = Float64Array.from(test.table.customers, (customer) =>
          company.chanceOfLeaving(customer, test.table.asOf!, 90),
        );
        for (const { predicted, observed, n } of calibrationBins(test.label, chances, 5))
          expect(Math.abs(predicted - observed)).toBeLessThan(3.5 * Math.sqrt(0.25 / n));
      }
    },
  );
});
