/** A set of customers by index; sets may overlap. */
export type CustomerSet = { name: string; customers: Int32Array };

/**
 * How sets overlap: `counts[a][b]` customers are in both (the size on the diagonal), `shares[a][b]` of a's are in b too
 * (0 for an empty a). `inAny` customers are in at least one set, `inSeveral` in more than one.
 */
export type Overlap = { counts: number[][]; shares: number[][]; inAny: number; inSeveral: number };

/** The groups of a segmentation as sets, without the customers of none (-1). */
export function listSets(
  { customers, labels }: { customers: Int32Array; labels: Int32Array },
  names: readonly string[],
): CustomerSet[] {
  return names.map((name, id) => ({ name, customers: customers.filter((_, row) => labels[row] === id) }));
}

/** Which sets each customer is in, every set counted once. */
function listMemberships(sets: readonly CustomerSet[]): Map<number, number[]> {
  const memberships = new Map<number, number[]>();
  sets.forEach(({ customers }, s) => {
    for (const customer of new Set(customers)) {
      const own = memberships.get(customer);
      if (own) own.push(s);
      else memberships.set(customer, [s]);
    }
  });
  return memberships;
}

export function measureOverlap(sets: readonly CustomerSet[]): Overlap {
  const counts = sets.map(() => sets.map(() => 0));
  const memberships = listMemberships(sets);
  let inSeveral = 0;
  for (const own of memberships.values()) {
    if (own.length > 1) inSeveral++;
    for (const a of own) for (const b of own) counts[a]![b]!++;
  }
  const shares = counts.map((row, a) => row.map((count) => (row[a]! > 0 ? count / row[a]! : 0)));
  return { counts, shares, inAny: memberships.size, inSeveral };
}

/**
 * One set each: `labels[i]` is the first set in `priority` (indices into `sets`, each once) that holds `customers[i]`, -1
 * when none does. Sets that `priority` leaves out take nobody.
 */
export function assignByPriority(
  customers: Int32Array,
  sets: readonly CustomerSet[],
  priority: readonly number[],
): Int32Array {
  const rank = new Map(priority.map((set, place) => [set, place]));
  const memberships = listMemberships(sets);
  return customers.map((customer) => {
    const own = (memberships.get(customer) ?? []).filter((set) => rank.has(set));
    return own.reduce((first, set) => (first < 0 || rank.get(set)! < rank.get(first)! ? set : first), -1);
  });
}
