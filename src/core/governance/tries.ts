import type { Target } from '../2-features/feature-table';

/** The different ways in which each question was asked of a project's data: a question, and what was asked of it. */
export type Tries = { question: string; asked: string[] }[];

/** What is predicted, and how far ahead. */
export const questionOf = (target: Target, horizonDays: number): string =>
  JSON.stringify([target, horizonDays]);

/** With one more way of asking; the same way again is no other try. */
export function countTry(tries: Tries, question: string, asked: string): Tries {
  const known = tries.find((one) => one.question === question);
  if (!known) return [...tries, { question, asked: [asked] }];
  if (known.asked.includes(asked)) return tries;
  return tries.map((one) => (one === known ? { question, asked: [...known.asked, asked] } : one));
}

/** How many different ways this question was asked so far. */
export const triesOf = (tries: Tries, question: string): number =>
  tries.find((one) => one.question === question)?.asked.length ?? 0;
