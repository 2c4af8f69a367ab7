import type { Identity } from './canonical';
import {
  createNameReader,
  holdsSeveral,
  normalEmail,
  whoColumns,
  whoKeys,
  type WhoColumns,
} from './contact-keys';
import { customerTexts } from './customer-ids';
import { createMerger, type Merger } from './merge-people';
import type { ReadTable } from './read-table';
import { spreadIndexes } from './spread-columns';

/** Everybody who stands in the files: `ids` are what each is called; by row of a table who it is, -1 = nobody. */
export type People = { ids: string[]; rowsOf(table: ReadTable): Int32Array; identity: Identity };

type Source = { table: ReadTable; who: WhoColumns; keys: ReturnType<typeof whoKeys>; system: number };

/**
 * Who is who across files: the same id, e-mail or phone is the same person unless something speaks against it (see
 * `createMerger`); a name alone joins nobody.
 * `apart` are keys of merges that were taken back.
 */
export function findPeople(tables: ReadTable[], apart: readonly string[]): People {
  const columns = tables.map(whoColumns);
  const known = knownIds(columns);
  const sources = columns.map((who, i) => ({
    table: tables[i]!,
    who,
    keys: whoKeys(who, (id) => known.has(id)),
    system: 0,
  }));
  numberSystems(sources);
  const merger = createMerger(new Set(apart));
  const nodes = new Map(sources.map((source) => [source.table.index, nodesOf(source, merger)] as const));
  const { ids, person, identity } = merger.settle();
  for (const rows of nodes.values())
    for (let row = 0; row < rows.length; row++) rows[row] = rows[row]! < 0 ? -1 : person[rows[row]!]!;
  const rowsOf = (table: ReadTable) => nodes.get(table.index) ?? new Int32Array(table.profile.nRows).fill(-1);
  return { ids, rowsOf, identity };
}

/** Ids that stand alone in their cells; asked for only where others do not. */
function knownIds(columns: WhoColumns[]): Set<string> {
  const ids = columns.flatMap(({ id }) => id ?? []);
  if (!ids.some(holdsSeveral)) return new Set();
  return new Set(ids.filter((id) => !holdsSeveral(id)).flatMap(customerTexts));
}

/** Ids that many buy under who have none: where an e-mail or phone stands beside, that tells them apart. */
const nobody = /^(0+|-1|guest|guest user|anonymous|unknown|none|gast|invit[eé]|invitado|undefined)$/i;

/** By row the strongest thing known of who it is: id, else e-mail, else phone; all of it goes to the merger. */
function nodesOf({ table, who, keys, system }: Source, merger: Merger): Int32Array {
  const { nRows, fileName } = table.profile;
  // Some write an id where they have one and an e-mail where they have none.
  const mailIds = who.email ? [] : keys.ids.map((id) => (id.includes('@') ? normalEmail(id) : ''));
  const idNodes = keys.ids.map((id, code) =>
    id === '' || mailIds[code] || who.id!.profile.counts[code] === 0
      ? -1
      : merger.id(id, system, table.index),
  );
  const hasEmails = who.email !== undefined || mailIds.some((email) => email !== '');
  if (who.id && !hasEmails && !who.phone) return spreadIndexes(who.id.profile.codes, idNodes);
  const emails = (who.email ? keys.emails : mailIds).map((email) =>
    email === '' ? -1 : merger.email(email),
  );
  const phones = keys.phones.map((phone) => (phone === '' ? -1 : merger.phone(phone)));
  const isNobody = keys.ids.map((id) => nobody.test(id));
  const names = createNameReader(who.names);
  const at = (column: WhoColumns['id'], nodes: number[], row: number) =>
    column ? nodes[column.profile.codes[row]!]! : -1;
  const rows = new Int32Array(nRows);
  // What was last said of each: an order of several rows, or a customer of several orders, says the same again.
  const lastEmail = new Int32Array(merger.size()).fill(-2);
  const lastPhone = new Int32Array(merger.size()).fill(-2);
  const lastName = new Float64Array(merger.size()).fill(-2);
  for (let row = 0; row < nRows; row++) {
    const email = at(who.email ?? who.id, emails, row);
    const phone = at(who.phone, phones, row);
    const isNamed = email >= 0 || phone >= 0;
    const id = isNamed && who.id && isNobody[who.id.profile.codes[row]!] ? -1 : at(who.id, idNodes, row);
    const anchor = id >= 0 ? id : email >= 0 ? email : phone;
    rows[row] = anchor;
    if (anchor < 0) continue;
    const name = names.codeOf(row);
    if (lastEmail[anchor] === email && lastPhone[anchor] === phone && lastName[anchor] === name) continue;
    lastEmail[anchor] = email;
    lastPhone[anchor] = phone;
    lastName[anchor] = name;
    merger.note({ anchor, email, phone, name: names.at(row), file: fileName });
  }
  return rows;
}

/** How many ids two files must share, with an e-mail each, before their e-mails can say that the ids are not the same. */
const MIN_COMPARED = 3;

/** Ids of two programs may be the same numbers for other people: then most of them have other e-mails. */
function numberSystems(sources: Source[]): void {
  if (sources.length < 2) return;
  const emails = sources.map(emailById);
  sources.forEach((source, s) => {
    const disagrees = (other: number) => {
      let compared = 0;
      let same = 0;
      for (const [id, email] of emails[s]!) {
        const theirs = emails[other]!.get(id);
        if (theirs === undefined) continue;
        compared++;
        if (theirs === email) same++;
      }
      return compared >= MIN_COMPARED && same * 2 < compared;
    };
    let system = 0;
    while (sources.some((other, o) => o < s && other.system === system && disagrees(o))) system++;
    source.system = system;
  });
}

function emailById({ table, who, keys }: Source): Map<string, string> {
  const found = new Map<string, string>();
  const { id, email } = who;
  if (!id || !email) return found;
  for (let row = 0; row < table.profile.nRows; row++) {
    const text = keys.ids[id.profile.codes[row]!]!;
    const mail = keys.emails[email.profile.codes[row]!]!;
    if (text !== '' && mail !== '' && !found.has(text)) found.set(text, mail);
  }
  return found;
}
