import { applyChanges, type Change, type Lever, type Person } from './levers';

/** How far each person is from where they should get to: 0 = there. */
export type FarFrom = (people: Person[]) => ArrayLike<number>;

export type FoundChange = { changes: Change[]; isReached: boolean };

const mostChanges = 3;
/** Levers that pairs and triples are made of, and options of each: the ones that get furthest. */
const combined = [Infinity, 6, 4];
const optionsEach = [Infinity, 14, 7];
/** A change that brings less of the way than this is not worth telling. */
const worthTelling = 0.02;

type Option = { changes: Change[]; cost: number };

/**
 * The fewest and then the smallest changes that get a person there; where nothing does, the ones that get furthest, or
 * none where nothing gets anywhere.
 */
export function findSmallestChange(person: Person, levers: Lever[], farFrom: FarFrom): FoundChange | null {
  const start = farFrom([person])[0]!;
  if (start <= 0) return { changes: [], isReached: true };
  const measure = (options: Option[]) => farFrom(options.map(({ changes }) => applyChanges(person, changes)));
  let best: { option: Option; left: number } | null = null;
  const single = levers.map(({ options }) =>
    options.map(({ change, cost }) => ({ changes: [change], cost })),
  );
  const lefts = single.map((options) => Array.from(measure(options)));
  const order = [...single.keys()].sort((a, b) => Math.min(...lefts[a]!) - Math.min(...lefts[b]!));
  for (let n = 1; n <= mostChanges; n++) {
    const used = order
      .slice(0, combined[n - 1]!)
      .map((l) => thin(single[l]!, lefts[l]!, optionsEach[n - 1]!));
    const options = combine(used, n);
    if (options.length === 0) break;
    const left = measure(options);
    const there = options.filter((_, i) => left[i]! <= 0).sort((a, b) => a.cost - b.cost);
    if (there.length > 0) return { changes: there[0]!.changes, isReached: true };
    options.forEach((option, i) => {
      const needed = best ? best.left - worthTelling * start : (1 - worthTelling) * start;
      if (left[i]! < needed) best = { option, left: left[i]! };
    });
  }
  return best ? { changes: (best as { option: Option }).option.changes, isReached: false } : null;
}

/** Evenly over the options from the one that gets furthest to the one that gets least far. */
function thin(options: Option[], left: number[], most: number): Option[] {
  if (options.length <= most) return options;
  const order = [...options.keys()].sort((a, b) => left[a]! - left[b]!);
  return Array.from(
    { length: most },
    (_, i) => options[order[Math.round((i * (order.length - 1)) / (most - 1))]!]!,
  );
}

/** Every way to take one option of each of `n` different levers. */
function combine(levers: Option[][], n: number, from = 0): Option[] {
  if (n === 0) return [{ changes: [], cost: 0 }];
  const found: Option[] = [];
  for (let l = from; l + n <= levers.length; l++)
    for (const rest of combine(levers, n - 1, l + 1))
      for (const option of levers[l]!)
        found.push({
          changes: [...option.changes, ...rest.changes],
          cost: option.cost + rest.cost,
        });
  return found;
}
