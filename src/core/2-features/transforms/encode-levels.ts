import type { Coded } from '../../1-collect/canonical';

/** What stands for each text; `unseen` for those that training did not have. A missing text is the text null. */
export type LevelValues = { values: [level: string | null, value: number][]; unseen: number };

export function encodeLevels({ values, unseen }: LevelValues, { codes, levels }: Coded): Float64Array {
  const byLevel = new Map(values);
  const byCode = levels.map((level) => byLevel.get(level) ?? unseen);
  const missing = byLevel.get(null) ?? unseen;
  return Float64Array.from(codes, (code) => (code < 0 ? missing : byCode[code]!));
}

/** Calls `make` with each text's rows' count and their sum of y. */
export function perLevel(
  { codes, levels }: Coded,
  rows: Iterable<number>,
  y: ArrayLike<number> | null,
  make: (n: number, sum: number) => number,
): LevelValues['values'] {
  const tallies = new Map<number, { n: number; sum: number }>();
  for (const row of rows) {
    const code = Math.max(-1, codes[row]!);
    const tally = tallies.get(code) ?? { n: 0, sum: 0 };
    tallies.set(code, { n: tally.n + 1, sum: tally.sum + (y?.[row] ?? 0) });
  }
  return [...tallies].map(([code, { n, sum }]) => [code < 0 ? null : levels[code]!, make(n, sum)]);
}
