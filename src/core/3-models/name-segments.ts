import type { FeatureDefinition } from '../2-features/feature-table';
import { capitalise, splitFlag } from './sentences';

/** A trait to name from: how far the segment's mean lies from all customers', in standard deviations. */
export type NamingTrait = { definition: FeatureDefinition; z: number };

const longest = 40;
/** Nearer to the middle than this is not worth a word. */
const noticeable = 0.25;

/** Words for what people are rather than what they do: never part of a name. */
const protectedWords = new RegExp(
  '\\b(gender|sex|sexual|male|female|man|woman|men|women|genre|age|aged|birth\\w*|born|religio\\w*|faith|church|' +
    'ethnic\\w*|race|racial|national\\w*|citizen\\w*|senior\\w*|disab\\w*|health|marital|married|single|divorced|widow\\w*|' +
    'partner|pregnan\\w*|dependents?|child\\w*|kid\\w*|teen\\w*|orientation|skin|colou?r|union|politic\\w*|language)\\b',
  'i',
);

const spellOut = (text: string) => text.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ');

/** Whether a feature is about a protected attribute, by its name, label, source and words. */
export const isProtected = ({ name, label, source, high, low }: FeatureDefinition): boolean =>
  protectedWords.test(spellOut([name, label, source, high, low].join(' ; ')));

const smallWords = new Set([
  'a',
  'an',
  'and',
  'as',
  'at',
  'by',
  'for',
  'in',
  'of',
  'on',
  'or',
  'the',
  'to',
  'with',
]);

/** Capitals for all but small words; words that come with capitals of their own stay as they are. */
const titleCase = (text: string) =>
  text.replace(/[\p{L}\p{N}']+/gu, (word, at: number) =>
    at > 0 && smallWords.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1),
  );

/** "Contract Month-to-month" for a column's value, whose spelling is the file's; else the feature's own words. */
function phraseOf({ definition, z }: NamingTrait): string {
  const flag = splitFlag(definition);
  if (flag) return `${capitalise(flag.column)}${z >= 0 ? '' : ' not'} ${flag.value}`;
  return titleCase(z >= 0 ? definition.high : definition.low);
}

/** What someone is not says less than what they are. */
const weightOf = ({ definition, z }: NamingTrait) => (z < 0 && splitFlag(definition) ? 0.4 : 1) * Math.abs(z);

/** Names to try, best first: the two strongest traits together, other pairs, then one alone. */
function proposeNames(traits: NamingTrait[]): string[] {
  const phrases = traits
    .filter(({ definition, z }) => Math.abs(z) >= noticeable && !isProtected(definition))
    .sort((a, b) => weightOf(b) - weightOf(a))
    .slice(0, 8)
    .map(phraseOf);
  const pairs = phrases.flatMap((first, i) =>
    phrases.slice(i + 1).map((second, j) => ({ first, second, rank: 2 * i + j })),
  );
  pairs.sort((a, b) => a.rank - b.rank);
  return [...pairs.map(({ first, second }) => `${first} & ${second}`), ...phrases];
}

/** One name a segment, from the traits that separate it most; title case, at most 40 characters, never two the same. */
export function nameSegments(traitsOf: NamingTrait[][]): string[] {
  const used = new Set<string>();
  return traitsOf.map((traits) => {
    const proposals = [...proposeNames(traits), 'Middle of the Road'].filter(
      (name) => name.length <= longest,
    );
    const free = proposals.find((name) => !used.has(name)) ?? numberName(proposals[0]!, used);
    used.add(free);
    return free;
  });
}

function numberName(name: string, used: Set<string>): string {
  let n = 2;
  while (used.has(`${name.slice(0, longest - 3)} ${n}`)) n++;
  return `${name.slice(0, longest - 3)} ${n}`;
}
