import {
  isMovedAlone,
  orderedWithin,
  silenceOver,
  spentWithin,
  trendOver,
} from '../../2-features/actionable';
import type { FeatureDefinition, FeatureTable } from '../../2-features/feature-table';
import { quantileSorted } from '../../kit/quantiles';
import { sampleRows } from '../rows';

/** Where the middle 98 of 100 customers lie on a feature, and steps within it. */
export type Range = { low: number; high: number; sorted: Float64Array };

/** What one customer is like: a value by feature. */
export type Person = Map<string, number>;

/** One thing done differently: `feature` goes from one value to another, and what cannot stay as it is goes `along`. */
export type Change = {
  feature: string;
  from: number;
  to: number;
  /** Orders placed, where ordering is the change; 0 elsewhere. */
  orders: number;
  along: { feature: string; from: number; to: number }[];
};

/** Ways to change one thing, each with how far it goes in shares of the customers passed on the way. */
export type Lever = { feature: string; options: { change: Change; cost: number }[] };

const [lowest, highest] = [0.01, 0.99];
const sampled = 5_000;
const nSteps = 12;
/** Shares change by 5 points or not at all. */
const sharePoints = 0.05;
const mostOrders = 3;
/** What each further order costs beside the first. */
const perOrder = 0.2;

export function measureRanges({ features, customers }: FeatureTable, seed: number): Map<string, Range> {
  const rows = sampleRows(customers.length, sampled, seed);
  return new Map(
    features.map(({ definition, values }) => {
      const sorted = Float64Array.from(rows, (row) => values[row]!)
        .filter(Number.isFinite)
        .sort();
      const [low, high] = [lowest, highest].map((share) => quantileSorted(sorted, share)) as [number, number];
      return [definition.name, { low, high, sorted }];
    }),
  );
}

/** Share of the customers below a value. */
function rankOf({ sorted }: Range, value: number): number {
  let below = 0;
  while (below < sorted.length && sorted[below]! < value) below++;
  return sorted.length > 0 ? below / sorted.length : 0;
}

const isCounted = (definition: FeatureDefinition, { sorted }: Range) =>
  definition.unit !== 'flag' && sorted.every(Number.isInteger);

/** Different values from the first to the ninety-ninth percentile, whole where the feature counts. */
function stepsOf(definition: FeatureDefinition, range: Range): number[] {
  const steps = Array.from({ length: nSteps }, (_, i) =>
    quantileSorted(range.sorted, lowest + ((highest - lowest) * i) / (nSteps - 1)),
  );
  const whole = isCounted(definition, range);
  const rounded = steps.map((step) =>
    whole
      ? Math.round(step)
      : definition.unit === 'share'
        ? Math.round(step / sharePoints) * sharePoints
        : step,
  );
  return [...new Set(rounded)].filter((step) => step >= range.low && step <= range.high);
}

const inside = ({ low, high }: Range, value: number) => Math.min(high, Math.max(low, value));

/** What `orders` orders, the last `days` days before, make of the features they move. */
function placeOrders(person: Person, ranges: Map<string, Range>, days: number, orders: number) {
  const along: Change['along'] = [];
  const at = (name: string) => person.get(name);
  const move = (feature: string, to: number) => {
    const from = at(feature);
    const range = ranges.get(feature);
    if (from === undefined || !range) return;
    const within = from >= range.low && from <= range.high ? inside(range, to) : from;
    if (within !== from && Number.isFinite(within)) along.push({ feature, from, to: within });
  };
  const each = at('averageOrder') ?? (at('monetary') ?? 0) / Math.max(1, at('frequency') ?? 1);
  for (const [feature, span] of Object.entries(orderedWithin))
    if (days <= span) move(feature, at(feature)! + orders);
  for (const [feature, span] of Object.entries(spentWithin))
    if (days <= span) move(feature, at(feature)! + orders * each);
  for (const [feature, span] of Object.entries(trendOver)) {
    const now = at(`orders${span}`);
    if (days <= span && now !== undefined) move(feature, (at(feature)! * (now + orders + 1)) / (now + 1));
  }
  for (const [feature, pause] of Object.entries(silenceOver)) {
    const gap = at(pause);
    if (gap !== undefined) move(feature, days / Math.max(1, gap));
  }
  return along;
}

function orderLever(person: Person, ranges: Map<string, Range>, definition: FeatureDefinition): Lever {
  const { name: feature } = definition;
  const range = ranges.get(feature)!;
  const from = person.get(feature)!;
  const options = stepsOf(definition, range)
    .filter((days) => days < from)
    .flatMap((to) =>
      Array.from({ length: mostOrders }, (_, i) => {
        const orders = i + 1;
        const along = placeOrders(person, ranges, to, orders);
        const cost = rankOf(range, from) - rankOf(range, to) + perOrder * i;
        return { change: { feature, from, to, orders, along }, cost };
      }),
    );
  return { feature, options };
}

function loneLever(person: Person, ranges: Map<string, Range>, definition: FeatureDefinition): Lever {
  const { name: feature } = definition;
  const range = ranges.get(feature)!;
  const from = person.get(feature)!;
  const own = rankOf(range, from);
  const options = stepsOf(definition, range)
    .filter((to) => to !== from)
    .map((to) => ({
      change: { feature, from, to, orders: 0, along: [] },
      cost: Math.abs(rankOf(range, to) - own),
    }));
  return { feature, options };
}

/** Everything a company can do about a person, over features that something depends on (`matters`). */
export function listLevers(
  person: Person,
  ranges: Map<string, Range>,
  definitions: FeatureDefinition[],
  matters: ReadonlySet<string>,
): Lever[] {
  const levers = definitions.flatMap((definition) => {
    const isKnown = Number.isFinite(person.get(definition.name));
    if (!isKnown || !(ranges.get(definition.name)!.high > ranges.get(definition.name)!.low)) return [];
    if (definition.name === 'recency') return [orderLever(person, ranges, definition)];
    return isMovedAlone(definition) && matters.has(definition.name)
      ? [loneLever(person, ranges, definition)]
      : [];
  });
  return levers.filter(({ options }) => options.length > 0);
}

/** The person as they are after all changes. */
export function applyChanges(person: Person, changes: readonly Change[]): Person {
  const changed = new Map(person);
  for (const { feature, to, along } of changes) {
    changed.set(feature, to);
    for (const other of along) changed.set(other.feature, other.to);
  }
  return changed;
}
