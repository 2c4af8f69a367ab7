import type { FeatureTable } from '../../2-features/feature-table';
import { quantileSorted } from '../../kit/quantiles';
import { isProtected } from '../clusters/protected-words';
import type { Report } from '../estimator';
import type { Effects, PairGrid, TraitCurve, TraitSay } from '../results/effects';
import { sampleRows } from '../rows';
import { pickFrom } from './explain';
import { explainRows, likelihoodAt, rankRowsBy } from './fitted-rung';
import { binOf } from './bin-columns';
import type { Rows } from './rung';
import type { FittedRung } from './rungs';
import type { Shape } from './shapes';

/** Customers that curves and parts are averaged over; curves of trees and networks, which take longer to score, over fewer. */
const averaged = { parts: 200, curves: { quick: 300, slow: 120 } };
const [mostSaid, mostCurves, mostPairs] = [15, 8, 3];
/** Up to so many different values are told one by one. */
const fewValues = 6;
/** Curves end where only one customer in a hundred lies further out. */
const [outer, nBars, nPoints, nPairSteps] = [0.01, 24, 24, 5];

const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** What is asked again and again: the model, and the customers it is asked about. */
type Frame = { fitted: FittedRung; table: FeatureTable; rows: Int32Array; of: Rows };

/** Features with all their finite values, rising. */
type Sorted = { definition: FeatureTable['features'][number]['definition']; sorted: Float64Array; n: number };

function sortedOf(table: FeatureTable, feature: string): Sorted {
  const { definition, values } = table.features.find((one) => one.definition.name === feature)!;
  return { definition, sorted: values.filter(Number.isFinite).sort(), n: values.length };
}

/**
 * Mean likelihood of the customers if the named features had the given values instead of their own, each setting in
 * turn (partial dependence, Friedman 2001), by how far the log-odds of each setting are moved.
 */
function averageAt({ fitted, rows, of }: Frame, settings: Map<string, number>[]) {
  const n = rows.length;
  const column = (name: string) => {
    const own = of.column(name);
    const out = new Float64Array(n * settings.length);
    settings.forEach((setting, s) => {
      const set = setting.get(name);
      if (set === undefined) out.set(own, s * n);
      else out.fill(set, s * n, (s + 1) * n);
    });
    return out;
  };
  const logOdds = rankRowsBy(fitted, { nRows: n * settings.length, column });
  return (shift?: number[]): number[] => {
    const moved = shift ? logOdds.map((value, i) => value + shift[Math.floor(i / n)]!) : logOdds;
    const likelihood = likelihoodAt(fitted, moved);
    return settings.map((_, s) => mean(likelihood.subarray(s * n, (s + 1) * n)));
  };
}

/** How far the parts of the log-odds lie from their middle, on average, with what the customers drawn leave open. */
function weighTraits({ fitted, table }: Frame, seed: number): { said: TraitSay[]; total: number } {
  const rows = sampleRows(table.customers.length, averaged.parts, seed);
  const said = explainRows(fitted, pickFrom(table, rows)).features.map(({ feature, values }): TraitSay => {
    const middle = mean(values);
    const distances = values.map((value) => Math.abs(value - middle));
    const value = mean(distances);
    const half = (1.96 * Math.sqrt(mean(distances.map((d) => (d - value) ** 2)))) / Math.sqrt(values.length);
    const { definition } = table.features.find((one) => one.definition.name === feature)!;
    const { label } = definition;
    const isPersonal = isProtected(definition);
    return { feature, label, isPersonal, value, low: Math.max(0, value - half), high: value + half };
  });
  const known = said.filter(({ value }) => value > 0 && Number.isFinite(value));
  return {
    said: known.sort((a, b) => b.value - a.value).slice(0, mostSaid),
    total: known.reduce((sum, { value }) => sum + value, 0),
  };
}

type Stretch = { from: number; to: number; at: number; low?: number; high?: number };

/** The shape of a feature in an additive model; null for other models. */
function shapeOf(fitted: FittedRung, feature: string): Shape | null {
  if (fitted.rung !== 'additive') return null;
  const { features, model } = fitted.model;
  return model.shapes.find(({ column }) => features[column] === feature) ?? null;
}

/** How far the interval of a shape reaches below and above its value in one bin. */
const bandOf = ({ values, low, high }: Shape, bin: number) => ({
  low: low[bin]! - values[bin]!,
  high: high[bin]! - values[bin]!,
});

/** The flat steps of a shape between two ends. */
const stepsOf = (shape: Shape, from: number, to: number): Stretch[] =>
  Array.from({ length: shape.edges.length + 1 }, (_, b): Stretch => {
    const [start, end] = [Math.max(from, shape.edges[b - 1] ?? from), Math.min(to, shape.edges[b] ?? to)];
    return { from: start, to: end, at: (start + end) / 2, ...bandOf(shape, b + 1) };
  }).filter((step) => step.to > step.from);

