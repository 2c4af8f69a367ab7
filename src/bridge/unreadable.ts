import { AppError } from '../core/kit/errors';

const ofBrowsers = /^Not(Found|Readable)Error$/;

/** Throws what went wrong with a file; what a browser says of one that it can read no more, as a sentence. */
export const throwUnreadable =
  ({ name }: File) =>
  (error: unknown): never => {
    throw error instanceof Error && ofBrowsers.test(error.name)
      ? new AppError('FileUnreadable', name)
      : error;
  };
