/** A value as it was written: a string, the text of a number or true or false, nothing, a list, an object in order. */
export type Tree = string | Bare | null | Tree[] | Entries;
export class Bare {
  constructor(readonly text: string) {}
}
export class Entries {
  constructor(readonly list: [string, Tree][]) {}
}

const MAX_DEPTH = 64;

/** Parses one JSON value; numbers keep every digit. Throws a SyntaxError whose message goes behind "the row". */
export function parseTree(text: string): Tree {
  const reader = new TreeReader(text);
  const tree = reader.value(0);
  reader.end();
  return tree;
}

class TreeReader {
  private at = 0;
  constructor(private readonly text: string) {}

  value(depth: number): Tree {
    if (depth > MAX_DEPTH) throw new SyntaxError(`is nested deeper than ${MAX_DEPTH} levels`);
    const sign = this.peek();
    if (sign === '"') return this.string();
    if (sign === '{') return this.object(depth);
    if (sign === '[') return this.list(depth);
    return this.bare();
  }

  end(): void {
    if (this.peek() !== '') this.fail();
  }

  /** The next sign that is not a blank, '' at the end. */
  private peek(): string {
    while (this.text.charCodeAt(this.at) <= 32) this.at++;
    return this.text[this.at] ?? '';
  }

  private fail(): never {
    const found = this.text.slice(this.at, this.at + 20);
    throw new SyntaxError(found === '' ? 'breaks off' : `is no JSON from ${JSON.stringify(found)} on`);
  }

  private take(sign: string): boolean {
    if (this.peek() !== sign) return false;
    this.at++;
    return true;
  }

  private string(): string {
    const start = this.at++;
    let isPlain = true;
    for (; ; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === 34) break;
      if (Number.isNaN(code)) this.fail();
      if (code === 92) {
        isPlain = false;
        this.at++;
      }
    }
    this.at++;
    if (isPlain) return this.text.slice(start + 1, this.at - 1);
    return unescape(this.text.slice(start + 1, this.at - 1));
  }

  private object(depth: number): Entries {
    this.at++;
    const list: [string, Tree][] = [];
    if (this.take('}')) return new Entries(list);
    for (;;) {
      if (this.peek() !== '"') this.fail();
      const key = this.string();
      if (!this.take(':')) this.fail();
      list.push([key, this.value(depth + 1)]);
      if (this.take('}')) return new Entries(list);
      if (!this.take(',')) this.fail();
    }
  }

  private list(depth: number): Tree[] {
    this.at++;
    const list: Tree[] = [];
    if (this.take(']')) return list;
    for (;;) {
      list.push(this.value(depth + 1));
      if (this.take(']')) return list;
      if (!this.take(',')) this.fail();
    }
  }

  private bare(): Bare | null {
    const start = this.at;
    bareWord.lastIndex = start;
    const word = bareWord.exec(this.text)?.[0];
    if (!word) this.fail();
    this.at += word.length;
    return word === 'null' || word === 'NaN' ? null : new Bare(word);
  }
}

// NaN and the infinities are no JSON, yet some exporters write them.
const bareWord = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|NaN|-?Infinity/y;

const escapes = new Map(Object.entries({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }));
const unescape = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, hex: string | undefined, sign: string) =>
    hex ? String.fromCharCode(parseInt(hex, 16)) : (escapes.get(sign) ?? sign),
  );

/** JSON text of a value, without blanks. */
export function printTree(tree: Tree): string {
  if (tree === null) return 'null';
  if (typeof tree === 'string') return JSON.stringify(tree);
  if (tree instanceof Bare) return tree.text;
  if (Array.isArray(tree)) return `[${tree.map(printTree).join(',')}]`;
  return `{${tree.list.map(([key, value]) => `${JSON.stringify(key)}:${printTree(value)}`).join(',')}}`;
}

/**
 * The cells of a value: an object's members get dotted names, a list of keys with values one name for each key, any
 * other list stays JSON text.
 */
export function flattenTree(path: string, tree: Tree, emit: (path: string, text: string) => void): void {
  if (tree === null) emit(path, '');
  else if (typeof tree === 'string') emit(path, tree);
  else if (tree instanceof Bare) emit(path, tree.text);
  else if (tree instanceof Entries)
    for (const [key, value] of tree.list) flattenTree(path === '' ? key : `${path}.${key}`, value, emit);
  else {
    const pairs = keyedValues(tree);
    if (pairs) for (const [key, value] of pairs) flattenTree(`${path}.${key}`, value, emit);
    else emit(path, tree.length === 0 ? '' : printTree(tree));
  }
}

const typedValue = /^(string|int|float|double|bool)_value$/;

/** [{key, value}, …] as pairs; of a value written once for each type (event exports) the one that is there. */
function keyedValues(list: Tree[]): [string, Tree][] | null {
  if (list.length === 0) return null;
  const pairs: [string, Tree][] = [];
  for (const item of list) {
    if (!(item instanceof Entries)) return null;
    let key: string | null = null;
    let value: Tree | undefined;
    for (const [name, tree] of item.list) {
      if (name === 'key' && typeof tree === 'string') key = tree;
      else if (name === 'value') value = tree;
      else if (name !== 'id') return null;
    }
    if (key === null || value === undefined) return null;
    pairs.push([key, oneOfTypes(value)]);
  }
  return pairs;
}

function oneOfTypes(value: Tree): Tree {
  if (!(value instanceof Entries) || !value.list.some(([name]) => typedValue.test(name))) return value;
  return value.list.find(([name, tree]) => typedValue.test(name) && tree !== null)?.[1] ?? null;
}
