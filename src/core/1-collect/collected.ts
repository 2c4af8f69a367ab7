import type {
  Accounts,
  Coded,
  Consent,
  Deals,
  Events,
  Evidence,
  Identity,
  Subscriptions,
  Surveys,
  Touches,
} from './canonical';
import type { Delimiter, Encoding, FileFormat, RefusedRow } from './raw-table';

/** What a column is for, whatever kind of table it stands in. */
export type Role =
  // who
  | 'customer'
  | 'email'
  | 'phone'
  | 'name'
  | 'account'
  | 'consent'
  // orders and their lines
  | 'order'
  | 'time'
  | 'amount'
  | 'price'
  | 'listPrice'
  | 'quantity'
  | 'discount'
  | 'shipping'
  | 'tax'
  | 'refunded'
  | 'currency'
  | 'coupon'
  | 'channel'
  | 'product'
  | 'category'
  | 'country'
  | 'status'
  // subscriptions
  | 'plan'
  | 'start'
  | 'trialEnd'
  | 'end'
  | 'interval'
  | 'reason'
  // behaviour, feedback, sales
  | 'event'
  | 'session'
  | 'score'
  | 'comment'
  | 'stage'
  | 'segment'
  | 'claim'
  // anything else that describes a customer, and nothing at all
  | 'attribute'
  | 'ignore';

export type ColumnType = 'number' | 'date' | 'text';
export type DateOrder = 'ymd' | 'dmy' | 'mdy';
/**
 * 'lines': order lines, or orders where a row is a whole order; 'items': lines whose customer and date stand in an
 * orders file; 'customers': one row a customer; 'products': one row a product; 'other': kept and reported, not used.
 */
export type TableKind =
  | 'lines'
  | 'items'
  | 'customers'
  | 'products'
  | 'subscriptions'
  | 'events'
  | 'touches'
  | 'surveys'
  | 'deals'
  | 'evidence'
  | 'other';

/** What a value tells about a person, where it does. */
export type PersonalKind = 'name' | 'email' | 'phone' | 'card' | 'address' | 'birthday' | 'ip';

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
  personal?: PersonalKind;
  /** Its values are keyed hashes: what the file said was never stored. */
  isHashed?: boolean;
  /** True of the day of the export ("Total Spent"): never used for features as of an earlier date. */
  isSnapshot?: boolean;
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

export type CollectSettings = {
  refunds: RefundPolicy;
  decisions: ColumnDecision[];
  answers: RoleAnswer[];
  /** IANA name of the clock that days and hours are told by; absent = UTC. Times without an offset are on it already. */
  timeZone?: string;
  /** What money is told in, and what one unit of every other currency is worth in it; absent = one currency only. */
  currency?: { report: string; rates: { code: string; rate: number }[] };
  /** Whether an order's money holds tax and shipping where the file tells them apart; absent = as the file has it. */
  tax?: 'with' | 'without';
  shipping?: 'with' | 'without';
  /** Faults mended, in the order in which they were; absent = none. */
  fixes?: AppliedFix[];
  /** Keys of merges of customers that were taken back; absent = none. */
  apart?: string[];
};

/** A mend of one kind of fault in one column (null = whole rows) of one file, by position. */
export type AppliedFix = { fault: string; file: number; column: number | null };

/** How a fault would be or was mended: what is done in words, rows touched; `isSafe` = nothing is lost or guessed. */
export type Fix = AppliedFix & { label: string; rows: number; isSafe: boolean; isApplied: boolean };

export type QualityDimension =
  'completeness' | 'uniqueness' | 'validity' | 'consistency' | 'timeliness' | 'volume';

/** A question the app will not guess: one sentence, the columns to choose from, and the role an answer settles. */
export type Question = {
  file: string;
  role: Role;
  sentence: string;
  candidates: string[];
  /** Why the first candidate is the likeliest, where one is. */
  why?: string;
};

