import { describe, expect, test } from 'vitest';
import { sampleCompanies, type SampleKind } from '../../../src/core/samples/registry';
import type { SampleCompany } from '../../../src/core/samples/sample-company';

const textOf = ({ files }: SampleCompany, name: string) => files.find((file) => file.name === name)!.text;
const linesOf = (company: SampleCompany, name: string) =>
  textOf(company, name).split('\n').slice(1).filter(Boolean);
const dirtOf = ({ dirt }: SampleCompany, words: RegExp) => dirt.find(({ what }) => words.test(what))!.rows;
const repeats = (lines: string[]) => lines.filter((line, i) => i > 0 && line === lines[i - 1]).length;

describe('sampleCompanies', () => {
  test.each(Object.keys(sampleCompanies) as SampleKind[])('%s: the same files for the same seed', (kind) => {
    const one = sampleCompanies[kind](5, 200);
    expect(sampleCompanies[kind](5, 200)).toEqual(one);
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
