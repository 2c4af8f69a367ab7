/** Every sentence a person can meet when something is wrong: what was wanted, then what was got, then what to do. */
const sentences = {
  TooFewRows: (nRows: number, needed: number) => `need at least ${needed} rows; got ${nRows}`,
  TooFewCustomers: (nCustomers: number, needed: number) =>
    `need at least ${needed} customers to find segments; got ${nCustomers}: add more customers${needed > 10 ? ', or ask for fewer segments' : ''}`,
  NotANumber: (got: number, row: number, column: number) =>
    `need a number in every cell; got ${Number.isNaN(got) ? 'an empty cell' : Number.isFinite(got) ? 'too large a number' : 'an infinite number'} in row ${row}, column ${column}: fill it or leave the column out`,
  UnfitWeights: (needed: number, got: number[]) =>
    `need ${needed} ${needed === 1 ? 'weight' : 'weights'}, each 0 or more; got ${got.slice(0, 10).join(', ') || 'none'}: give one for each column`,
  NothingToSegmentBy: (nFeatures: number) =>
    `wanted traits that differ between customers; got ${nFeatures} and each is the same for everybody: ` +
    'add a file with orders or more columns',
  NoCrowds: (nCustomers: number) =>
    `wanted places where customers crowd together; got ${nCustomers} customers spread without any: ` +
    'choose another way to find segments',
  NoOrderHistory: (feature: string) =>
    `wanted customers with dated orders, for their ${feature}; got none: add a file with orders`,
  Cancelled: () => 'cancelled',
  NoSuchColumn: (column: string, names: string[]) =>
    `need a column called "${column}"; the files have ${names.slice(0, 30).join(', ')}. Check the spelling`,
  AsOfTooEarly: (asOf: string, from: string) =>
    `need a date after the first order on ${from}; got ${asOf}. Choose a later date`,
  NoSuchTimeZone: (name: string) =>
    `need the name of a time zone such as Europe/Berlin; got "${name}". Choose one of the list`,
  BadRfmCuts: (cuts: readonly number[]) =>
    `need four rising numbers to score by; got ${cuts.length ? cuts.join(', ') : 'none'}. Write them like 30, 60, 120, 365`,
  TooManySegments: (nClusters: number, most: number) =>
    `need between 2 and ${most} segments; got ${nClusters}. Nobody can act on more`,
  EmptyFile: (file: string) =>
    `${file}: need a table with a row of column names and rows below it; the file is empty. Export it again and drop the new file`,
  NotATable: (file: string, what: string) =>
    `${file}: need a table (CSV, TSV, JSON, Parquet or a workbook); this is ${what}, whatever its name says. Export the table as CSV and drop that`,
  BrokenFile: (file: string, what: string) =>
    `${file}: need a complete file; this ${what} cannot be unpacked. Export or download it again and drop the new file`,
  TooManyColumns: (file: string, limit: number) =>
    `${file}: need at most ${limit.toLocaleString('en-US')} columns; row 1 has more. Check that the separator is right, or export fewer columns`,
  FirstRowTooLong: (file: string) =>
    `${file}: need a first row that ends within 1 MB; row 1 does not. Check that this is a table with one row a line`,
  FieldTooLong: (file: string, row: number) =>
    `${file}: need cells of at most 1 MB; a cell that begins in row ${row} is longer. Look for a quotation mark in row ${row} that is opened and not closed`,
  RowTooLong: (file: string, row: number) =>
    `${file}: need rows of at most 4 MB; row ${row} is longer. Check that this is a table with one row a line`,
  UnclosedQuote: (file: string, row: number) =>
    `${file}: need a closing quotation mark; the one opened in row ${row} is still open at the end of the file. Close or remove it and drop the file again`,
  JsonCutOff: (file: string, row: number) =>
    `${file}: need JSON that ends as it began; it breaks off in row ${row}. Export or download it again and drop the new file`,
  JsonTooLarge: (file: string, megabytes: number) =>
    `${file}: need at most ${megabytes} MB of JSON written column by column; this is more. Export it as one object a row, or as CSV`,
  NoSheet: (file: string) =>
    `${file}: need a worksheet with a table; every sheet of the workbook is empty. Save the table into a sheet and drop the workbook again`,
  UnpacksTooLarge: (file: string, megabytes: number, ratio: number) =>
    `${file}: need a file that unpacks to at most ${megabytes.toLocaleString('en-US')} MB and ${ratio} times its size; this one unpacks to more. Save the table as CSV and drop that`,
  TooManyEntries: (file: string, limit: number) =>
    `${file}: need a zip archive of at most ${limit.toLocaleString('en-US')} files; this one has more. Pack only the tables and drop that`,
  RowGroupTooLarge: (file: string, nRows: number) =>
    `${file}: need Parquet written in groups of rows that fit into memory; one has ${nRows.toLocaleString('en-US')} rows. Write it in groups of at most 1,000,000 rows`,
  NestedArchive: (file: string, member: string) =>
    `${file}: need a zip archive of tables; it holds another archive, ${member}. Unpack it and drop what is inside`,
  Encrypted: (file: string) =>
    `${file}: need a file without a password; this one is locked with one. Save it without the password and drop that`,
  FileUnreadable: (fileName: string) =>
    `wanted to read ${fileName}; the browser can read it no more, perhaps it was changed, moved or deleted: open it again`,
  FileStalled: (file: string, seconds: number) =>
    `${file}: need a file that can be read; reading it came no further for ${seconds} seconds, so it is probably damaged. Export it again, or as CSV, and drop that`,
  NothingLoaded: () => 'need a file to look at; none is loaded. Drop a file or open the sample shop',
  NothingToTrace: () =>
    'need order lines to show the rows behind a figure; there are none. Add a file with orders',
  WorkerFailed: (message: string) => `the background worker stopped: ${message}`,

  StorageFull: (aim: string) =>
    `wanted to ${aim}; this browser has no room left. Everything stored before is still there: ` +
    'free disk space or remove a project you no longer need, then try again',
  StorageFailed: (aim: string, why: string) =>
    `wanted to ${aim}; this browser stopped the attempt (${why}). Everything stored before is still there: ` +
    'try again, and reload the page if it happens twice',
  StorageClosed: () =>
    'wanted to reach the stored projects; this tab is no longer connected to them: reload the page',
  StorageNewer: () =>
    'wanted to open the stored projects; a newer version of this page keeps them now: reload the page',
  StorageBusy: () =>
    'wanted to open the stored projects; another tab still holds them in an older version: ' +
    'close the other tabs of this page, then reload it',
  StoredRowsDamaged: (fileName: string, firstRow: number, lastRow: number) =>
    `${fileName}: wanted data rows ${firstRow} to ${lastRow} as they were stored; got other bytes, so the copy in ` +
    'this browser is damaged. Nothing was deleted: import the file again',
  ProjectMissing: () =>
    'wanted a stored project; there is none by that name any more, perhaps another tab removed it: ' +
    'go back to the list of projects',
  ProjectNotReady: (projectName: string) =>
    `wanted the data of ${projectName}; its import was cut off: resume the import or discard it`,
  ImportNotOpen: (projectName: string) =>
    `wanted to go on importing ${projectName}; that import has ended or goes on in another tab: reload the page`,
  ImportUnfinished: (projectName: string, fileName: string) =>
    `wanted to finish importing ${projectName}; ${fileName} has not been read to its end: resume the import`,
  NotEnoughHistory: (haveDays: number, moreDays: number, horizonDays: number) =>
    `not enough history: have ${haveDays} ${haveDays === 1 ? 'day' : 'days'}, need ${moreDays} more ${moreDays === 1 ? 'day' : 'days'} for a ${horizonDays}-day horizon`,
  TooShortToCompare: (haveDays: number, moreDays: number, stepDays: number) =>
    `not enough history to look ${stepDays} days back: have ${haveDays} ${haveDays === 1 ? 'day' : 'days'}, need ${moreDays} more`,
  NothingToCompare: () => 'growth needs orders with dates; got none: add an orders file',
  NothingSince: (day: string) =>
    `need orders after ${day} to compare with that day; got none: choose an earlier end of the data`,
  NoDatedOrders: (wanted: string) =>
    `${wanted} needs orders with dates; got none: add an orders file, or predict a column of the customer table`,
  NoSubscriptions: (wanted: string) =>
    `${wanted} needs subscriptions with a start and, once they are over, an end; got none that ended: add a file of subscriptions`,
  NoSubscriptionPrices: () =>
    'upgrade needs what subscriptions cost; got no amounts: add a price column to the file of subscriptions',
  NoSuchEvent: (name: string, names: string[]) =>
    `need an event called "${name}"; got ${names.slice(0, 30).join(', ') || 'no events at all'}: choose one of these`,
  TooFewExamples: (who: string, got: number, needed: number) =>
    `not enough data: need ${needed} examples of customers who ${who}, got ${got}: needs ${needed - got} more`,
  TooFewToTest: (who: string, got: number, needed: number, toLearn: number) =>
    `not enough data: need ${needed} examples of customers who ${who}, ${toLearn} to learn from and the rest to test on, got ${got}: needs ${needed - got} more`,
  OneOutcomeOnly: (one: string, other: string) =>
    `need customers who ${one} and customers who ${other} to test on; got only one kind: try another horizon or split`,
  OneValueOnly: (column: string, value: string, nCustomers: number) =>
    `wanted customers with different answers in "${column}"; got "${value}" for all ${nCustomers} who have one: add customers with another answer, or predict something else`,
  NothingToLearnFrom: (aside: string[]) =>
    `wanted traits to learn from; got none${aside.length ? ` but ${aside.map((name) => `"${name}"`).join(', ')}, which give the answer away` : ''}: add columns that were known before the event`,
  NoMoneyKnown: () =>
    'need orders that say what was paid; got none with a price or an amount: add such a column, or ask for orders',
  NoSuchLabel: (column: string, columns: string[]) =>
    `need a column "${column}" in the customer table; got ${columns.join(', ') || 'none'}: choose one of these`,
  NoSuchLabelValue: (column: string, value: string) =>
    `need "${value}" among the values of ${column}; got no row with it: choose a value the column holds`,
  TraitsChanged: (missing: string[]) =>
    `wanted the traits that the prediction was made from; got none called ${missing.slice(0, 3).join(', ')}: predict again`,
  NotScored: () =>
    'wanted a customer who has a likelihood; got one who has none: choose somebody it can happen to',
  NothingKept: (name: string) =>
    `need the rows of ${name} from before a refresh; none are kept. Load the earlier file again`,
  FormulaUnreadable: (wanted: string, got: string, at: number) =>
    `need ${wanted} at position ${at} of the formula; got ${got}: mend it there`,
  FormulaTooLong: (length: number, longest: number) =>
    `need a formula of at most ${longest} characters; got ${length}: split it into several traits`,
  FormulaTooDeep: (deepest: number, at: number) =>
    `need at most ${deepest} brackets or signs inside one another; got more at position ${at} of the formula: split it into several traits`,
  NoSuchTrait: (name: string, at: number, nearest: string | null) =>
    `need the name of a trait at position ${at} of the formula; got "${name}": ` +
    (nearest === null ? 'choose one of the list, labels in quotation marks' : `did you mean "${nearest}"?`),
  NotReadable: (name: string) =>
    `need a trait of numbers or a category of the customers; got "${name}". The Data screen lists both under Traits`,
  NoSuchReading: (trait: string, purpose: string, ways: string[], got: string) =>
    `need a way to read "${trait}" for ${purpose}: ${ways.join(', ')}; got ${got}`,
  NoMiddleHalf: () =>
    'need customers who differ in the middle half; got one value for half of them or more. Choose another way to read it',
  NoSuchFunction: (name: string, at: number, nearest: string | null) =>
    `need a function at position ${at} of the formula; got "${name}": ` +
    (nearest === null ? 'choose one of the list' : `did you mean ${nearest}?`),
  WrongArguments: (usage: string, got: number, at: number) =>
    `need ${usage} at position ${at} of the formula; got ${got} ${got === 1 ? 'value' : 'values'} in the brackets`,
  RuleUnreadable: (wanted: string, got: string, at: number) =>
    `need ${wanted} at position ${at} of the sentence; got ${got}: mend it there`,
  RuleNameUnknown: (what: string, name: string, at: number, nearest: string | null) =>
    `need ${what} at position ${at} of the sentence; got "${name}": ` +
    (nearest === null ? 'choose one of the list' : `did you mean "${nearest}"?`),
  RuleTooLong: (length: number, longest: number) =>
    `need a rule of at most ${longest.toLocaleString('en-US')} characters; got ${length.toLocaleString('en-US')}: split it into several segments`,
  RuleTooDeep: (deepest: number, at: number) =>
    `need at most ${deepest} brackets inside one another; got more at position ${at} of the sentence: split it into several segments`,
  RuleLacks: (what: string, name: string) =>
    `need ${what} for this rule; got data without "${name}": add the file that has it, or change the rule`,
  UnfitTraitName: (name: string) =>
    `need a name of letters and digits that begins with a small letter, like spendPerVisit; got "${name}"`,
  TraitNameTaken: (name: string) => `need a name no other trait has; got "${name}": choose another`,
  UnreadableSplitRule: (rule: string) =>
    `need a split rule like index%5==0; got "${rule}": give the divisor and the rest that marks the test rows`,
};

type Sentences = typeof sentences;
export type ErrorName = keyof Sentences;

/** An error with a name to test for and a sentence to show; survives comlink, which keeps name and message. */
export class AppError<N extends ErrorName = ErrorName> extends Error {
  constructor(name: N, ...args: Parameters<Sentences[N]>) {
    super((sentences[name] as (...a: Parameters<Sentences[N]>) => string)(...args));
    this.name = name;
  }
}

export const isAppError = (error: unknown, name: ErrorName): boolean =>
  error instanceof Error && error.name === name;
