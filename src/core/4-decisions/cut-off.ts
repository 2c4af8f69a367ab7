/** What a list is worth making for; money in one currency. */
export type CutOffQuestion = {
  /** Likelihood of each customer that the contact succeeds (or that there is something to prevent). */
  propensity: ArrayLike<number>;
  /** Segment id of each customer; none = all are one. */
  segments?: ArrayLike<number>;
  /** Money from one success: for all alike, or by segment id. */
  valueOfSuccess: number | readonly number[];
  /** Money for one contact: for all alike, or by segment id. */
  costOfContact: number | readonly number[];
  /** At most so many can be contacted; null = as many as pay. */
  capacity: number | null;
  /** Money that each contact without success costs in goodwill; 0 = none. */
  fatigue: number;
};

/** What comes of contacting the likeliest `contacted` of `of`; counts and money are expected ones. */
export type CutOffOutcome = {
  /** The least likelihood contacted; 1 when nobody is worth it and 0 when everybody is. */
  threshold: number;
  contacted: number;
  of: number;
  /** Successes among those contacted, and those missed among the others. */
  gained: number;
  missed: number;
  /** Contacted without success. */
  annoyed: number;
  moneyGained: number;
  moneySpent: number;
  /** Goodwill lost on those annoyed. */
  moneyLost: number;
  /** Gained less spent less lost. */
  profit: number;
};

export type CutOff = {
  overall: CutOffOutcome;
  /** Each segment by its id, where segments are given: the same money, spent where it earns most. */
  segments: (CutOffOutcome & { segment: number })[];
  /** Profit when the best n customers are contacted, in even steps from nobody to everybody. */
  curve: { contacted: number; profit: number }[];
};

const nSteps = 50;

const moneyOf = (money: number | readonly number[], segment: number): number =>
  typeof money === 'number' ? money : (money[segment] ?? 0);

const chanceOf = (value: number | undefined): number =>
  value !== undefined && value > 0 ? Math.min(1, value) : 0;

/** A list of customers as they are added to it. */
class Tally {
  contacted = 0;
  least = 1;
  gained = 0;
  moneyGained = 0;
  moneySpent = 0;

  add(chance: number, value: number, cost: number): void {
    this.contacted++;
    this.least = Math.min(this.least, chance);
    this.gained += chance;
    this.moneyGained += chance * value;
    this.moneySpent += cost;
  }

  tell(of: number, chances: number, fatigue: number): CutOffOutcome {
    const { contacted, gained, moneyGained, moneySpent } = this;
    const annoyed = Math.max(0, contacted - gained);
    const moneyLost = annoyed * fatigue;
    return {
      threshold: contacted === 0 ? 1 : contacted === of ? 0 : this.least,
      contacted,
      of,
      gained,
      missed: Math.max(0, chances - gained),
      annoyed,
      moneyGained,
      moneySpent,
      moneyLost,
      profit: moneyGained - moneySpent - moneyLost,
    };
  }
}

/**
 * Whom to contact for the most profit: everybody whose expected gain, likelihood x value - cost - (1 - likelihood) x
 * fatigue, is above 0, the largest first until the capacity is full. Within a segment that is a cut at one likelihood.
 */
export function cutOff(question: CutOffQuestion): CutOff {
  const { propensity, segments, valueOfSuccess, costOfContact, capacity, fatigue } = question;
  const n = propensity.length;
  const segmentOf = (i: number) => segments?.[i] ?? 0;
  const value = (i: number) => moneyOf(valueOfSuccess, segmentOf(i));
  const cost = (i: number) => moneyOf(costOfContact, segmentOf(i));
  const gains = Float64Array.from({ length: n }, (_, i) => {
    const chance = chanceOf(propensity[i]);
    return chance * value(i) - cost(i) - (1 - chance) * fatigue;
  });
  const order = Int32Array.from(gains.keys()).sort(
    (a, b) => gains[b]! - gains[a]! || chanceOf(propensity[b]) - chanceOf(propensity[a]) || a - b,
  );
  const room = Math.max(0, Math.floor(capacity ?? n));
  const overall = new Tally();
  const tallies = new Map<number, { tally: Tally; of: number; chances: number }>();
  let chances = 0;
  order.forEach((row, place) => {
    const chance = chanceOf(propensity[row]);
    const own = tallies.get(segmentOf(row)) ?? { tally: new Tally(), of: 0, chances: 0 };
    tallies.set(segmentOf(row), own);
    own.of++;
    own.chances += chance;
    chances += chance;
    if (place >= room || !(gains[row]! > 0)) return;
    for (const tally of [overall, own.tally]) tally.add(chance, value(row), cost(row));
  });
  return {
    overall: overall.tell(n, chances, fatigue),
    segments: segments
      ? [...tallies]
          .sort(([a], [b]) => a - b)
          .map(([segment, own]) => ({ segment, ...own.tally.tell(own.of, own.chances, fatigue) }))
      : [],
    curve: drawCurve(gains, order),
  };
}

function drawCurve(gains: Float64Array, order: Int32Array): CutOff['curve'] {
  const points: CutOff['curve'] = [];
  let profit = 0;
  let taken = 0;
  for (let step = 0; step <= nSteps; step++) {
    const until = Math.round((step / nSteps) * order.length);
    while (taken < until) profit += gains[order[taken++]!]!;
    if (points.at(-1)?.contacted !== taken) points.push({ contacted: taken, profit });
  }
  return points;
}
