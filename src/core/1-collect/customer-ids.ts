import type { Column } from './read-table';
import type { ColumnProfile } from './table-profile';
import { TextMap } from './text-map';

/** True when every id was written as a decimal fraction by a program that lost the type: "17850.0". */
export function hasPointZero({ levels, counts, isMissing }: ColumnProfile): boolean {
  let seen = false;
  for (let code = 0; code < levels.length; code++) {
    if (isMissing[code] || counts[code] === 0) continue;
    if (!/^\d+\.0$/.test(levels[code]!.trim())) return false;
    seen = true;
  }
  return seen;
}

/** The id each distinct text stands for, '' for none: trimmed, without a leading apostrophe or a trailing ".0". */
export function customerTexts({ profile }: Column): string[] {
  const isPointZero = hasPointZero(profile);
  return profile.levels.map((text, code) => {
    if (profile.isMissing[code]) return '';
    const id = text.trim().replace(/^'/, '').normalize('NFC');
    return isPointZero ? id.slice(0, -2) : id;
  });
}

/**
 * Numbers texts in order of first use; the same text is the same number whichever file it came from. `addNew` is for a
 * text known to be none of `texts`: where nothing else is asked, no table of all texts is needed.
 */
export type Index = {
  texts: string[];
  of(text: string): number;
  find(text: string): number;
  addNew(text: string): number;
};

export function createIndex(): Index {
  const codes = new TextMap<number>();
  const texts: string[] = [];
  const find = (text: string): number => {
    for (let code = codes.size; code < texts.length; code++) codes.set(texts[code]!, code);
    return codes.get(text) ?? -1;
  };
  const addNew = (text: string): number => texts.push(text) - 1;
  return {
    texts,
    find,
    addNew,
    of(text) {
      const known = find(text);
      return known >= 0 ? known : addNew(text);
    },
  };
}
