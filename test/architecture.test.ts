import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Who may import whom. `types`: only their types. A stage may always import itself; styles and the version are everybody's. */
type Rule = { code: string[]; types?: string[]; packages?: RegExp };
const core = ['kit', '1', '2', '3', '4', '5', 'samples', 'journeys', 'pilots', 'pricing', 'governance'];
const beside: Rule = { code: ['kit', '2'], types: core };
const screens: Rule = {
  code: ['views', 'widget', 'help', 'state', '5', 'kit'],
  types: core,
  packages: /^(svelte(\/.*)?|d3(-.*)?)$/,
};
const rules: Record<string, Rule> = {
  kit: { code: [], packages: /^pure-rand\// },
  '1': { code: ['kit'], packages: /^(xlsx|fflate|hyparquet(-compressors)?|@noble\/hashes\/.*)$/ },
  '2': { code: ['kit', '1'] },
  '3': { code: ['kit', '1', '2'], packages: /^(@tensorflow\/.*|umap-js)$/ },
  '4': { code: ['kit', '1', '2'], types: ['3'] },
  '5': { code: ['kit', '1', '2', '4'], types: core, packages: /^d3(-array|-scale|-shape)?$/ },
  samples: { code: ['kit'] },
  journeys: beside,
  pilots: beside,
  pricing: beside,
  governance: { ...beside, packages: /^@noble\/hashes\/.*$/ },
  storage: { code: ['kit'], types: core, packages: /^idb$/ },
  workers: { code: [...core, 'storage'], packages: /^(comlink|@tensorflow\/.*|danfojs)$/ },
  bridge: { code: ['kit'], types: [...core, 'workers'], packages: /^comlink$/ },
  pipeline: {
    code: ['bridge', 'storage', 'kit', '4', 'governance'],
    types: [...core, 'workers'],
    packages: /^comlink$/,
  },
  state: {
    code: ['pipeline', 'bridge', 'storage', '4', '5', 'governance', 'kit'],
    types: core,
    packages: /^svelte(\/.*)?$/,
  },
  help: { code: [] },
  views: screens,
  widget: screens,
  page: { code: ['views', 'state', 'kit'], packages: /^svelte$/ },
};

type Import = { target: string; isType: boolean };
type Source = { path: string; text: string };

/** The house's files below a folder, as paths from the top level. */
const filesIn = (folder: string): Source[] =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }));

