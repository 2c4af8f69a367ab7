import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { glossary } from '../../../src/help/glossary';
import { keys } from '../../../src/help/keys';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Words of statistics that may stand under “How” and nowhere else. */
const jargon =
  /\b(p-values?|log-odds|AUC|silhouettes?|Jaccard|ARI(?![\p{L}-])|adjusted Rand|SHAP(?!\p{L})|Shapley|isotonic|Platt|centroids?|Brier|log-?loss|hyperparameters?|regulari[sz]\w*|quantiles?|percentiles?|standard deviations?|Gini|eigen\w*|Bayesian|propensity|heteroscedastic\w*|covariances?|null hypothesis|confidence interval|cross-validation|hold-?out set|overfit\w*|Cliff|Cramér)/iu;

/** Allowed with a reason: files or texts that are themselves “How”. */
const allowed: { where: RegExp; text: RegExp; why: string }[] = [
  {
    where: /how-good\.ts$/,
    text: /^(Brier score|standard error of the AUC)$/,
    why: 'scores that the ladder lists under “How”',
  },
  {
    where: /prediction-charts\.ts$/,
    text: /^ The likelihoods were set right with/,
    why: 'is appended to what stands under “How”',
  },
];

type Told = { path: string; text: string };

const filesIn = (folder: string): string[] =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => /\.(ts|svelte)$/.test(path));

/** Names of fields and variables that hold what stands under “How”. */
const isHow = (node: ts.Node): boolean => {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (
      (ts.isPropertyAssignment(at) || ts.isVariableDeclaration(at) || ts.isFunctionDeclaration(at)) &&
      at.name &&
      /how/i.test(at.name.getText())
    )
      return true;
    if (ts.isImportDeclaration(at) || ts.isLiteralTypeNode(at)) return true;
  }
  return false;
};

/** Text written in code, `9` where a value is filled in. */
function textsOfScript(path: string, script: string): Told[] {
  const found: Told[] = [];
  const walk = (node: ts.Node) => {
    const text = ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) ? node.text : null;
    const filled = ts.isTemplateExpression(node)
      ? node.head.text + node.templateSpans.map(({ literal }) => `9${literal.text}`).join('')
      : null;
    const told = text ?? filled;
    if (told !== null && !isHow(node)) found.push({ path, text: told });
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile('x.ts', script, ts.ScriptTarget.ESNext, true));
  return found;
}

/** Text of a screen's markup, without what stands under “How”. */
function textsOfMarkup(path: string, markup: string): Told[] {
  const open = markup
    .replace(/<details[^>]*>\s*<summary>\s*How[^<]*<\/summary>[\s\S]*?<\/details>/g, '')
    .replace(/<!--[\s\S]*?-->/g, '');
  const plain = open
    .replace(/\{[#:/@][^{}]*\}/g, '|')
    .replace(/<[a-zA-Z/](?:[^<>{}]|\{(?:[^{}]|\{[^{}]*\})*\})*>/g, '|');
  return plain
    .replace(/\{(?:[^{}]|\{[^{}]*\})*\}/g, '9')
    .split('|')
    .map((text) => ({ path, text: text.replace(/\s+/g, ' ').trim() }))
    .filter(({ text }) => /\p{L}{2}/u.test(text));
}

function textsOf(path: string): Told[] {
  const source = readFileSync(root + path, 'utf8');
  if (path.endsWith('.ts')) return textsOfScript(path, source);
  const scripts = [...source.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map((match) => match[1]).join('\n');
  const markup = source.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '');
  return [...textsOfScript(path, scripts), ...textsOfMarkup(path, markup)];
}

const isSentence = (text: string) => /\p{L}+ \p{L}+/u.test(text);

const told = ['src/views', 'src/help', 'src/core/5-dashboards', 'src/core/4-decisions']
  .flatMap(filesIn)
  .flatMap(textsOf)
  .filter(({ text }) => isSentence(text));

const countSyllables = (word: string): number => {
  const plain = word.toLowerCase().replace(/[^a-z]/g, '');
  const trimmed = plain.replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, (end) => end.slice(0, 1));
  return Math.max(1, trimmed.match(/[aeiouy]+/g)?.length ?? 1);
};

/** Flesch and Kincaid's grade (1975): 0.39 words a sentence + 11.8 syllables a word - 15.59. */
function readingGrade(sentences: string[]): number {
  const words = sentences.flatMap((sentence) => sentence.match(/[\p{L}’'-]+/gu) ?? []);
  const syllables = words.reduce((sum, word) => sum + countSyllables(word), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
}

const sentencesOf = (text: string): string[] =>
  text.split(/(?<=[.!?;:])\s+/).filter((sentence) => (sentence.match(/[\p{L}’'-]+/gu)?.length ?? 0) >= 8);

describe('plain words', () => {
  test('the lint reads what is on the screens', () => {
    expect(told.length).toBeGreaterThan(400);
    expect(textsOfMarkup('x', '<p class="a">Two words {count} here</p>')[0]!.text).toBe('Two words 9 here');
    expect(textsOfMarkup('x', '<details><summary>How</summary><p>mean silhouette</p></details>')).toEqual([]);
    expect(jargon.test('mean silhouette 0.4')).toBe(true);
  });

  test('no word of statistics stands outside “How”', () => {
    const found = told
      .filter(({ text }) => jargon.test(text))
      .filter(({ path, text }) => !allowed.some((one) => one.where.test(path) && one.text.test(text)))
      .map(({ path, text }) => `${path}: ${text}`);
    expect(found).toEqual([]);
  });

  test('readingGrade is that of a sentence counted by hand', () => {
    // 8 words, 9 syllables: 0.39 * 8 + 11.8 * 9 / 8 - 15.59 = 0.805.
    expect(readingGrade(['The cat sat down on the little mat'])).toBeCloseTo(0.805, 3);
  });

  test('help reads at grade 8 or below', () => {
    const help = [...glossary.map(({ means }) => means), ...keys.map(({ does }) => does)].flatMap(
      sentencesOf,
    );
    expect(help.length).toBeGreaterThan(30);
    expect(readingGrade(help)).toBeLessThanOrEqual(8);
  });

  test('the sentences of the screens read at grade 8 or below', () => {
    const sentences = told.flatMap(({ text }) => sentencesOf(text));
    expect(sentences.length).toBeGreaterThan(100);
    expect(readingGrade(sentences)).toBeLessThanOrEqual(8);
    const hardest = sentences.filter((sentence) => readingGrade([sentence]) > 18);
    expect(hardest).toEqual([]);
  });

  test('each word of the glossary stands once', () => {
    const words = glossary.map(({ word }) => word);
    expect(new Set(words).size).toBe(words.length);
  });

  test('shares on screen say of what they are', () => {
    const bare = told
      .filter(({ text }) => /^9(\.9)?% (is|are|was|were)\b/.test(text))
      .map(({ text }) => text);
    expect(bare).toEqual([]);
  });
});
