import { isAboutPeople } from '../kit/about-people';
import type { CustomerAttribute, DataCheck } from './collected';
import { headerWords, labelWords, leavingWords, positiveWords } from './role-words';

type Labels = Pick<DataCheck, 'labelCandidates' | 'oneSidedLabels' | 'usualLabel'>;

type Category = Extract<CustomerAttribute, { kind: 'category' }>;

/**
 * Columns with exactly two values: named labels first, then a last column, what people are rather than do at the end; the
 * value for "yes" first, else the rarer. What is asked of such data where nobody has asked is never what people are.
 */
export function findLabels(attributes: readonly CustomerAttribute[]): Labels {
  const known = attributes
    .filter((one): one is Category => one.kind === 'category')
    .map((one) => ({ rank: labelRank(one), column: one.name, values: valuesOf(one) }))
    .sort((a, b) => a.rank - b.rank);
  const labelCandidates = known
    .filter(({ values }) => values.length === 2)
    .map(({ rank, column, values }) => {
      const isProtected = !isNamed(rank) && isAboutPeople([column, ...values].join(' ; '));
      return { rank, column, values, ...(isProtected && { isProtected: true as const }) };
    })
    .sort((a, b) => Number(a.isProtected ?? false) - Number(b.isProtected ?? false));
  const oneSided = known.filter(({ rank, values }) => isNamed(rank) && values.length === 1);
  const usual =
    [...labelCandidates, ...oneSided].find(({ rank }) => isNamed(rank)) ??
    labelCandidates.find(({ isProtected }) => !isProtected);
  return {
    labelCandidates: labelCandidates.map(({ rank, ...candidate }) => candidate),
    oneSidedLabels: oneSided.map(({ column, values }) => ({ column, value: values[0]! })),
    usualLabel: usual ? { column: usual.column, value: usual.values[0]! } : null,
  };
}

/** Whether a column tells what became of a customer, which a prediction would be about. */
export function isOutcome(attribute: CustomerAttribute): boolean {
  if (wordsOf(attribute).some((word) => leavingWords.has(word))) return true;
  if (attribute.kind === 'number') return false;
  const values = valuesOf(attribute);
  const isLabel = values.length === 2 && isNamed(labelRank(attribute));
  return isLabel || values.some((value) => leavingWords.has(headerWords(value).split(' ')[0]!));
}

/** The header's words, without the file that tells two columns of one name apart. */
const wordsOf = ({ name }: CustomerAttribute): string[] => headerWords(name.split(': ').at(-1)!).split(' ');

/** The values that customers have. */
function valuesOf({ codes, levels }: Category): string[] {
  const counts = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const rank = (code: number) => (positiveWords.has(levels[code]!.toLowerCase()) ? 0 : 1);
  return [...levels.keys()]
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => rank(a) - rank(b) || counts[a]! - counts[b]! || (levels[a]! < levels[b]! ? -1 : 1))
    .map((code) => levels[code]!);
}

const isNamed = (rank: number): boolean => rank < labelWords.length;

/** What is to be predicted mostly stands last in a table made for it. */
function labelRank(attribute: CustomerAttribute): number {
  const words = wordsOf(attribute);
  const at = labelWords.findIndex((word) => words.includes(word));
  return at >= 0 ? at : labelWords.length + (attribute.isLast ? 0 : 1);
}
