import type { IdentityConflict, IdentityMerge } from './canonical';
import { countFew, type Few, hasValue, noValues, withValue } from './few';
import { maskPersonal } from './mask-personal';
import { TextMap } from './text-map';
import { count } from './wording';

/**
 * What one row says of a person: `anchor` is the strongest of id, e-mail and phone; nodes of the merger, -1 = nothing;
 * the name as `normalName` writes it.
 */
type PersonNote = { anchor: number; email: number; phone: number; name: string; file: string };

type Kind = 'id' | 'email' | 'phone';
const kinds: Kind[] = ['id', 'email', 'phone'];
type Node = {
  kind: Kind;
  text: string;
  system: number;
  /** Files in which an id stands, a bit each. */
  tables: number;
  emails: Few<number>;
  phones: Few<number>;
  names: Few<string>;
};
/** Who uses an e-mail or a phone: anchors are the strongest thing known of each of them. */
type Contact = { node: number; anchors: Few<number>; isBare: boolean; files: ReadonlySet<string> };

export type Merger = ReturnType<typeof createMerger>;

/**
 * Joins people by what they share. An e-mail joins all that use it, unless two customer numbers of one kind share it:
 * then their names must be the same too or, where a name is missing, their phones. A phone joins only where names are
 * the same, or one side is nothing but a phone. Two customer numbers of one kind never meet any other way.
 */
export function createMerger(apart: ReadonlySet<string>) {
  /** Numbers of the nodes by text, for each kind and system. */
  const numbers = new Map<string, TextMap<number>>();
  const nodes: Node[] = [];
  const contacts = new Map<number, Contact>();
  const add = (kind: Kind, text: string, system = 0): number => {
    const key = `${kind} ${system}`;
    const ofKind = numbers.get(key) ?? new TextMap<number>();
    if (ofKind.size === 0) numbers.set(key, ofKind);
    let node = ofKind.get(text);
    if (node !== undefined) return node;
    node =
      nodes.push({ kind, text, system, tables: 0, emails: noValues, phones: noValues, names: noValues }) - 1;
    ofKind.set(text, node);
    return node;
  };
  /** Nearly all stand in one file: they share its set. */
  const alone = new Map<string, ReadonlySet<string>>();
  const meet = (node: number, anchor: number, file: string): void => {
    if (!alone.has(file)) alone.set(file, new Set([file]));
    const files = alone.get(file)!;
    let contact = contacts.get(node);
    if (!contact) contacts.set(node, (contact = { node, anchors: noValues, isBare: false, files }));
    if (!contact.files.has(file)) contact.files = new Set([...contact.files, file]);
    if (anchor === node) contact.isBare = true;
    else contact.anchors = withValue(contact.anchors, anchor);
  };
  return {
    id(text: string, system: number, table: number): number {
      const node = add('id', text, system);
      nodes[node]!.tables |= 1 << (table & 31);
      return node;
    },
    email: (text: string) => add('email', text),
    phone: (text: string) => add('phone', text),
    size: () => nodes.length,
    note({ anchor, email, phone, name, file }: PersonNote): void {
      const known = nodes[anchor]!;
      if (name !== '') known.names = withValue(known.names, name);
      if (email >= 0) known.emails = withValue(known.emails, email);
      if (phone >= 0) known.phones = withValue(known.phones, phone);
      if (email >= 0) meet(email, anchor, file);
      if (phone >= 0) meet(phone, anchor, file);
    },
    settle: () => settle(nodes, [...contacts.values()], apart),
  };
}

const share = <T>(a: Few<T>, b: Few<T>): boolean => {
  for (const value of a) if (hasValue(b, value)) return true;
  return false;
};
const rankOf = ({ kind }: Node): number => kinds.indexOf(kind);
const isKnown = (a: Node, b: Node): boolean => countFew(a.names) > 0 && countFew(b.names) > 0;

/** Letters before the digits and the length, short numbers as one: what tells the ids of one program from another's. */
const shapeOf = (text: string): string => {
  const [letters = ''] = /^[^\d]*/.exec(text)!;
  return letters.length === 0 && text.length <= 8 ? 'short' : `${letters.toLowerCase()} ${text.length}`;
};
const isOneKind = (a: Node, b: Node): boolean =>
  a.kind === 'id' &&
  b.kind === 'id' &&
  ((a.tables & b.tables) !== 0 || (a.system === b.system && shapeOf(a.text) === shapeOf(b.text)));

/** One of two names may leave words out ("Ann" and "Ann Smith"); "Ann Smith" and "Bob Smith" are two people. */
const isLikeName = (a: string, b: string): boolean => {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  const words = new Set(many.split(' '));
  return few.split(' ').every((word) => words.has(word));
};

/** Two ids of one kind are one person only with the same e-mail and the same name, or phone where no name is known. */
const isSameOfKind = (a: Node, b: Node): boolean =>
  share(a.emails, b.emails) && (isKnown(a, b) ? share(a.names, b.names) : share(a.phones, b.phones));

const areNamesAtOdds = (a: Node, b: Node): boolean =>
  isKnown(a, b) && ![...a.names].some((one) => [...b.names].some((other) => isLikeName(one, other)));

/** More people than this on one e-mail or phone are a shop's counter, not a family: nobody is joined by it. */
const MAX_SHARERS = 50;

