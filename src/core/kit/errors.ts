/** Every sentence a person can meet when something is wrong: what was wanted, then what was got, then what to do. */
const sentences = {
  TooFewRows: (nRows: number, needed: number) => `need at least ${needed} rows; got ${nRows}`,
  Cancelled: () => 'cancelled',
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
    `not enough history: have ${haveDays} days, need ${moreDays} more days for a ${horizonDays}-day horizon`,
  NoDatedOrders: (wanted: string) =>
    `${wanted} needs orders with dates; got none: add an orders file, or predict a column of the customer table`,
  TooFewExamples: (who: string, got: number, needed: number) =>
    `not enough data: need ${needed} examples of customers who ${who}, got ${got}: needs ${needed - got} more`,
  OneOutcomeOnly: (one: string, other: string) =>
    `need customers who ${one} and customers who ${other} to test on; got only one kind: try another horizon or split`,
  NoSuchLabel: (column: string, columns: string[]) =>
    `need a column "${column}" in the customer table; got ${columns.join(', ') || 'none'}: choose one of these`,
  NoSuchLabelValue: (column: string, value: string) =>
    `need "${value}" among the values of ${column}; got no row with it: choose a value the column holds`,
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
