import type { Segment, Segmentation } from '../3-models/results/segmentation';
import { assignPairs } from '../kit/assignment';

/** As many of the old members must be in the new segment, and as many of the new ones come from the old. */
const keptOverlap = 0.5;
const slots = [1, 2, 3, 4, 5, 6, 7, 8];

/** Which id each customer number stands for, before and after; needed when the files were read anew. */
export type CustomerIds = { before: readonly string[]; after: readonly string[] };

/** Each old customer's segment, found by the new customer number. */
function oldSegments({ customers, labels }: Segmentation, ids: CustomerIds | null) {
  const byId = new Map<number | string, number>();
  customers.forEach((customer, row) => byId.set(ids ? ids.before[customer]! : customer, labels[row]!));
  return (customer: number) => byId.get(ids ? ids.after[customer]! : customer) ?? -1;
}

/**
 * For each new segment and each old one: members in both over the larger of the two, counted over the customers that
 * both runs know and put into a segment.
 */
function overlaps(before: Segmentation, after: Segmentation, ids: CustomerIds | null): number[][] {
  const oldOf = oldSegments(before, ids);
  const both = after.segments.map(() => before.segments.map(() => 0));
  const newRows = new Map(after.segments.map(({ id }, row) => [id, row]));
  const oldColumns = new Map(before.segments.map(({ id }, column) => [id, column]));
  after.customers.forEach((customer, i) => {
    const [row, column] = [newRows.get(after.labels[i]!), oldColumns.get(oldOf(customer))];
    if (row !== undefined && column !== undefined) both[row]![column]! += 1;
  });
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const newSizes = both.map(sum);
  const oldSizes = before.segments.map((_, column) => sum(both.map((row) => row[column]!)));
  return both.map((row, r) =>
    row.map((shared, c) => (shared > 0 ? shared / Math.max(newSizes[r]!, oldSizes[c]!) : 0)),
  );
}

/** The old segment that each new one goes on, by the matching that keeps most overlap; null = none, it is new. */
function matchSegments(
  before: Segmentation,
  after: Segmentation,
  ids: CustomerIds | null,
): (Segment | null)[] {
  const kept = overlaps(before, after, ids).map((row) =>
    row.map((overlap) => (overlap >= keptOverlap ? overlap : 0)),
  );
  return assignPairs(kept).map((column) => before.segments[column] ?? null);
}

/** The name, or the first numbered one that is free. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name} ${n}`;
  taken.add(free.toLowerCase());
  return free;
}

/**
 * A segment keeps its name, colour and shape, and the name a person gave it, when at least half of it stays together;
 * others are marked new and get what is free; `moved` is the new id of each old one that lives on. No two segments have the same name, no two of the first eight the same slot.
 */
export function carryNames(
  before: Segmentation,
  after: Segmentation,
  names: readonly string[],
  ids: CustomerIds | null = null,
): { segmentation: Segmentation; names: string[]; moved: Map<number, number> } {
  const matched = matchSegments(before, after, ids);
  const given = matched.map((old) => (old && names[old.id]) || '');
  const takenSlots = new Set(matched.map((old) => old?.slot));
  const freeSlots = slots.filter((slot) => !takenSlots.has(slot));
  // Who keeps a name chooses first; 0 stands for "other", which several may be.
  const kept = matched.flatMap((old, row) => (old ? [given[row] || old.name] : []));
  const takenNames = new Set(
    [...kept, ...matched.flatMap((old) => (old ? [old.name] : []))].map((name) => name.toLowerCase()),
  );
  const segments = after.segments.map((segment, row): Segment => {
    const old = matched[row] ?? null;
    if (old) return { ...segment, name: old.name, slot: old.slot || (freeSlots.shift() ?? 0), isNew: false };
    const name = freeName(segment.name, takenNames);
    return { ...segment, name, slot: freeSlots.shift() ?? 0, isNew: true };
  });
  const carried: string[] = [];
  after.segments.forEach(({ id }, row) => (carried[id] = given[row]!));
  const lives = matched.flatMap((old, row): [number, number][] =>
    old ? [[old.id, after.segments[row]!.id]] : [],
  );
  return {
    segmentation: { ...after, segments },
    names: Array.from(carried, (name) => name ?? ''),
    moved: new Map(lives),
  };
}