function settle(nodes: Node[], contacts: Contact[], apart: ReadonlySet<string>) {
  const parent = Int32Array.from(nodes, (_, i) => i);
  /** Of each root that others have joined. */
  const members = new Map<number, number[]>();
  const membersOf = (node: number): number[] => members.get(node) ?? [node];
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const mayJoin = (a: number, b: number): boolean =>
    membersOf(a).every((one) =>
      membersOf(b).every(
        (other) => !isOneKind(nodes[one]!, nodes[other]!) || isSameOfKind(nodes[one]!, nodes[other]!),
      ),
    );
  const join = (a: number, b: number): boolean => {
    const [first, second] = [Math.min(root(a), root(b)), Math.max(root(a), root(b))];
    if (first === second) return true;
    if (!mayJoin(first, second)) return false;
    parent[second] = first;
    const joined = membersOf(first);
    joined.push(...membersOf(second));
    members.set(first, joined);
    members.delete(second);
    return true;
  };
  const merges: IdentityMerge[] = [];
  const conflicts: IdentityConflict[] = [];
  const inOrder = (by: 'email' | 'phone') =>
    contacts
      .filter(
        ({ node, anchors, isBare }) => nodes[node]!.kind === by && countFew(anchors) + (isBare ? 1 : 0) > 1,
      )
      .sort((a, b) => (nodes[a.node]!.text < nodes[b.node]!.text ? -1 : 1));
  for (const by of ['email', 'phone'] as const)
    for (const contact of inOrder(by)) {
      const { text: value } = nodes[contact.node]!;
      const key = `${by}:${value}`;
      const anchors = [...contact.anchors].sort((a, b) => (nodes[a]!.text < nodes[b]!.text ? -1 : 1));
      if (apart.has(key) || anchors.length === 0) continue;
      const joined = joinSharers(by, anchors, nodes, join);
      if (new Set(anchors.map(root)).size === 1) {
        if (contact.isBare && join(anchors[0]!, contact.node)) joined.add(contact.node).add(anchors[0]!);
      } else conflicts.push(conflictOf(by, value, anchors, nodes));
      const ids = [...joined]
        .sort((a, b) => rankOf(nodes[a]!) - rankOf(nodes[b]!))
        .map((node) => nodes[node]!.text);
      if (ids.length > 1) merges.push({ key, ids, by, value, files: [...contact.files] });
    }
  return { ...callPeople(nodes, root), identity: { merges, conflicts } };
}

/** Joins, of those who share one e-mail or phone, every pair that nothing speaks against; returns who was joined. */
function joinSharers(
  by: 'email' | 'phone',
  anchors: number[],
  nodes: Node[],
  join: (a: number, b: number) => boolean,
): Set<number> {
  const joined = new Set<number>();
  if (anchors.length > MAX_SHARERS) return joined;
  const pairs = anchors.flatMap((a, i) => anchors.slice(i + 1).map((b) => [a, b] as const));
  const isMixed = pairs.some(([a, b]) => areNamesAtOdds(nodes[a]!, nodes[b]!));
  for (const [a, b] of pairs) {
    const [one, other] = [nodes[a]!, nodes[b]!];
    const isSame = isOneKind(one, other)
      ? isSameOfKind(one, other)
      : by === 'phone' || isMixed
        ? isKnown(one, other) && share(one.names, other.names)
        : true;
    if (isSame && join(a, b)) joined.add(a).add(b);
  }
  return joined;
}

function conflictOf(
  by: 'email' | 'phone',
  value: string,
  anchors: number[],
  nodes: Node[],
): IdentityConflict {
  const ids = anchors.map((anchor) => nodes[anchor]!.text);
  const shown = ids.slice(0, 3).join(', ');
  const more = ids.length > 3 ? ` and ${count(ids.length - 3)} more` : '';
  const what = by === 'email' ? 'e-mail' : 'phone';
  const sentence = `${shown}${more} share the ${what} ${maskPersonal(by, value)} and nothing else says that they are one person; kept apart.`;
  return { ids, by, value, sentence };
}

/** A person is called by the first id, else by the e-mail, else by the phone; the same number of two programs is told apart. */
function callPeople(nodes: Node[], root: (node: number) => number) {
  const best = new Int32Array(nodes.length).fill(-1);
  const roots: number[] = [];
  nodes.forEach(({ kind }, node) => {
    const at = root(node);
    const known = best[at]!;
    if (known < 0) roots.push(at);
    if (known < 0 || kinds.indexOf(kind) < rankOf(nodes[known]!)) best[at] = node;
  });
  const called = roots.map((at) => nodes[best[at]!]!);
  const [first] = called;
  // Texts of one kind and system are different ones.
  const areApart = called.every(({ kind, system }) => kind === first!.kind && system === first!.system);
  const texts = called.map(({ text }) => text);
  const numbers = new Int32Array(nodes.length);
  roots.forEach((at, number) => (numbers[at] = number));
  return {
    ids: areApart ? texts : tellApart(texts),
    person: Int32Array.from(nodes, (_, node) => numbers[root(node)]!),
  };
}

function tellApart(texts: string[]): string[] {
  const used = new TextMap<number>();
  return texts.map((text) => {
    const n = (used.get(text) ?? 0) + 1;
    used.set(text, n);
    return n === 1 ? text : `${text} (${n})`;
  });
}