function stretchesOf(
  { fitted }: Frame,
  { definition, sorted }: Sorted,
): { form: TraitCurve['form']; stretches: Stretch[] } {
  const shape = shapeOf(fitted, definition.name);
  const distinct = new Set<number>();
  for (let i = 0; i < sorted.length && distinct.size <= fewValues; i++) distinct.add(sorted[i]!);
  const single = (value: number): Stretch => ({ from: value, to: value, at: value });
  if (distinct.size <= fewValues) {
    const banded = (value: number) => ({
      ...single(value),
      ...(shape && bandOf(shape, binOf(Float64Array.from(shape.edges), value))),
    });
    return { form: 'bars', stretches: [...distinct].map(banded) };
  }
  const [from, to] = [quantileSorted(sorted, outer), quantileSorted(sorted, 1 - outer)];
  const steps = shape ? stepsOf(shape, from, to) : [];
  if (steps.length > 1) return { form: 'steps', stretches: steps };
  const points = Array.from({ length: nPoints }, (_, i) =>
    quantileSorted(sorted, outer + (i / (nPoints - 1)) * (1 - 2 * outer)),
  );
  const evenly = Array.from({ length: 9 }, (_, i) => from + ((to - from) * i) / 8);
  const all = [...new Set([...points, ...evenly])].sort((a, b) => a - b);
  return { form: 'line', stretches: all.map(single) };
}

/** Customers by value, in equal stretches from end to end; whoever lies further out is in the outermost. */
function histogramOf(sorted: Float64Array, from: number, to: number): number[] {
  const counts = new Array<number>(nBars).fill(0);
  const width = (to - from) / nBars || 1;
  for (const value of sorted) counts[Math.min(nBars - 1, Math.max(0, Math.floor((value - from) / width)))]!++;
  return counts;
}

/** What a trait does to the likelihood, all else as it is; null for one that everybody shares. */
function drawCurve(frame: Frame, feature: string): TraitCurve | null {
  const own = sortedOf(frame.table, feature);
  const { definition, sorted, n } = own;
  const { form, stretches } = stretchesOf(frame, own);
  if (stretches.length < 2) return null;
  const setting = (value: number) => new Map([[feature, value]]);
  const settings = stretches.map(({ at }) => setting(at));
  const average = averageAt(frame, settings);
  const hasBand = stretches.every(({ low }) => low !== undefined);
  const band = (side: 'low' | 'high') =>
    hasBand ? average(stretches.map((stretch) => stretch[side]!)) : null;
  const [from, to] = [stretches[0]!.from, stretches.at(-1)!.to];
  const missing = n - sorted.length;
  return {
    feature,
    label: definition.label,
    unit: definition.unit,
    form,
    x: stretches.map((stretch) => stretch.from),
    end: to,
    likelihood: average(),
    low: band('low'),
    high: band('high'),
    counts:
      form === 'bars'
        ? stretches.map(({ at }) => sorted.filter((value) => value === at).length)
        : histogramOf(sorted, from, to),
    missing: missing > 0 ? { n: missing, likelihood: averageAt(frame, [setting(NaN)])()[0]! } : null,
  };
}

/** Two traits of an additive model that count more together than apart: likelihoods over steps of both. */
function drawPairs(frame: Frame): PairGrid[] {
  const { fitted, table } = frame;
  if (fitted.rung !== 'additive') return [];
  const { features, model } = fitted.model;
  const stepsFor = (feature: string) => {
    const { definition, sorted } = sortedOf(table, feature);
    const at = Array.from({ length: nPairSteps }, (_, i) => quantileSorted(sorted, (i + 0.5) / nPairSteps));
    const { name, label, unit } = definition;
    return { feature: name, label, unit, at: [...new Set(at)] };
  };
  return [...model.pairs]
    .sort((a, b) => b.importance.value - a.importance.value)
    .slice(0, mostPairs)
    .map(({ columns }) => {
      const [first, second] = columns.map((column) => stepsFor(features[column]!)) as [
        PairGrid['first'],
        PairGrid['second'],
      ];
      const settings = first.at.flatMap((a) =>
        second.at.map(
          (b) =>
            new Map([
              [first.feature, a],
              [second.feature, b],
            ]),
        ),
      );
      return { first, second, likelihood: averageAt(frame, settings)() };
    })
    .filter(({ first, second }) => first.at.length > 1 && second.at.length > 1);
}

/** What a model goes by: which traits have how much say, and what each does to the likelihood of these customers. */
export function tellEffects(
  fitted: FittedRung,
  table: FeatureTable,
  seed: number,
  report: Report = () => {},
): Effects {
  const isSlow = fitted.rung === 'boosting' || fitted.rung === 'network';
  const size = isSlow ? averaged.curves.slow : averaged.curves.quick;
  const rows = sampleRows(table.customers.length, size, seed);
  const drawn = pickFrom(table, rows);
  const kept = new Map<string, Float64Array>();
  const column = (name: string) => {
    const values = kept.get(name) ?? drawn.column(name);
    kept.set(name, values);
    return values;
  };
  const frame = { fitted, table, rows, of: { nRows: rows.length, column } };
  const { said, total } = weighTraits(frame, seed);
  const curves = said.slice(0, mostCurves).flatMap(({ feature }, at) => {
    report(at / mostCurves);
    return drawCurve(frame, feature) ?? [];
  });
  report(1);
  return { model: fitted.rung, said, total, curves, pairs: drawPairs(frame) };
}
