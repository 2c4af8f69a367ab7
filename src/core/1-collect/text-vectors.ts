import { stopWords } from './stop-words';

/** Texts as TF-IDF vectors of length one, sparse: the terms of text i stand from `starts[i]` to `starts[i + 1]`. */
export type TextVectors = {
  nTexts: number;
  terms: string[];
  starts: Uint32Array;
  term: Uint32Array;
  weight: Float64Array;
};

const MAX_TERMS = 5000;

const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss');

/** The words of a text that may carry a theme, without accents. */
export const wordsOf = (text: string): string[] =>
  (
    bare(text.toLowerCase())
      .replace(/['’]/g, '')
      .match(/\p{L}{3,}/gu) ?? []
  ).filter((word) => word.length <= 30 && !stopWords.has(word));

/** Words in at least two texts and in at most half of them; "parcels" counts as "parcel" where that occurs too. */
export function vectoriseTexts(texts: string[]): TextVectors {
  const words = texts.map(wordsOf);
  const inTexts = countTexts(words);
  const isPlural = (word: string) => word.length > 4 && word.endsWith('s') && inTexts.has(word.slice(0, -1));
  const folded = words.map((list) => list.map((word) => (isPlural(word) ? word.slice(0, -1) : word)));
  const counts = [...countTexts(folded)]
    .filter(([, n]) => n >= 2 && n <= Math.max(2, texts.length / 2))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MAX_TERMS);
  const codes = new Map(counts.map(([word], code) => [word, code]));
  const rarity = Float64Array.from(counts, ([, n]) => Math.log((1 + texts.length) / (1 + n)) + 1);
  return weigh(folded, codes, rarity);
}

function countTexts(words: string[][]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const list of words) for (const word of new Set(list)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** 1 + log of how often a word stands in the text, times its rarity, scaled to length one. */
function weigh(words: string[][], codes: Map<string, number>, rarity: Float64Array): TextVectors {
  const starts = new Uint32Array(words.length + 1);
  const term: number[] = [];
  const weight: number[] = [];
  words.forEach((list, i) => {
    const own = new Map<number, number>();
    for (const word of list) {
      const code = codes.get(word);
      if (code !== undefined) own.set(code, (own.get(code) ?? 0) + 1);
    }
    const weights = [...own].map(([code, n]) => (1 + Math.log(n)) * rarity[code]!);
    const length = Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0));
    [...own.keys()].forEach((code, j) => {
      term.push(code);
      weight.push(weights[j]! / length);
    });
    starts[i + 1] = term.length;
  });
  return {
    nTexts: words.length,
    terms: [...codes.keys()],
    starts,
    term: Uint32Array.from(term),
    weight: Float64Array.from(weight),
  };
}
