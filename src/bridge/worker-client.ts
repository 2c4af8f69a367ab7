import * as Comlink from 'comlink';
import { AppError } from '../core/kit/errors';
import { spawnWorker } from './spawn';

/**
 * The page's hold on one worker. Every call can fail: when the worker errors, when it is stopped, when the signal
 * aborts. Stopping ends the worker at once, whatever it was doing; the next call starts a new one, with nothing loaded.
 */
export class WorkerClient<Api> {
  /** Rises with every new worker and every stop, so that callers know at once when what they had loaded is gone. */
  starts = 0;
  #source: () => Promise<string>;
  #name: string;
  #worker: Worker | null = null;
  #remote: Comlink.Remote<Api> | null = null;
  #waiting = new Set<(reason: unknown) => void>();

  constructor(name: string, source: () => Promise<string>) {
    this.#name = name;
    this.#source = source;
  }

  async call<T>(use: (api: Comlink.Remote<Api>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const api = await this.#connect();
    return new Promise<T>((resolve, reject) => {
      const onAbort = () => this.stop(new AppError('Cancelled'));
      const settle = () => {
        this.#waiting.delete(reject);
        signal?.removeEventListener('abort', onAbort);
      };
      this.#waiting.add(reject);
      signal?.addEventListener('abort', onAbort);
      if (signal?.aborted) onAbort();
      use(api).then(resolve, reject).finally(settle);
    });
  }

  stop(reason: unknown = new AppError('Cancelled')): void {
    this.starts++;
    this.#worker?.terminate();
    this.#worker = null;
    this.#remote = null;
    for (const reject of this.#waiting) reject(reason);
    this.#waiting.clear();
  }

  async #connect(): Promise<Comlink.Remote<Api>> {
    if (this.#remote) return this.#remote;
    const source = await this.#source();
    if (this.#remote) return this.#remote;
    const worker = spawnWorker(source, this.#name);
    worker.addEventListener('error', (event) =>
      this.stop(new AppError('WorkerFailed', event.message || 'unknown')),
    );
    worker.addEventListener('messageerror', () =>
      this.stop(new AppError('WorkerFailed', 'unreadable message')),
    );
    this.#worker = worker;
    this.starts++;
    return (this.#remote = Comlink.wrap<Api>(worker));
  }
}
