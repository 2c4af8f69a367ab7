import { AppError } from '../core/kit/errors';

export const isNamed = (error: unknown, name: string): boolean =>
  (error instanceof Error || error instanceof DOMException) && error.name === name;

/** What the browser said when it refused, as a sentence; `aim` finishes "wanted to …". */
export const storageError = (cause: unknown, aim: string): AppError<'StorageFull' | 'StorageFailed'> =>
  isNamed(cause, 'QuotaExceededError')
    ? new AppError('StorageFull', aim)
    : new AppError('StorageFailed', aim, String(cause));
