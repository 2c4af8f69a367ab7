/**
 * Calls of which only the newest counts, as while somebody edits: one runs, the newest of those that come meanwhile runs
 * next, and all others give null. Nothing is stopped, so nothing loaded is lost.
 */
export function createLatestCall() {
  let newest = 0;
  let running: Promise<unknown> = Promise.resolve();
  return async <T>(call: () => Promise<T>): Promise<T | null> => {
    const own = ++newest;
    await running.catch(() => {});
    if (own !== newest) return null;
    const mine = call();
    running = mine;
    const found = await mine;
    return own === newest ? found : null;
  };
}
