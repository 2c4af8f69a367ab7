import { AppError } from '../kit/errors';
import type { LabelledTable, Target } from './feature-table';

/** Fewer customers than this of either outcome, and nothing is learnt. */
export const fewestExamples = 50;

/** How many customers had the outcome (1 or 0) at any of the dates. */
export function countCustomers(tables: LabelledTable[], outcome: number): number {
  const seen = new Set<number>();
  for (const { table, label } of tables)
    label.forEach((value, row) => {
      if (value === outcome) seen.add(table.customers[row]!);
    });
  return seen.size;
}

/**
 * What is missing to learn from these tables: at least 50 customers of each outcome; null when nothing is. Where a share
 * of `all` is learnt from and the rest tests, the sentence counts all: that is what a person can add to.
 */
export function whyTooFew(
  tables: LabelledTable[],
  target: Target,
  all?: { tables: LabelledTable[]; learntFrom: number },
): string | null {
  const counts = [countCustomers(tables, 1), countCustomers(tables, 0)];
  const at = counts.findIndex((count) => count < fewestExamples);
  if (at < 0) return null;
  const who = outcomes(target)[at]!;
  const count = counts[at]!;
  if (!all || !(all.learntFrom > 0))
    return new AppError('TooFewExamples', who, count, fewestExamples).message;
  const got = countCustomers(all.tables, 1 - at);
  const needed = Math.max(Math.ceil(fewestExamples / all.learntFrom), got + fewestExamples - count);
  return new AppError('TooFewToTest', who, got, needed, fewestExamples).message;
}

export const hasBothOutcomes = ({ label }: LabelledTable): boolean => {
  const positives = countPositives(label);
  return positives > 0 && positives < label.length;
};

const countPositives = (label: Uint8Array): number => label.reduce((n, value) => n + value, 0);

/** How to speak of customers with and without the event. */
export function outcomes(target: Target): [string, string] {
  const stopped = 'stopped ordering';
  const cameBack = 'ordered again';
  if (target.kind === 'churn') return [stopped, cameBack];
  if (target.kind === 'repurchase') return [cameBack, stopped];
  if (target.kind === 'cancel') return ['ended their subscription', 'kept their subscription'];
  if (target.kind === 'upgrade') return ['moved up to a higher price', 'stayed at their price or below'];
  if (target.kind === 'event') return [`did "${target.name}"`, `did not do "${target.name}"`];
  return [`have "${target.value}" in ${target.column}`, `have another value in ${target.column}`];
}
