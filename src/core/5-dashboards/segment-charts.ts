import type { FeatureDefinition } from '../2-features/feature-table';
import type { Segment, Segmentation } from '../3-models/results/segmentation';
import { segmentName } from '../4-decisions/wording';
import { heads, type ChartTable, type ChartText } from './chart';
import {
  formatCount,
  formatFeature,
  formatMoney,
  formatShare,
  formatSigned,
  formatTimes,
  plural,
} from './words';

/** A segment as the person calls it, with 0 for revenue where the data holds no spend. */
export type Named = Omit<Segment, 'revenue' | 'revenueShare'> & { revenue: number; revenueShare: number };

/** The segments under the person's names, biggest revenue first (size where there is no revenue). */
export function nameSegments(segmentation: Segmentation, names: string[]): Named[] {
  return segmentation.segments
    .map((segment) => ({
      ...segment,
      name: segmentName(segment, names),
      revenue: segment.revenue ?? 0,
      revenueShare: segment.revenueShare ?? 0,
    }))
    .sort((a, b) => b.revenue - a.revenue || b.size - a.size || a.id - b.id);
}

/** The Segments screen's first answer. */
export function segmentsAnswer(segments: Named[], naturalGroups: boolean, isOwn = false): string {
  const top = segments[0];
  if (!top) return 'No segments yet.';
  const found = isOwn
    ? `${plural(segments.length, 'segment')} of your own`
    : naturalGroups
      ? `${plural(segments.length, 'group')} found in your customers`
      : `No natural groups here; ${plural(segments.length, 'slice')} that are still useful`;
  if (top.revenue <= 0) {
    const biggest = [...segments].sort((a, b) => b.size - a.size)[0]!;
    return `${found}: the largest, ${biggest.name}, holds ${formatShare(biggest.share)} of ${plural(Math.round(biggest.size / biggest.share), 'customer')}.`;
  }
  return `${found}: ${top.name} is ${formatShare(top.share)} of ${plural(Math.round(top.size / top.share), 'customer')} and brings ${formatShare(top.revenueShare)} of revenue.`;
}

/** `x0..x1` is the share of customers along the axis; `value` is revenue per customer, so that area is revenue. */
export type SizeValueBar = {
  id: number;
  slot: number;
  name: string;
  x0: number;
  x1: number;
  value: number;
  revenueShare: number;
};

export function sizeAndValue(segments: Named[]): {
  bars: SizeValueBar[];
  hasRevenue: boolean;
  text: ChartText;
} {
  const customers = segments.reduce((sum, segment) => sum + segment.size, 0);
  const revenue = segments.reduce((sum, segment) => sum + segment.revenue, 0);
  const average = customers ? revenue / customers : 0;
  const hasRevenue = revenue > 0;
  const ordered = [...segments].sort((a, b) => perCustomer(b) - perCustomer(a));
  let reached = 0;
  const bars = ordered.map((segment) => {
    const x0 = reached;
    reached += customers ? segment.size / customers : 0;
    return {
      id: segment.id,
      slot: segment.slot,
      name: segment.name,
      x0,
      x1: reached,
      value: perCustomer(segment),
      revenueShare: segment.revenueShare,
    };
  });
  const say = (segment: Named) =>
    hasRevenue
      ? `${segment.name}: ${formatShare(segment.share)} of customers, ${formatShare(segment.revenueShare)} of revenue, ${formatTimes(average ? perCustomer(segment) / average : NaN)} the average customer`
      : `${segment.name}: ${formatShare(segment.share)} of customers (${formatCount(segment.size)} of ${formatCount(customers)})`;
  return {
    bars,
    hasRevenue,
    text: {
      title: hasRevenue ? 'Size and value' : 'Size',
      unit: hasRevenue
        ? 'width: share of customers · height: revenue per customer · area: revenue'
        : 'share of customers; there is no spend in this data',
      sentence: ordered[0] ? `${say(ordered[0])}.` : '',
      table: sizeTable(ordered, hasRevenue),
      how: hasRevenue
        ? 'Revenue is the sum of all amounts in the segment, refunds treated as chosen on the Data screen. Amounts are in the currency of your file.'
        : 'Every customer belongs to exactly one segment.',
      readings: ordered.map(say),
    },
  };
}