/** Something about the data a person should know; `rows` counts rows touched. */
export type Issue = {
  kind: string;
  severity: 'info' | 'warning' | 'blocking';
  sentence: string;
  /** The sentence in short, where the verdict needs no more. */
  brief?: string;
  rows: number;
  example: { file: string; row: number; column: string; value: string } | null;
  dimension?: QualityDimension;
  fix?: Fix;
};

/** How good the data is, 0 to 100: all in all and one by one; `formula` says how it is worked out. */
export type QualityScore = {
  overall: number;
  dimensions: { dimension: QualityDimension; score: number }[];
  formula: string;
};

export type FileCheck = {
  name: string;
  /** The export it was recognised as: "Shopify orders"; null = none of those known. */
  source: { id: string; label: string } | null;
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
  /** Absent where nothing could be examined. */
  score?: QualityScore;
  /** Ids taken for one customer, and those that were kept apart although they share something. */
  identity?: Identity;
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
  /** Columns of the customer table that could be a label: two values, both present. `isProtected`: age, sex, faith … */
  labelCandidates: { column: string; values: string[]; isProtected?: true }[];
  /** Columns named like a label in which everybody has one value. Absent in older checks. */
  oneSidedLabels?: { column: string; value: string }[];
  /** The label to ask about where nobody has asked; null where none suggests itself. Absent in older checks. */
  usualLabel?: { column: string; value: string } | null;
  /** What else could be foretold: subscriptions, and events by name with who did them. Absent in older checks. */
  datedTargets?: {
    subscriptions: { n: number; nEnded?: number; hasEnds: boolean; hasPrices: boolean } | null;
    events: { name: string; customers: number; times: number }[];
    /** Customers who refused to be profiled; in none of these counts. Absent where nobody did. */
    nRefused?: number;
  };
  /** SHA-256 (hex) over the stored columns: same data, same hash, whatever the file was called. */
  dataHash: string;
};

/** Lines sorted as in the files. `customer`, `order`, `product` index ids; -1 = none. `time` is ms on the project's clock. */
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
  /** What their codes stand for. */
  productNames?: string[];
  categoryNames?: string[];
  /** 1 where the line takes money back: a cancellation, a refund, a negative quantity or amount. */
  isRefund: Uint8Array;
  /** What the line would have cost at the list price. */
  listAmount?: Float64Array;
  /** False where no file says what was paid: amounts are all zero then. Absent = true. */
  isPaid?: boolean;
  /** Where each line was read: the file (in the order of DataCheck.files) and its row, counted like a spreadsheet. */
  source?: { file: Uint16Array; row: Int32Array };
  channel?: Coded;
  coupon?: Coded;
};

/**
 * One attribute of the customers, aligned with `customerIds`: numbers (NaN missing) or categories (-1 missing). `isLast`:
 * its table's last column. `isOutcome`: tells what became of them, so that no groups are made from it unless asked.
 */
export type CustomerAttribute = {
  name: string;
  source: string;
  /** A category that goes as one number instead of a yes or no for each value. */
  encodedBy?: 'frequencyEncode' | 'targetEncode';
  isSnapshot?: boolean;
  isLast?: true;
  isOutcome?: true;
} & ({ kind: 'number'; values: Float64Array } | { kind: 'category'; codes: Int32Array; levels: string[] });

/** Canonical tables, ready for features. `lines` is null when there are no dated orders. */
export type Collected = {
  customerIds: string[];
  lines: OrderLines | null;
  attributes: CustomerAttribute[];
  /** First and last order time, ms on the project's clock; NaN without orders. */
  from: number;
  to: number;
  identity?: Identity;
  subscriptions?: Subscriptions;
  events?: Events;
  touches?: Touches;
  surveys?: Surveys[];
  deals?: Deals;
  accounts?: Accounts;
  evidence?: Evidence[];
  consents?: Consent[];
};
