const mostWaiting = 4;

/**
 * Lets the next piece of work begin while earlier results are still being stored, but never more than a few: `write`
 * resolves when there is room for another, `settle` when all are stored. A write that failed fails the one after it.
 */
export function createWriteBehind<T>(store: (value: T) => Promise<void>) {
  const waiting: Promise<void>[] = [];
  return {
    async write(value: T): Promise<void> {
      if (waiting.length === mostWaiting) await waiting.shift();
      const stored = store(value);
      stored.catch(() => {}); // told by whoever waits for it
      waiting.push(stored);
    },
    async settle(): Promise<void> {
      await Promise.all(waiting.splice(0));
    },
  };
}
