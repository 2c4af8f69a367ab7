import { createRandom } from '../kit/random';
import type { Coded } from './canonical';
import { type TextVectors, vectoriseTexts } from './text-vectors';

const MAX_THEMES = 12;
const FEWEST_TEXTS = 8;
const N_STARTS = 4;
/** Themes are found on so many texts at most, spread over the alphabet, and then hold for all. */
const MAX_FITTED = 4000;
const MAX_ROUNDS = 30;
/** Themes whose mean vectors, less what all texts share, are closer than this say the same. */
const SAME = 0.5;
const WORDS_IN_NAME = 3;

/**
 * Groups texts by their words (spherical k-means on TF-IDF, seeded) and names each group by its heaviest words; largest
 * first. A text without a word that others use too has no theme (-1). The same texts give the same themes in any
 * order; null with fewer than 8 texts that have one.
 */
export function findThemes(texts: string[], seed: number): Coded | null {
  const order = Uint32Array.from(texts, (_, i) => i).sort((a, b) => (texts[a]! < texts[b]! ? -1 : 1));
  const vectors = vectoriseTexts(Array.from(order, (i) => texts[i]!));
  const used = Uint32Array.from(order, (_, i) => i).filter(
    (i) => vectors.starts[i + 1]! > vectors.starts[i]!,
  );
  if (used.length < FEWEST_TEXTS) return null;
  const nThemes = Math.min(MAX_THEMES, Math.round(Math.sqrt(used.length)));
  const step = Math.ceil(used.length / MAX_FITTED);
  const sample = used.filter((_, u) => u % step === 0);
  const fits = Array.from({ length: N_STARTS }, (_, n) => fitCentres(vectors, sample, nThemes, seed + n));
  const best = fits.reduce((a, b) => (b.closeness > a.closeness ? b : a));
  const centres = mergeAlike(best.centres);
  const sorted = new Int32Array(texts.length).fill(-1);
  for (const i of used) sorted[i] = nearest(vectors, i, centres).label;
  const named = nameThemes(sorted, meansOf(vectors, sorted, centres.length), vectors.terms);
  const codes = new Int32Array(texts.length);
  order.forEach((text, i) => (codes[text] = named.codes[i]!));
  return { codes, levels: named.levels };
}

function similarity({ starts, term, weight }: TextVectors, text: number, centre: Float64Array): number {
  let sum = 0;
  for (let at = starts[text]!; at < starts[text + 1]!; at++) sum += weight[at]! * centre[term[at]!]!;
  return sum;
}

function nearest(vectors: TextVectors, text: number, centres: Float64Array[]) {
  let label = 0;
  let closeness = -1;
  centres.forEach((centre, c) => {
    const s = similarity(vectors, text, centre);
    if (s > closeness) {
      closeness = s;
      label = c;
    }
  });
  return { label, closeness };
}

/** Sums of the texts with each label, scaled to length one. */
function meansOf(vectors: TextVectors, labels: Int32Array, nThemes: number): Float64Array[] {
  const means = Array.from({ length: nThemes }, () => new Float64Array(vectors.terms.length));
  labels.forEach((label, text) => {
    if (label < 0) return;
    for (let at = vectors.starts[text]!; at < vectors.starts[text + 1]!; at++)
      means[label]![vectors.term[at]!]! += vectors.weight[at]!;
  });
  return means.map(toUnit);
}

function toUnit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(vector.reduce((sum, v) => sum + v * v, 0));
  return length > 0 ? vector.map((v) => v / length) : vector;
}

function fitCentres(vectors: TextVectors, used: Uint32Array, nThemes: number, seed: number) {
  let centres = spreadSeeds(vectors, used, nThemes, seed);
  const labels = new Int32Array(vectors.nTexts).fill(-1);
  let closeness = 0;
  for (let round = 0, nMoved = 1; round < MAX_ROUNDS && nMoved > 0; round++) {
    nMoved = 0;
    closeness = 0;
    for (const i of used) {
      const found = nearest(vectors, i, centres);
      if (labels[i] !== found.label) nMoved++;
      labels[i] = found.label;
      closeness += found.closeness;
    }
    centres = meansOf(vectors, labels, centres.length);
  }
  return { centres, closeness };
}

/** k-means++ by cosine: each next seed is drawn among texts by how unlike all seeds they are. */
function spreadSeeds(vectors: TextVectors, used: Uint32Array, nThemes: number, seed: number): Float64Array[] {
  const random = createRandom(seed);
  const seeds = [denseOf(vectors, used[random.below(used.length)]!)];
  const unlike = Float64Array.from(used, () => 1);
  while (seeds.length < nThemes) {
    const latest = seeds.at(-1)!;
    used.forEach((text, u) => (unlike[u] = Math.min(unlike[u]!, 1 - similarity(vectors, text, latest))));
    let left = random.next() * unlike.reduce((sum, d) => sum + Math.max(0, d), 0);
    const drawn = unlike.findIndex((d) => (left -= Math.max(0, d)) < 0);
    if (drawn < 0) break;
    seeds.push(denseOf(vectors, used[drawn]!));
  }
  return seeds;
}

function denseOf({ starts, term, weight, terms }: TextVectors, text: number): Float64Array {
  const dense = new Float64Array(terms.length);
  for (let at = starts[text]!; at < starts[text + 1]!; at++) dense[term[at]!] = weight[at]!;
  return dense;
}

/** What sets each theme apart: its mean less the mean of all. */
function contrast(centres: Float64Array[]): Float64Array[] {
  const all = centres[0]!.map(
    (_, t) => centres.reduce((sum, centre) => sum + centre[t]!, 0) / centres.length,
  );
  return centres.map((centre) => toUnit(centre.map((v, t) => v - all[t]!)));
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, t) => sum + v * b[t]!, 0);

function mergeAlike(centres: Float64Array[]): Float64Array[] {
  const filled = centres.filter((centre) => centre.some((v) => v !== 0));
  const own = contrast(filled);
  const kept: number[] = [];
  const merged = filled.map((centre, c) => {
    const like = kept.find((other) => dot(own[other]!, own[c]!) > SAME);
    if (like === undefined) kept.push(c);
    return { centre, into: like ?? c };
  });
  return kept.map((c) => {
    const parts = merged.filter(({ into }) => into === c);
    return toUnit(parts[0]!.centre.map((_, t) => parts.reduce((sum, part) => sum + part.centre[t]!, 0)));
  });
}

function nameThemes(labels: Int32Array, means: Float64Array[], terms: string[]): Coded {
  const sizes = new Uint32Array(means.length);
  for (const label of labels) if (label >= 0) sizes[label]!++;
  const order = Array.from(means, (_, c) => c)
    .filter((c) => sizes[c]! > 0)
    .sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const own = contrast(means);
  const levels = order.map((c) =>
    Array.from(own[c]!, (weight, t) => ({ weight, word: terms[t]! }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
      .slice(0, WORDS_IN_NAME)
      .map(({ word }) => word)
      .join(', '),
  );
  const places = new Int32Array(means.length).fill(-1);
  order.forEach((c, place) => (places[c] = place));
  return { codes: labels.map((label) => (label < 0 ? -1 : places[label]!)), levels };
}
