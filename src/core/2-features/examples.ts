import { AppError } from '../kit/errors';
import type { LabelledTable, Target } from './feature-table';

const minExamples = 50;

/** What is missing to learn from these tables: at least 50 examples of each outcome; null when nothing is. */
export function whyTooFew(tables: LabelledTable[], target: Target): string | null {
  const positives = tables.reduce((n, { label }) => n + countPositives(label), 0);
  const negatives = tables.reduce((n, { label }) => n + label.length, 0) - positives;
  const [positive, negative] = outcomes(target);
  if (positives < minExamples)
    return new AppError('TooFewExamples', positive, positives, minExamples).message;
  if (negatives < minExamples)
    return new AppError('TooFewExamples', negative, negatives, minExamples).message;
  return null;
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
  return [`have "${target.value}" in ${target.column}`, `have another value in ${target.column}`];
}
