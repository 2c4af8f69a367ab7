import { AppError } from '../../kit/errors';
import { nearestName } from '../formula/nearest-name';
import { DAY } from '../history';
import type { Doings } from './doings';
import { type Comparison, goneSegment, type Rule } from './rule';
import type { RuleContext } from './rule-context';
import { spanOfDays } from './rule-days';

type Of<Kind extends Rule['kind']> = Extract<Rule, { kind: Kind }>;

/** 1 for every row of the context that the rule holds for. Says what the data lacks when it cannot be asked. */
export function evaluateRule(rule: Rule, context: RuleContext): Uint8Array {
  const n = context.customers.length;
  switch (rule.kind) {
    case 'and':
    case 'or': {
      const isAnd = rule.kind === 'and';
      const flags = new Uint8Array(n).fill(isAnd ? 1 : 0);
      for (const part of rule.rules) {
        const held = evaluateRule(part, context);
        if (isAnd) for (let i = 0; i < n; i++) flags[i]! &= held[i]!;
        else for (let i = 0; i < n; i++) flags[i]! |= held[i]!;
      }
      return flags;
    }
    case 'not':
      return evaluateRule(rule.rule, context).map((held) => 1 - held);
    case 'compare':
      return compare(columnOf(rule.feature, context), rule.op, rule.value);
    case 'between': {
      const { from, to } = rule;
      const values = columnOf(rule.feature, context);
      return flagRows(n, (i) => values[i]! >= from && values[i]! <= to);
    }
    case 'in':
      return isIn(rule, context);
    case 'missing':
      return isMissing(rule, context);
    case 'did':
      return countDeeds(rule, context);
    case 'when':
      return ageDeeds(rule, context);
    case 'lifecycle': {
      const { lifecycle, names } = scoresOf(context);
      const wanted = new Set(rule.names.map((name) => requireIndex(names, 'a lifecycle name', name)));
      return flagRows(n, (i) => wanted.has(lifecycle[i]!));
    }
    case 'score': {
      const score = scoresOf(context)[rule.of];
      return flagRows(n, (i) => score[i]! > 0 && score[i]! >= rule.from && score[i]! <= rule.to);
    }
    case 'segment': {
      const { segments } = context;
      if (!segments || rule.id === goneSegment)
        throw new AppError(
          'RuleLacks',
          'segments',
          segments ? 'a segment that is no more' : `segment ${rule.id + 1}`,
        );
      return flagRows(n, (i) => (segments.labels[i] === rule.id) !== rule.isNot);
    }
  }
}

function flagRows(n: number, holds: (row: number) => boolean): Uint8Array {
  const flags = new Uint8Array(n);
  for (let i = 0; i < n; i++) flags[i] = holds(i) ? 1 : 0;
  return flags;
}

function columnOf(name: string, { column, definitions }: RuleContext): Float64Array {
  const values = column(name);
  if (values) return values;
  const nearest = nearestName(
    name,
    definitions.map((definition) => definition.name),
  );
  throw new AppError(
    'RuleLacks',
    nearest === null ? 'the trait' : `the trait (did you mean ${nearest}?)`,
    name,
  );
}

/** A missing value is neither more nor less than anything, nor other than it. */
function compare(values: Float64Array, op: Comparison, limit: number): Uint8Array {
  const n = values.length;
  switch (op) {
    case '<':
      return flagRows(n, (i) => values[i]! < limit);
    case '<=':
      return flagRows(n, (i) => values[i]! <= limit);
    case '>':
      return flagRows(n, (i) => values[i]! > limit);
    case '>=':
      return flagRows(n, (i) => values[i]! >= limit);
    case '=':
      return flagRows(n, (i) => values[i] === limit);
    case '!=':
      return flagRows(n, (i) => values[i]! < limit || values[i]! > limit);
  }
}

function flagColumn(label: string, { definitions, column }: RuleContext): Float64Array | undefined {
  const flag = definitions.find((definition) => definition.unit === 'flag' && definition.label === label);
  return flag && column(flag.name);
}

