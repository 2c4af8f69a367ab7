import type { Delimiter, Encoding, FileFormat, RefusedRow } from './raw-table';

/** What a column is for. Order-line tables use all; a customer table uses 'customer' and 'attribute'. */
export type Role =
  | 'customer'
  | 'order'
  | 'time'
  | 'amount'
  | 'price'
  | 'quantity'
  | 'discount'
  | 'product'
  | 'category'
  | 'country'
  | 'status'
  | 'attribute'
  | 'ignore';

export type ColumnType = 'number' | 'date' | 'text';
export type DateOrder = 'ymd' | 'dmy' | 'mdy';
/** 'lines': order lines; 'customers': one row a customer; 'other': kept and reported, not used yet. */
export type TableKind = 'lines' | 'customers' | 'other';

/** One column's decisions, each taken over all values, each changeable by the person. */
export type ColumnReading = {
  name: string;
  type: ColumnType;
  decimal?: '.' | ',';
  dateOrder?: DateOrder;
  /** Why this type, in words: "kept as text: 37% start with 0". */
  why: string;
  role: Role;
  /** 0..1; below 0.8 the app asks. */
  roleConfidence: number;
  roleWhy: string;
  missing: number;
  distinct: number;
  /** Values that do not fit the type, most frequent first (at most 20 distinct), left empty. */
  unreadable: { value: string; rows: number; firstRow: number }[];
  /** Up to three before -> after pairs. */
  examples: { written: string; read: string }[];
};

/** What the person settled: wins over what was recognised. Keyed by position, never by name. */
export type ColumnDecision = {
  file: number;
  column: number;
  type?: ColumnType;
  decimal?: '.' | ',';
  dateOrder?: DateOrder;
  role?: Role;
};

/** `--map ROLE=COLUMN`, or an answer on the Data screen: by column name, in whichever file has it. */
export type RoleAnswer = { role: Role; column: string };

export type RefundPolicy = 'net' | 'drop';

export type CollectSettings = { refunds: RefundPolicy; decisions: ColumnDecision[]; answers: RoleAnswer[] };

/** A question the app will not guess: one sentence, the columns to choose from, and the role an answer settles. */
export type Question = { file: string; role: Role; sentence: string; candidates: string[] };

/** Something about the data a person should know; `rows` counts rows touched. */
export type Issue = {
  kind: string;
  severity: 'info' | 'warning' | 'blocking';
  sentence: string;
  /** The sentence in short, where the verdict needs no more. */
  brief?: string;
  rows: number;
  example: { file: string; row: number; column: string; value: string } | null;
};

export type FileCheck = {
  name: string;
  format: FileFormat;
  encoding: Encoding;
  delimiter: Delimiter;
  hasHeader: boolean;
  kind: TableKind;
  bytes: number;
  /** rowsRead = rowsUsed + rowsReported, always. */
  rowsRead: number;
  rowsUsed: number;
  rowsReported: number;
  columns: ColumnReading[];
};

/** The contract behind data-check.json and the Data screen. Dates are ISO days (UTC), money is in the file's currency. */
export type DataCheck = {
  files: FileCheck[];
  issues: Issue[];
  questions: Question[];
  refused: RefusedRow[];
  totals: {
    customers: number;
    orders: number;
    lines: number;
    revenue: number;
    from: string | null;
    to: string | null;
  };
  /** First answer of the Data screen and what this data can and cannot do, one sentence each. */
  verdict: string;
  can: string[];
  cannot: string[];
  /** Columns of the customer table that could be a label: two values, both present. */
  labelCandidates: { column: string; values: string[] }[];
  /** SHA-256 (hex) over the stored columns: same data, same hash, whatever the file was called. */
  dataHash: string;
};

/** Lines sorted as in the files. `customer`, `order`, `product` index ids; -1 = none. `time` is ms UTC. */
export type OrderLines = {
  nRows: number;
  customer: Int32Array;
  order: Int32Array;
  nOrders: number;
  time: Float64Array;
  amount: Float64Array;
  quantity: Float64Array | null;
  discount: Float64Array | null;
  product: Int32Array | null;
  nProducts: number;
  category: Int32Array | null;
  nCategories: number;
  /** 1 where the line takes money back: a cancellation, a refund, a negative quantity or amount. */
  isRefund: Uint8Array;
};

/** One attribute of the customers, aligned with `customerIds`: numbers (NaN missing) or categories (-1 missing). */
export type CustomerAttribute =
  | { name: string; kind: 'number'; values: Float64Array; source: string }
  | { name: string; kind: 'category'; codes: Int32Array; levels: string[]; source: string };

/** Canonical tables, ready for features. `lines` is null when there are no dated orders. */
export type Collected = {
  customerIds: string[];
  lines: OrderLines | null;
  attributes: CustomerAttribute[];
  /** First and last order time, ms UTC; NaN without orders. */
  from: number;
  to: number;
};
