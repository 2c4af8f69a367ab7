import type { Segmentation } from '../3-models/results';

const keptOverlap = 0.5;

/** Members in both over members in either, for every pair of an old and a new segment. */
function overlaps(before: Segmentation, after: Segmentation) {
  const oldOf = new Map(Array.from(before.customers, (customer, row) => [customer, before.labels[row]!]));
  const both = after.segments.map(() => new Float64Array(before.segments.length));
  after.customers.forEach((customer, row) => {
    const old = oldOf.get(customer);
    if (old !== undefined) both[after.labels[row]!]![old]!++;
  });
  return after.segments.flatMap(({ id, size }) =>
    before.segments.map((old) => {
      const shared = both[id]![old.id]!;
      return { id, old: old.id, overlap: shared / (size + old.size - shared) };
    }),
  );
}

/**
 * A segment keeps its colour, shape and the person's own name when at least half of all its old and new members are
 * the same; others get what is free, and no name but the suggested one.
 */
export function carryNames(
  before: Segmentation,
  after: Segmentation,
  names: readonly string[],
): { segmentation: Segmentation; names: string[] } {
  const oldOf = new Map<number, number>();
  const pairs = overlaps(before, after).filter(({ overlap }) => overlap >= keptOverlap);
  for (const { id, old } of pairs.sort((a, b) => b.overlap - a.overlap))
    if (!oldOf.has(id) && ![...oldOf.values()].includes(old)) oldOf.set(id, old);
  const slotOf = (id: number) => before.segments.find((segment) => segment.id === oldOf.get(id))?.slot;
  const taken = new Set(after.segments.map(({ id }) => slotOf(id)));
  const free = [1, 2, 3, 4, 5, 6, 7, 8].filter((slot) => !taken.has(slot));
  const segments = after.segments.map((segment) => ({
    ...segment,
    slot: slotOf(segment.id) ?? free.shift() ?? 0,
  }));
  const carried = segments.map(({ id }) => names[oldOf.get(id) ?? -1] ?? '');
  return { segmentation: { ...after, segments }, names: carried };
}
