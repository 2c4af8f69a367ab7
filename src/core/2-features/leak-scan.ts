import type { CustomerAttribute } from '../1-collect/collected';
import type { Feature, FeatureTable, Suspect } from './feature-table';

const suspicious = 0.98;
/** Fewer customers of either outcome are told apart by chance. */
const fewestToJudge = 10;
/** A column with more different values, or fewer customers to each of them, is judged by its order alone. */
const mostValues = 31;
const fewestEach = 5;

/**
 * What may give the answer away: features that alone tell the label almost perfectly, either way round, more likely its
 * trace than its cause. A column of the customer table is judged as a whole: by each of its features, and by all its
 * values together; one that describes the day of the export is named however little it tells.
 */
export function leakScan(
  table: FeatureTable,
  label: Uint8Array,
  columns: readonly CustomerAttribute[] = [],
): Suspect[] {
  const nEvents = label.reduce((sum, one) => sum + one, 0);
  const isJudged = Math.min(nEvents, label.length - nEvents) >= fewestToJudge;
  const tell = (values: Float64Array) => {
    const auc = isJudged ? aucOf(values, label) : 0.5;
    return Math.max(auc, 1 - auc);
  };
  const bySource = groupBySource(table.features);
  const whole = columns.flatMap(({ name, source, isSnapshot }): Suspect[] => {
    const features = bySource.get(source);
    if (!features) return [];
    const codes = isJudged ? codeValues(features, label.length) : null;
    const together = codes ? tell(shareByCode(codes, label)) : 0;
    const auc = Math.max(together, ...features.map(({ values }) => tell(values)));
    return [{ label: name, auc, isColumn: true, ...(isSnapshot && { isSnapshot }) }];
  });
  const ofColumns = new Set(columns.map(({ source }) => source));
  const single = table.features
    .filter(({ definition }) => !ofColumns.has(definition.source))
    .map(({ definition: { label, source }, values }): Suspect => {
      const isDated = table.asOf !== null && source !== 'formula';
      return { label, auc: tell(values), ...(isDated && { isDated }) };
    });
  return [...single, ...whole]
    .filter((one) => one.isSnapshot || givesAway(one))
    .sort((a, b) => b.auc - a.auc);
}

/** Whether it tells the label so well that it may be its trace. */
export const givesAway = ({ auc }: Suspect): boolean => auc > suspicious;

/**
 * The suspects, and which columns of the customer table are kept out of learning because they give the answer away; not
 * those that were known before, as a person says.
 */
export function putAside(
  suspects: Suspect[],
  columns: readonly CustomerAttribute[],
  knownBefore: readonly string[],
): { suspects: Suspect[]; isKept(feature: Feature): boolean } {
  const told = suspects.map((one) =>
    one.isColumn && givesAway(one) && !knownBefore.includes(one.label)
      ? { ...one, isAside: true as const }
      : one,
  );
  const names = new Set(told.filter(({ isAside }) => isAside).map(({ label }) => label));
  const sources = new Set(columns.filter(({ name }) => names.has(name)).map(({ source }) => source));
  return { suspects: told, isKept: ({ definition }) => !sources.has(definition.source) };
}

function groupBySource(features: Feature[]): Map<string, Feature[]> {
  const bySource = new Map<string, Feature[]>();
  for (const feature of features) {
    const { source } = feature.definition;
    bySource.set(source, [...(bySource.get(source) ?? []), feature]);
  }
  return bySource;
}

/** A code for each row, the same where all the features are; null where there are too many different ones. */
function codeValues(features: Feature[], nRows: number): Int32Array | null {
  const most = Math.min(mostValues, nRows / fewestEach);
  let codes = new Int32Array(nRows);
  for (const { values } of features) {
    const known = new Map<number, Map<number, number>>();
    const next = new Int32Array(nRows);
    let nCodes = 0;
    for (let i = 0; i < nRows; i++) {
      let after = known.get(codes[i]!);
      if (!after) known.set(codes[i]!, (after = new Map()));
      const code = after.get(values[i]!) ?? nCodes++;
      after.set(values[i]!, code);
      next[i] = code;
      if (nCodes > most) return null;
    }
    codes = next;
  }
  return codes;
}

/** For each row the share of the label among the rows with the same code. */
function shareByCode(codes: Int32Array, label: Uint8Array): Float64Array {
  const sizes = new Float64Array(mostValues);
  const events = new Float64Array(mostValues);
  codes.forEach((code, i) => {
    sizes[code]! += 1;
    events[code]! += label[i]!;
  });
  return Float64Array.from(codes, (code) => events[code]! / sizes[code]!);
}

/** Chance that a positive has the higher value, ties half. */
function aucOf(values: Float64Array, label: Uint8Array): number {
  const positives = values.filter((_, i) => label[i] === 1).sort();
  const negatives = values.filter((_, i) => label[i] !== 1).sort();
  let below = 0;
  let upTo = 0;
  let wins = 0;
  for (const value of positives) {
    while (below < negatives.length && negatives[below]! < value) below++;
    while (upTo < negatives.length && negatives[upTo]! <= value) upTo++;
    wins += (below + upTo) / 2;
  }
  return wins / (positives.length * negatives.length);
}
