/** What a function takes and gives; a result that is no finite number is missing. */
export type FormulaFunction = {
  /** Shown in a list of what can be used: "clip(x, low, high)". */
  usage: string;
  fewest: number;
  most: number;
  apply(values: number[]): number;
  /** Whether it is asked although a value is missing; else the result is missing too. */
  seesMissing?: true;
};

const many = 50;
const isYes = (value: number): boolean => value !== 0;

/** Halves go away from zero, as in SQL. */
const round = (x: number): number => Math.sign(x) * Math.floor(Math.abs(x) + 0.5);

const one = (usage: string, apply: (x: number) => number): FormulaFunction => ({
  usage,
  fewest: 1,
  most: 1,
  apply: ([x]) => apply(x!),
});

/** Everything a formula can call. */
export const formulaFunctions = new Map<string, FormulaFunction>(
  Object.entries({
    if: {
      usage: 'if(condition, then, else)',
      fewest: 3,
      most: 3,
      seesMissing: true as const,
      apply: ([condition, yes, no]) => (Number.isNaN(condition) ? NaN : isYes(condition!) ? yes! : no!),
    },
    coalesce: {
      usage: 'coalesce(x, y, …): the first that is not missing',
      fewest: 1,
      most: many,
      seesMissing: true as const,
      apply: (values) => values.find((value) => !Number.isNaN(value)) ?? NaN,
    },
    min: { usage: 'min(x, y, …)', fewest: 1, most: many, apply: (values) => Math.min(...values) },
    max: { usage: 'max(x, y, …)', fewest: 1, most: many, apply: (values) => Math.max(...values) },
    clip: {
      usage: 'clip(x, low, high)',
      fewest: 3,
      most: 3,
      apply: ([x, low, high]) => Math.min(Math.max(x!, low!), high!),
    },
    bucket: {
      usage: 'bucket(x, limit, limit, …): how many of the limits x reaches',
      fewest: 2,
      most: many,
      apply: ([x, ...limits]) => limits.reduce((n, limit) => n + (x! >= limit ? 1 : 0), 0),
    },
    abs: one('abs(x)', Math.abs),
    log: one('log(x): natural; missing for 0 and below', Math.log),
    log1p: one('log1p(x): log(1 + x)', Math.log1p),
    exp: one('exp(x)', Math.exp),
    sqrt: one('sqrt(x): missing below 0', Math.sqrt),
    round: one('round(x): halves away from zero', round),
    floor: one('floor(x)', Math.floor),
    ceil: one('ceil(x)', Math.ceil),
  } satisfies Record<string, FormulaFunction>),
);
