import type { Collected, CustomerAttribute } from '../1-collect/collected';
import { attributeFeatures } from './attributes';
import type { Feature, FeatureDefinition } from './feature-table';
import { buildHistory, dayAfter, type OrderHistory } from './history';
import { channelShares } from './measures/channels';
import type { Measure } from './measures/measure';
import { stackAnswers } from './measures/surveys';
import { cutRows } from './measures/table-rows';
import * as registry from './registry';

/** A feature that could be computed, and whether this data has what it needs. */
export type Offer = {
  definition: FeatureDefinition;
  isCore: boolean;
  isAvailable: boolean;
  compute(): Float64Array;
};

/** Whom and as of when features are made for; `asOf` is null when nothing has a date. */
export type Viewpoint = { asOf: number | null; customers: Int32Array; history: OrderHistory | null };

/**
 * With orders: customers with one by `asOf` (null = the midnight after the last). Without: every customer, as of the
 * midnight after the last thing that is dated.
 */
export function standAt(collected: Collected, asOf: number | null): Viewpoint {
  if (collected.lines) {
    const history = buildHistory(collected.lines, asOf ?? dayAfter(collected.to));
    return { asOf: history.asOf, customers: history.customers, history };
  }
  const latest = latestTime(collected);
  const customers = Int32Array.from(collected.customerIds, (_, i) => i);
  const end = latest === -Infinity ? null : (asOf ?? dayAfter(latest));
  return { asOf: end, customers, history: null };
}

function latestTime({ events, touches, surveys, subscriptions, deals }: Collected): number {
  let latest = -Infinity;
  const see = (times: Float64Array | undefined) =>
    times?.forEach((time) => (latest = time > latest ? time : latest));
  see(events?.time);
  see(touches?.time);
  see(subscriptions?.start);
  surveys?.forEach(({ time }) => see(time));
  see(deals?.time.filter((_, row) => deals.outcome[row] !== 'open'));
  return latest;
}

const offerEach = <Known>(
  known: Known | null | undefined,
  measures: Measure<Known>[],
  isCore: (definition: FeatureDefinition) => boolean,
): Offer[] =>
  measures.map((measure) => ({
    definition: measure.definition,
    isCore: isCore(measure.definition),
    isAvailable: known != null && (measure.isAvailable?.(known) ?? true),
    compute: () => measure.compute(known!),
  }));

/**
 * Everything the registry has, in its order, then what is known of the customers; nothing is computed yet. A column given
 * under the name of a measure (a "tenure", a "recency") stands in for it where the measure lacks what it needs.
 */
export function offersOf(collected: Collected, viewpoint: Viewpoint): Offer[] {
  const { history } = viewpoint;
  const measured = [
    ...offerEach(history, registry.coreMeasures, () => true),
    ...offerEach(history, registry.furtherMeasures, () => false),
    ...offerEach(history, history ? channelShares(history) : [], () => false),
    ...offerBeside(collected, viewpoint),
  ];
  const names = new Set(
    measured.filter(({ isAvailable }) => isAvailable).map(({ definition }) => definition.name),
  );
  const known = attributesAt(collected, viewpoint.customers).filter(
    ({ definition }) => !names.has(definition.name),
  );
  const given = new Set(known.map(({ definition }) => definition.name));
  const ofOutcomes = new Set(outcomesOf(collected).map(({ source }) => source));
  return [
    ...measured.filter(({ definition, isAvailable }) => isAvailable || !given.has(definition.name)),
    ...known.map(({ definition, values }) => ({
      definition,
      isCore: history === null && !ofOutcomes.has(definition.source),
      isAvailable: true,
      compute: () => values,
    })),
  ];
}

/** Columns that tell what became of the customers: a group made from them would foretell itself. */
export const outcomesOf = ({ attributes }: Collected): CustomerAttribute[] => {
  const outcomes = attributes.filter(({ isOutcome }) => isOutcome);
  return outcomes.length < attributes.length ? outcomes : [];
};

function offerBeside(collected: Collected, { asOf, customers, history }: Viewpoint): Offer[] {
  const { events, touches, surveys, subscriptions, deals, customerIds } = collected;
  // Without any date all that is left are answers that never had one; they count only where no past is learnt from.
  const frame = { customers, asOf: asOf ?? 0, nCustomers: customerIds.length };
  const cut = <Table extends { customer: Int32Array }>(table: Table | undefined, time?: Float64Array) =>
    table && time && cutRows(table, time, frame);
  const answers = surveys && stackAnswers(surveys, history ? NaN : -Infinity);
  const isCore = ({ name }: FeatureDefinition) => history === null && registry.coreWithoutOrders.has(name);
  return [
    ...offerEach(cut(events, events?.time), registry.eventMeasures, isCore),
    ...offerEach(cut(touches, touches?.time), registry.touchMeasures, isCore),
    ...offerEach(cut(answers, answers?.time), registry.surveyMeasures, isCore),
    ...offerEach(cut(subscriptions, subscriptions?.start), registry.subscriptionMeasures, isCore),
    ...offerEach(cut(deals, deals?.time), registry.dealMeasures, isCore),
  ];
}

/** What is known about the person; beside dated orders nothing that describes today. */
export function attributesAt({ attributes, lines }: Collected, customers: Int32Array): Feature[] {
  const timeless = lines ? attributes.filter(({ isSnapshot }) => !isSnapshot) : attributes;
  return attributeFeatures(timeless, customers);
}