/** By the attribute itself where it is at hand, else by the flags that were made of its values. */
function isIn({ attribute: name, levels }: Of<'in'>, context: RuleContext): Uint8Array {
  const { customers, attributes } = context;
  const attribute = attributes.find((one) => one.name === name && one.kind === 'category');
  if (attribute?.kind === 'category') {
    const isWanted = new Uint8Array(attribute.levels.length);
    for (const level of levels) isWanted[requireIndex(attribute.levels, `a value of ${name}`, level)] = 1;
    return flagRows(customers.length, (i) => isWanted[attribute.codes[customers[i]!]!] === 1);
  }
  const flags = levels.map((level) => {
    const values = flagColumn(`${name}: ${level}`, context);
    if (!values) throw new AppError('RuleLacks', `a value of ${name}`, level);
    return values;
  });
  return flagRows(customers.length, (i) => flags.some((values) => values[i] === 1));
}

function isMissing({ of }: Of<'missing'>, context: RuleContext): Uint8Array {
  const { customers, attributes, column } = context;
  const attribute = attributes.find(({ name }) => name === of);
  if (attribute?.kind === 'category')
    return flagRows(customers.length, (i) => attribute.codes[customers[i]!]! < 0);
  if (attribute) return flagRows(customers.length, (i) => Number.isNaN(attribute.values[customers[i]!]!));
  const flag = flagColumn(`${of}: missing`, context) ?? column(`${of}:missing`);
  if (flag) return flagRows(customers.length, (i) => flag[i] === 1);
  const values = columnOf(of, context);
  return flagRows(customers.length, (i) => Number.isNaN(values[i]!));
}

const requireIndex = (names: readonly string[], what: string, name: string): number => {
  const index = names.indexOf(name);
  if (index < 0) throw new AppError('RuleLacks', what, name);
  return index;
};

const scoresOf = (context: RuleContext) => {
  const scores = context.scores();
  if (!scores) throw new AppError('RuleLacks', 'orders', 'RFM scores');
  return scores;
};

function doingsOf({ what }: Of<'did' | 'when'>, { behaviour }: RuleContext): Doings {
  if (!behaviour) throw new AppError('RuleLacks', 'orders or events', 'name' in what ? (what.name ?? 'events') : 'orders'); // prettier-ignore
  return behaviour.doingsOf(what);
}

/** How often each did it in the window, each time worth enough. */
function countDeeds(rule: Of<'did'>, context: RuleContext): Uint8Array {
  const { starts, time, amount } = doingsOf(rule, context);
  const { window, minAmount, atLeast } = rule;
  const atMost = rule.atMost ?? Infinity;
  const asOf = context.asOf ?? Infinity;
  const days = typeof window === 'object' && 'from' in window ? spanOfDays(window) : null;
  const after = typeof window === 'object' && 'lastDays' in window ? asOf - window.lastDays * DAY : -Infinity;
  const [start, end] = [days?.start ?? -Infinity, days?.end ?? Infinity];
  return flagRows(context.customers.length, (row) => {
    const k = context.customers[row]!;
    let n = 0;
    for (let i = starts[k]!; i < starts[k + 1]!; i++) {
      const t = time[i]!;
      if (
        t > after &&
        t >= start &&
        t < end &&
        (minAmount === null || (amount !== null && amount[i]! >= minAmount))
      )
        n++;
    }
    return n >= atLeast && n <= atMost;
  });
}

/** How many calendar days ago each did it first or last. */
function ageDeeds(rule: Of<'when'>, context: RuleContext): Uint8Array {
  const { starts, time } = doingsOf(rule, context);
  const { minDays, which } = rule;
  const maxDays = rule.maxDays ?? Infinity;
  const asOfDay = Math.floor((context.asOf ?? Infinity) / DAY);
  return flagRows(context.customers.length, (row) => {
    const k = context.customers[row]!;
    let at = NaN;
    for (let i = starts[k]!; i < starts[k + 1]!; i++) {
      const t = time[i]!;
      if (Number.isNaN(at) || (which === 'first' ? t < at : t > at)) at = t;
    }
    const days = asOfDay - Math.floor(at / DAY);
    return days >= minDays && days <= maxDays;
  });
}
