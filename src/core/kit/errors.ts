/** Every sentence a person can meet when something is wrong: what was wanted, then what was got, then what to do. */
const sentences = {
  TooFewRows: (nRows: number, needed: number) => `need at least ${needed} rows; got ${nRows}`,
  Cancelled: () => 'cancelled',
  WorkerFailed: (message: string) => `the background worker stopped: ${message}`,
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
