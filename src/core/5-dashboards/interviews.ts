import type { Coding } from '../1-collect/canonical';
import type { Segmentation } from '../3-models/results/segmentation';
import type { Triangulation } from '../3-models/results/triangulation';
import { triangulate } from '../4-decisions/triangulate';
import { segmentName } from '../4-decisions/wording';

/**
 * What people were coded as by hand against the segments they are in now; null where no coding speaks of these
 * segments: at least half of what it says must be their names, in capitals or not.
 */
export function compareInterviews(
  codings: readonly Coding[],
  { segments, customers, labels }: Pick<Segmentation, 'segments' | 'customers' | 'labels'>,
  names: readonly string[],
  customerIds: readonly string[],
): (Triangulation & { source: string }) | null {
  const nameById = new Map(segments.map((segment) => [segment.id, segmentName(segment, names)]));
  const nameOf = new Map([...nameById.values()].map((name) => [name.toLowerCase(), name]));
  const assigned = new Map<number, string>();
  customers.forEach((customer, i) => {
    const name = nameById.get(labels[i]!);
    if (name !== undefined) assigned.set(customer, name);
  });
  let best: { coding: Coding; rows: number[]; known: number } | null = null;
  for (const coding of codings) {
    const rows = [...coding.codes.keys()].filter((row) => assigned.has(coding.customers[row]!));
    const known = rows.filter((row) => nameOf.has(coding.codes[row]!.trim().toLowerCase())).length;
    if (known > (best?.known ?? 0) && 2 * known >= rows.length) best = { coding, rows, known };
  }
  if (!best) return null;
  const { coding, rows } = best;
  const coded = rows.map((row) => {
    const code = coding.codes[row]!.trim();
    return nameOf.get(code.toLowerCase()) ?? code;
  });
  const found = triangulate(
    rows.map((row) => customerIds[coding.customers[row]!]!),
    coded,
    rows.map((row) => assigned.get(coding.customers[row]!)!),
  );
  return { ...found, source: coding.source };
}