function zoneOf(path: string): string {
  const stage = path.match(/^src\/core\/(?:(\d)-[^/]+|([^/]+))\//);
  if (stage) return stage[1] ?? stage[2]!;
  if (path.startsWith('workers/')) return 'workers';
  if (/^src\/pipeline(-[a-z]+)?(\.|$)/.test(path)) return 'pipeline';
  return path.match(/^src\/([^/]+)\//)?.[1] ?? 'page';
}

const scriptOf = ({ path, text }: Source): string =>
  path.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map((match) => match[1]).join('\n')
    : text;

function visit(source: Source, see: (node: ts.Node) => void) {
  const walk = (node: ts.Node) => {
    see(node);
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile('x.ts', scriptOf(source), ts.ScriptTarget.ESNext, true));
}

function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  visit(source, (node) => {
    if (ts.isImportDeclaration(node)) {
      const { importClause, moduleSpecifier } = node;
      const named = importClause?.namedBindings;
      const onlyTypes =
        importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
        (!importClause?.name &&
          named !== undefined &&
          ts.isNamedImports(named) &&
          named.elements.length > 0 &&
          named.elements.every((element) => element.isTypeOnly));
      found.push({ target: (moduleSpecifier as ts.StringLiteral).text, isType: onlyTypes });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier)
      found.push({ target: (node.moduleSpecifier as ts.StringLiteral).text, isType: node.isTypeOnly });
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      found.push({
        target: ts.isStringLiteral(node.arguments[0]!) ? node.arguments[0].text : '?',
        isType: false,
      });
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      found.push({ target: (node.argument.literal as ts.StringLiteral).text, isType: true });
  });
  return found;
}

/** What a file imports against the table, one sentence each. */
function forbiddenImports(source: Source): string[] {
  const from = zoneOf(source.path);
  const rule = rules[from];
  if (!rule) return [`${source.path}: no rule for ${from}; add one to the table`];
  return importsOf(source)
    .filter(({ target, isType }) => {
      if (target.endsWith('.css') || target.endsWith('/package.json')) return false;
      if (!target.startsWith('.')) return !rule.packages?.test(target);
      // The bridge takes the workers' code as text, and only as text.
      if (target.endsWith('?source')) return from !== 'bridge';
      const to = zoneOf(posix.join(posix.dirname(source.path), target));
      return to !== from && !rule.code.includes(to) && !(isType && rule.types?.includes(to));
    })
    .map(({ target, isType }) => `${source.path} may not import ${isType ? 'types of ' : ''}${target}`);
}

const isCallOf = (node: ts.Node, object: string, name: string) =>
  ts.isPropertyAccessExpression(node) &&
  node.name.text === name &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === object;

const isNew = (node: ts.Node, name: string): node is ts.NewExpression =>
  ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name;

/** What a file may not contain, by where it is. */
function forbiddenCode(source: Source): string[] {
  const { path, text } = source;
  const found: string[] = [];
  const isCore = path.startsWith('src/core/');
  const ban = (isBanned: boolean, what: string) => {
    if (isBanned) found.push(`${path} may not use ${what}`);
  };
  visit(source, (node) => {
    ban(isNew(node, 'Worker') && path !== 'src/bridge/spawn.ts', 'new Worker');
    ban(isNew(node, 'SharedWorker'), 'new SharedWorker');
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name } = node.expression;
      const first = node.arguments[0];
      ban(name.text === 'html', '.html(');
      ban(
        name.text === 'attr' && !!first && ts.isStringLiteral(first) && first.text === 'style',
        ".attr('style'",
      );
    }
    if (!isCore) return;
    ban(isCallOf(node, 'Math', 'random'), 'Math.random');
    ban(isCallOf(node, 'Date', 'now'), 'Date.now');
    ban(isNew(node, 'Date') && !node.arguments?.length, 'new Date()');
    ban(ts.isIdentifier(node) && /^(fetch|console)$/.test(node.text), 'fetch or console');
  });
  for (const { target } of importsOf(source)) ban(target === '@tensorflow/tfjs', '@tensorflow/tfjs');
  if (path.endsWith('.svelte')) {
    ban(/\{@html\b/.test(text), '{@html');
    ban(
      /\sstyle=(?:"[^"{]*"|'[^'{]*'|[^\s"'{>]+)/.test(text.replace(/<script.*?<\/script>/gs, '')),
      'style="…"',
    );
  }
  return found;
}

const house = [...filesIn('src'), ...filesIn('workers')];

describe('the table of imports', () => {
  test('holds for every file', () => {
    expect(house.length).toBeGreaterThan(50);
    expect(house.flatMap(forbiddenImports)).toEqual([]);
  });

  test.each([
    ['src/core/4-decisions/x.ts', "import { kmeans } from '../3-models/kmeans';"],
    ['src/core/1-collect/x.ts', "import type { Feature } from '../2-features/feature-table';"],
    ['src/core/kit/x.ts', "export { x } from '../1-collect/x';"],
    ['src/core/2-features/x.ts', "import * as tf from '@tensorflow/tfjs-core';"],
    ['src/core/3-models/x.ts', "const later = import('../../storage/store');"],
    ['src/storage/x.ts', "import { type A, b } from '../core/1-collect/x';"],
    ['src/views/start/X.svelte', '<script lang="ts">import { a } from \'../../pipeline\';</script>'],
    ['src/state/x.ts', "import { segment } from '../core/3-models/segment';"],
    ['src/pipeline.ts', "import source from '../workers/models.worker.ts?source';"],
    ['src/bridge/x.ts', "import { api } from '../../workers/models.worker';"],
    ['src/somewhere/x.ts', ''],
  ])('%s refuses %s', (path, text) => expect(forbiddenImports({ path, text })).toHaveLength(1));

  test.each([
    ['src/core/4-decisions/x.ts', "import type { Segment } from '../3-models/results/segmentation';"],
    ['src/core/4-decisions/x.ts', "import { type Segment } from '../3-models/results/segmentation';"],
    ['src/bridge/x.ts', "export { default as s } from '../../workers/models.worker.ts?source';"],
    ['src/views/start/X.svelte', "<script>import { a } from '../../state/a.svelte';</script>"],
    ['workers/models.worker.ts', "import { segment } from '../src/core/3-models/clusters/segment';"],
  ])('%s allows %s', (path, text) => expect(forbiddenImports({ path, text })).toEqual([]));
});

describe('what code may not do', () => {
  test('no file does it', () => expect(house.flatMap(forbiddenCode)).toEqual([]));

  test.each([
    ['src/core/kit/x.ts', 'const a = Math.random();'],
    ['src/core/kit/x.ts', 'const a = Date.now();'],
    ['src/core/kit/x.ts', 'const a = new Date();'],
    ['src/core/kit/x.ts', "fetch('x');"],
    ['src/core/kit/x.ts', "console.log('x');"],
    ['src/state/x.ts', "new Worker('x');"],
    ['src/views/x.ts', "select(node).html('x');"],
    ['src/views/x.ts', "select(node).attr('style', 'x');"],
    ['workers/x.ts', "import '@tensorflow/tfjs';"],
    ['src/views/X.svelte', '<p>{@html text}</p>'],
    ['src/views/X.svelte', '<p style="color: red">x</p>'],
  ])('%s may not hold %s', (path, text) => expect(forbiddenCode({ path, text })).toHaveLength(1));

  test('the core may make dates from numbers, and a view may set a style from a value', () => {
    expect(forbiddenCode({ path: 'src/core/kit/x.ts', text: '// Math.random\nnew Date(0);' })).toEqual([]);
    expect(
      forbiddenCode({ path: 'src/views/X.svelte', text: '<p style:color={c} style="left: {x}px">' }),
    ).toEqual([]);
  });
});

test('the top level holds nothing but what belongs there', () => {
  const made = ['.git', 'node_modules', 'dist', 'out', '.svelte-kit'];
  const found = readdirSync(root).filter((name) => !made.includes(name) && !name.endsWith('.log'));
  expect(found.sort()).toEqual([
    '.ci',
    '.gitignore',
    'LICENSE',
    'README.md',
    'index.html',
    'package-lock.json',
    'package.json',
    'src',
    'test',
    'tsconfig.json',
    'vite.config.ts',
    'workers',
  ]);
});
