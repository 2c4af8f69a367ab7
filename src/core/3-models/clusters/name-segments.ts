import type { FeatureDefinition } from '../../2-features/feature-table';
import { capitalise, splitFlag } from '../rules/sentences';
import { isProtected } from './protected-words';

/** A trait to name from: how far the segment's mean lies from all customers', in standard deviations. */
export type NamingTrait = { definition: FeatureDefinition; z: number };

const longest = 32;
/** Where only a longer name tells two segments apart: better than a number. */
const longestSpare = 40;
/** Nearer to the middle than this is worth a word only where nothing else is. */
const noticeable = 0.25;
const faint = 0.02;
/** For segments that no word may be said of, or none is worth it. */
const plainNames = ['Middle of the road', 'Around the average', 'Much like everybody', 'Nothing stands out'];
/** A second trait this far from the middle, and nearly as far as the first, belongs into the name. */
const clear = 1.2;
const asClear = 0.85;

/** Features that say nearly the same: a name takes at most one of a group. */
const groups = [
  ['recency', 'gapRatio', 'orders90', 'spend90', 'trend'],
  ['frequency', 'gapMean', 'gapSpread'],
  ['monetary', 'averageOrder', 'itemsPerOrder'],
  ['breadth', 'categories'],
  ['discountShare', 'refundShare'],
  ['tenure'],
];

/** A feature's group; a column's values are a group too. */
const groupOf = (definition: FeatureDefinition): string =>
  groups.find((names) => names.includes(definition.name))?.[0] ??
  splitFlag(definition)?.column ??
  definition.name;

const isNoticeable = ({ z }: NamingTrait): boolean => Math.abs(z) >= noticeable;

/** "Contract Month-to-month" for a column's value, whose spelling is the file's; else the feature's own words. */
function phraseOf({ definition, z }: NamingTrait): string {
  const flag = splitFlag(definition);
  if (flag) return `${flag.column}${z >= 0 ? '' : ' not'} ${flag.value}`;
  return z >= 0 ? definition.high : definition.low;
}

/** What someone is not says less than what they are. */
const weightOf = ({ definition, z }: NamingTrait) => (z < 0 && splitFlag(definition) ? 0.4 : 1) * Math.abs(z);

/** The strongest trait of each group, strongest first; never of what people are. */
function pickTraits(traits: NamingTrait[]): NamingTrait[] {
  const seen = new Set<string>();
  return traits
    .filter(({ definition, z }) => Math.abs(z) >= faint && !isProtected(definition))
    .sort((a, b) => weightOf(b) - weightOf(a))
    .filter(({ definition }) => !seen.has(groupOf(definition)) && seen.add(groupOf(definition)))
    .slice(0, 8);
}

const joinPhrases = (first: string, second: string): string => {
  const pair = [first, second];
  if (pair.includes('long quiet') && pair.includes('frequent buyers')) return 'Lapsed regulars';
  return capitalise(`${first}, ${second}`);
};

/** Names to try, best first: the strongest trait, alone unless a second is as clear or `isShared`; then all others. */
function proposeNames(picked: NamingTrait[], isShared: (phrase: string) => boolean): string[] {
  const traits = picked.filter(isNoticeable);
  if (traits.length === 0) return picked.map((trait) => joinPhrases('near average', phraseOf(trait)));
  const phrases = traits.map(phraseOf);
  const pairs = phrases.flatMap((first, i) =>
    phrases.slice(i + 1).map((second, j) => ({ name: joinPhrases(first, second), rank: 2 * i + j })),
  );
  const paired = pairs.sort((a, b) => a.rank - b.rank).map(({ name }) => name);
  const [first, second] = traits.map(weightOf);
  const needsSecond = second !== undefined && second >= clear && second >= asClear * first!;
  const alone = phrases.map(capitalise);
  if (needsSecond || isShared(phrases[0]!)) return [...paired, ...alone];
  return [...alone.slice(0, 1), ...paired, ...alone.slice(1)];
}

/** One name a segment, from the traits that separate it most; sentence case, at most 32 characters (40 where only that is unique). */
export function nameSegments(traitsOf: NamingTrait[][]): string[] {
  const picked = traitsOf.map(pickTraits);
  const firsts = picked.flatMap((traits) => traits.filter(isNoticeable).slice(0, 1).map(phraseOf));
  const isShared = (phrase: string) => firsts.filter((first) => first === phrase).length > 1;
  /** How far out the strongest trait of each name's segment is. */
  const used = new Map<string, number>();
  return picked.map((traits) => {
    const weight = traits[0] ? weightOf(traits[0]) : 0;
    const proposals = proposeNames(traits, isShared);
    const short = proposals.filter((name) => name.length <= longest);
    const isFree = (name: string) => !used.has(name);
    const spare = proposals.filter((name) => name.length <= longestSpare);
    const graded = short.flatMap((name) => gradeName(name, weight - (used.get(name) ?? weight)));
    const last = short.length ? graded.filter((name) => name.length <= longestSpare) : plainNames;
    const free = [...short, ...spare, ...last].find(isFree) ?? numberName(short[0] ?? plainNames[0]!, used);
    used.set(free, weight);
    return free;
  });
}

/** Of two segments that nothing but its strength tells apart. */
const gradeName = (name: string, difference: number): string[] =>
  difference === 0 ? [] : [`${name}, ${difference > 0 ? 'more' : 'less'} so`];

function numberName(name: string, used: Map<string, number>): string {
  let n = 2;
  while (used.has(`${name.slice(0, longest - 3)} ${n}`)) n++;
  return `${name.slice(0, longest - 3)} ${n}`;
}