function sizeTable(segments: Named[], hasRevenue: boolean): ChartTable {
  const money = (segment: Named) => [
    formatMoney(segment.revenue),
    formatShare(segment.revenueShare),
    formatMoney(perCustomer(segment)),
  ];
  return {
    columns: heads(
      'Segment',
      'Customers',
      'Share of customers',
      ...(hasRevenue ? ['Revenue', 'Share of revenue', 'Revenue per customer'] : []),
    ),
    rows: segments.map((segment) => [
      segment.name,
      formatCount(segment.size),
      formatShare(segment.share),
      ...(hasRevenue ? money(segment) : []),
    ]),
  };
}

const perCustomer = (segment: Named) => (segment.size ? segment.revenue / segment.size : 0);

export type ProfileCell = { z: number; mean: string };
export type Profile = {
  segments: Named[];
  rows: { feature: string; label: string; overall: string; cells: (ProfileCell | null)[] }[];
  sentence: string;
};

/** Traits by segments, what separates most first; the overall mean is the segments' means weighted by size. */
export function profile(segments: Named[], features: FeatureDefinition[]): Profile {
  const rows = features.map((definition) => {
    const traits = segments.map((segment) =>
      segment.traits.find((trait) => trait.feature === definition.name),
    );
    const held = segments.flatMap((segment, i) =>
      traits[i] ? [{ size: segment.size, trait: traits[i]! }] : [],
    );
    const size = held.reduce((sum, { size }) => sum + size, 0);
    const overall = held.reduce((sum, { size, trait }) => sum + size * trait.mean, 0) / size;
    const spread = held.reduce((sum, { size, trait }) => sum + size * trait.z ** 2, 0) / size;
    return { definition, traits, overall, spread: Number.isFinite(spread) ? spread : 0 };
  });
  rows.sort((a, b) => b.spread - a.spread);
  return {
    segments,
    rows: rows.map(({ definition, traits, overall }) => ({
      feature: definition.name,
      label: definition.label,
      overall: formatFeature(overall, definition.unit),
      cells: traits.map((trait) =>
        trait ? { z: trait.z, mean: formatFeature(trait.mean, definition.unit) } : null,
      ),
    })),
    sentence: profileSentence(segments, rows),
  };
}

function profileSentence(
  segments: Named[],
  rows: { definition: FeatureDefinition; overall: number }[],
): string {
  let best: {
    segment: Named;
    z: number;
    mean: number;
    definition: FeatureDefinition;
    overall: number;
  } | null = null;
  for (const { definition, overall } of rows)
    for (const segment of segments) {
      const trait = segment.traits.find(({ feature }) => feature === definition.name);
      if (trait && (!best || Math.abs(trait.z) > Math.abs(best.z)))
        best = { segment, z: trait.z, mean: trait.mean, definition, overall };
    }
  if (!best) return 'No traits to compare.';
  const { segment, mean, definition, overall } = best;
  return `${segment.name} stands out most, on ${definition.label}: ${formatFeature(mean, definition.unit)} on average against ${formatFeature(overall, definition.unit)} overall.`;
}

export type TraitDot = { label: string; z: number; mean: string; overall: string };

/** One segment against all customers, strongest difference first. */
export function traitDots(
  segment: Named,
  all: Named[],
  features: FeatureDefinition[],
  limit = 12,
): { dots: TraitDot[]; text: ChartText } {
  const table = profile(all, features);
  const index = all.findIndex(({ id }) => id === segment.id);
  const dots = table.rows
    .flatMap((row) => {
      const cell = row.cells[index];
      return cell ? [{ label: row.label, z: cell.z, mean: cell.mean, overall: row.overall }] : [];
    })
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
    .slice(0, limit);
  const say = (dot: TraitDot) => `${dot.label}: ${dot.mean} on average, all customers ${dot.overall}`;
  return {
    dots,
    text: {
      title: `${segment.name} beside all customers`,
      unit: 'distance from the average customer, on one scale for all traits',
      sentence: dots[0]
        ? `Its average lies furthest from that of all in ${say(dots[0])}.`
        : 'No traits to compare.',
      table: {
        columns: heads(
          'Trait',
          'This segment, mean',
          'All customers, mean',
          'Difference on the common scale',
        ),
        rows: dots.map((dot) => [dot.label, dot.mean, dot.overall, formatSigned(dot.z)]),
      },
      how: 'Differences are in standard deviations, taken after the trait was put on a common scale (very uneven traits on a logarithm first), so that days and money can be compared.',
      readings: dots.map(say),
    },
  };
}
