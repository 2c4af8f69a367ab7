import type { PersonalKind, Role, TableKind } from '../collected';
import { headerKey } from '../header-key';

/** What a vendor's export looks like. All headers are written in words, as `headerKey` compares them; `a|b` = either. */
export type KnownExport = {
  id: string;
  /** "Shopify orders" */
  label: string;
  kind: TableKind;
  /** Each is enough: headers that stand together in this export and nowhere else; with `!` those that must not. */
  signatures: string[][];
  /** The headers of each role. Of those that one column alone can hold, the first that is filled counts. */
  roles: Partial<Record<Role, string>>;
  /** Headers with a part of their own: "Tax 1 Name", "plan (metadata)". Compared with the words, blanks kept. */
  patterns?: [RegExp, Role][];
  /** What columns not named above are: 'guess' = told by their own name and values. */
  others: 'attribute' | 'ignore' | 'guess';
  /** Where it is not plain from header and values. */
  personal?: Partial<Record<PersonalKind, string>>;
  /** True of the whole order and written on its first row only. */
  carried?: string;
  /** Rows that are nothing that happened: a trial of the till, a preview of the survey. */
  unmeant?: { column: string; values: RegExp }[];
  /** Why nothing can be made of this export, and what to export instead. */
  refusal?: string;
};

export const keysOf = (headers: string | undefined): string[] =>
  headers ? headers.split('|').map(headerKey) : [];
