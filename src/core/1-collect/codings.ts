import type { Coding } from './canonical';
import type { Collected } from './collected';
import { headerWords } from './role-words';

const codedColumn = /\b(segments?|personas?|segmento|segmente)\b/;

/** Segments that people were put into by hand: categories called segment or persona, and notes that name a customer. */
export function readCodings({
  customerIds,
  attributes,
  evidence = [],
}: Pick<Collected, 'customerIds' | 'attributes' | 'evidence'>): Coding[] {
  const byColumn = attributes.flatMap((attribute): Coding[] => {
    if (attribute.kind !== 'category' || !codedColumn.test(headerWords(attribute.name))) return [];
    const customers = Int32Array.from(attribute.codes.keys()).filter((row) => attribute.codes[row]! >= 0);
    const codes = Array.from(customers, (row) => attribute.levels[attribute.codes[row]!]!);
    return [{ source: attribute.name, customers, codes }];
  });
  if (evidence.length === 0) return byColumn;
  const rowOf = new Map(customerIds.map((id, row) => [id, row]));
  const first = new Map<number, string>();
  for (const { customer = '', segment } of evidence) {
    const row = rowOf.get(customer);
    if (row !== undefined && !first.has(row)) first.set(row, segment);
  }
  const byNotes = { source: 'notes', customers: Int32Array.from(first.keys()), codes: [...first.values()] };
  return first.size > 0 ? [...byColumn, byNotes] : byColumn;
}
