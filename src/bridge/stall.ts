import { AppError } from '../core/kit/errors';

/** Readers that are not ours can hang on damaged files: without a sign of life for so long their worker is ended. */
export const stallSeconds = { looking: 60, parquet: 30, workbook: 90 } as const;

/** Watches one call about a file; `alive` puts the end off, `end` calls it off. */
export function watchStall(worker: { stop(reason: unknown): void }, fileName: string, seconds: number) {
  let timer: ReturnType<typeof setTimeout>;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => worker.stop(new AppError('FileStalled', fileName, seconds)), seconds * 1000);
  };
  alive();
  return { alive, end: () => clearTimeout(timer) };
}
