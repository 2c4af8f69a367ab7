import { AppError } from '../kit/errors';
import type { JsonLayout } from './json-frames';
import { Entries, parseTree } from './json-tree';

/** Where the rows of a JSON file are, and the other lists of objects in it. */
export type JsonFound = { layout: JsonLayout; others: string[] };

const decoder = new TextDecoder();

/** Whether text begins as JSON does and no table of cells would. */
export const looksLikeJson = (head: Uint8Array): boolean =>
  /^\s*(\{\s*["}]|\[\s*([[{"\]\d-]|null|true|false))/.test(decoder.decode(head.subarray(0, 4096)));

/** A list or object met on the way: `path` leads to it, `holds` is what its first member is. */
type Part = {
  path: string[];
  isList: boolean;
  holds: 'objects' | 'lists' | 'values' | 'none';
  bytes: number;
};

/** How rows lie in a JSON file, from its first bytes; `wanted` is the dotted path of the list to read. */
export function sniffJson(fileName: string, head: Uint8Array, wanted: string | undefined): JsonFound {
  const text = decoder.decode(head);
  if (holdsLines(text)) return { layout: { kind: 'lines' }, others: [] };
  const { parts, nTop } = outline(text);
  const top = parts[0]!;
  if (top.isList) {
    if (top.holds === 'none') throw new AppError('EmptyFile', fileName);
    if (top.holds !== 'objects')
      throw new AppError('NotATable', fileName, 'a JSON list without column names');
    return { layout: { kind: 'rows', path: [] }, others: [] };
  }
  if (nTop > 1) return { layout: { kind: 'rows', path: null }, others: [] };
  const tables = parts
    .filter((part) => part.isList && part.holds === 'objects' && part.path.every((key) => key !== ''))
    .sort((a, b) => b.bytes - a.bytes);
  const table = tables.find(({ path }) => path.join('.') === wanted) ?? tables[0];
  if (table) {
    const others = tables.filter((other) => other !== table).map(({ path }) => path.join('.'));
    return { layout: { kind: 'rows', path: table.path }, others };
  }
  const columns = parts.filter((part) => part.path.length === 1 && part.holds === 'values');
  const isColumns = columns.length > 0 && columns.length === parts.length - 1;
  return { layout: isColumns ? { kind: 'columns' } : { kind: 'rows', path: null }, others: [] };
}

/** The first line is an object of its own and another follows. */
function holdsLines(text: string): boolean {
  const [first, rest] = /^\s*([^\n]*)\n\s*(\S?)/.exec(text)?.slice(1) ?? [];
  if (!first || rest !== '{') return false;
  try {
    return parseTree(first) instanceof Entries;
  } catch {
    return false;
  }
}

const MAX_LEVELS = 5;
const sign = /["{}[\],:]|[^\s"{}[\],:]+/g;
const stringEnd = /(?:[^"\\]|\\.)*"/gsy;

/** The lists and objects not within a list, whether or not the text goes on to their ends. */
function outline(text: string): { parts: Part[]; nTop: number } {
  const parts: Part[] = [];
  const open: (Part | null)[] = [];
  const starts: number[] = [];
  let key = '';
  let isKeyNext = false;
  let nTop = 0;
  const see = (holds: Part['holds']) => {
    const parent = open.at(-1);
    if (parent && parent.holds === 'none') parent.holds = holds;
  };
  sign.lastIndex = 0;
  for (let m = sign.exec(text); m; m = sign.exec(text)) {
    const [found] = m;
    if (found === '{' || found === '[') {
      see(found === '{' ? 'objects' : 'lists');
      if (open.length === 0) nTop++;
      const parent = open.at(-1);
      const isFollowed =
        open.length === 0 ? nTop === 1 : parent && !parent.isList && open.length < MAX_LEVELS;
      const path = open.length === 0 ? [] : [...(parent?.path ?? []), key];
      const part: Part | null = isFollowed ? { path, isList: found === '[', holds: 'none', bytes: 0 } : null;
      if (part) parts.push(part);
      open.push(part);
      starts.push(m.index);
      isKeyNext = found === '{';
    } else if (found === '}' || found === ']') {
      const part = open.pop();
      const start = starts.pop() ?? 0;
      if (part) part.bytes = m.index - start;
      isKeyNext = false;
    } else if (found === ',') isKeyNext = open.at(-1)?.isList === false;
    else if (found === ':') isKeyNext = false;
    else if (found === '"') {
      stringEnd.lastIndex = sign.lastIndex;
      const string = stringEnd.exec(text)?.[0];
      if (string === undefined) break;
      sign.lastIndex += string.length;
      if (isKeyNext) key = string.slice(0, -1);
      else see('values');
    } else see('values');
  }
  open.forEach((part, i) => part && (part.bytes = text.length - starts[i]!));
  return { parts, nTop };
}
