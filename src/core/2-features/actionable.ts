import type { FeatureDefinition } from './feature-table';

/** What changes together when somebody orders: never one without the others. */
export const orderedWithin: Record<string, number> = {
  orders30: 30,
  orders60: 60,
  orders90: 90,
  orders180: 180,
  orders365: 365,
};
export const spentWithin: Record<string, number> = {
  spend30: 30,
  spend60: 60,
  spend90: 90,
  spend180: 180,
  spend365: 365,
};
/** Orders now against before: over how many days. */
export const trendOver: Record<string, number> = { trend: 90, trendMonth: 30, trendYear: 365 };

/** Silence against a pause: which one it is held against. */
export const silenceOver: Record<string, string> = {
  gapRatio: 'gapMean',
  gapRatioMedian: 'gapMedian',
  gapRatioLongest: 'gapLongest',
};

/** Features that an order moves. */
export const movedByAnOrder: ReadonlySet<string> = new Set([
  'recency',
  ...Object.keys(silenceOver),
  ...Object.keys(orderedWithin),
  ...Object.keys(spentWithin),
  ...Object.keys(trendOver),
]);

/** Features that messages and service move, each by itself. What was paid, answered or left long ago is past. */
const movedByTheCompany: ReadonlySet<string> = new Set([
  'openRate',
  'clickRate',
  'messages30',
  'events30',
  'events90',
  'engagementDepth',
]);

/**
 * What a company can influence from now on. Never who people are, what they were asked on a form, totals of the past or
 * how long they have been customers.
 */
export const isActionable = ({ name }: Pick<FeatureDefinition, 'name'>): boolean =>
  movedByAnOrder.has(name) || movedByTheCompany.has(name);

/** The same, where the feature is moved by itself and not by an order. */
export const isMovedAlone = ({ name }: Pick<FeatureDefinition, 'name'>): boolean =>
  movedByTheCompany.has(name);
