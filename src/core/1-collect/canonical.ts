/** Texts numbered in order of first use: row i holds `levels[codes[i]]`; -1 = nothing. */
export type Coded = { codes: Int32Array; levels: string[] };

/**
 * Two ids taken for one customer, and by what; `key` names the merge so that it can be taken back. A name alone never
 * merges.
 */
export type IdentityMerge = {
  key: string;
  ids: string[];
  by: 'email' | 'phone';
  value: string;
  files: string[];
};
/** Ids that share an e-mail or a phone and were kept apart all the same, and why. */
export type IdentityConflict = { ids: string[]; by: 'email' | 'phone'; value: string; sentence: string };
export type Identity = { merges: IdentityMerge[]; conflicts: IdentityConflict[] };

/** In all tables below `customer` indexes `customerIds` (-1 = nobody known); times are ms on the project's clock. */

/** `end` NaN = still running. */
export type Subscriptions = {
  nRows: number;
  customer: Int32Array;
  plan: Coded | null;
  start: Float64Array;
  trialEnd: Float64Array | null;
  end: Float64Array | null;
  /** Money for one interval. */
  amount: Float64Array | null;
  intervalDays: Float64Array | null;
  reason: Coded | null;
};

/** What people did, oldest first; a session ends after 30 minutes of silence. The same event twice counts once. */
export type Events = {
  nRows: number;
  customer: Int32Array;
  time: Float64Array;
  name: Coded;
  channel: Coded | null;
  session: Int32Array;
  nSessions: number;
  value: Float64Array | null;
  /** Rows of the files that repeated an event and were left out. */
  nRepeated: number;
};

/** What was sent to people and what they made of it. */
export type TouchKind = 'sent' | 'open' | 'click' | 'reply' | 'call' | 'unsubscribe';
export type Touches = {
  nRows: number;
  customer: Int32Array;
  time: Float64Array;
  channel: Coded;
  kinds: TouchKind[];
};

/** Answers; of several in one survey by the same person the latest. */
export type Surveys = {
  /** The file it came in. */
  name: string;
  nRows: number;
  customer: Int32Array;
  /** NaN where the file has no date. */
  time: Float64Array;
  kind: 'nps' | 'rating';
  scale: { min: number; max: number };
  /** NaN where it was left out. */
  score: Float64Array;
  comment: Coded | null;
  /** Groups of comments found by their words, named by them. */
  theme: Coded | null;
};

export type Deals = {
  nRows: number;
  customer: Int32Array;
  /** Indexes `Accounts.names`. */
  account: Int32Array | null;
  stage: Coded;
  outcome: ('open' | 'won' | 'lost')[];
  amount: Float64Array | null;
  time: Float64Array;
};

/** Companies the customers belong to: from a company column, else from their e-mail's domain unless that is a free mail. */
export type Accounts = { names: string[]; ofCustomer: Int32Array; source: 'column' | 'domain' };

/** A note or quote for or against what is claimed of a segment. */
export type Evidence = {
  segment: string;
  claim: string;
  quote: string;
  source: string;
  at: number;
  supports: boolean;
  /** Id of the customer it is from, where the note names one. */
  customer?: string;
};

/** Segments that people were coded into by hand: `codes[i]` is of customer `customers[i]`. */
export type Coding = { source: string; customers: Int32Array; codes: string[] };

/** By customer: 1 = agreed, 0 = refused or withdrawn, -1 = not said. Not said counts as no. */
export type Consent = { purpose: string; states: Int8Array; source: string };
