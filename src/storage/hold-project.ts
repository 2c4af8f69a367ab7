/** Whether this tab may write the project; `release` lets the next one. A crashed tab's hold ends by itself. */
export type ProjectHold = { isWriter: boolean; release(): Promise<void> };

/**
 * Takes the browser-wide lock of a project if it is free. Otherwise it comes back at once without it; with `onFree` it
 * stays in the queue and says so once the lock is here.
 */
export function holdProject(projectId: string, onFree?: () => void): Promise<ProjectHold> {
  const name = `ws:${projectId}`;
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) {
        const waiting = onFree && waitForLock(name, onFree);
        resolve({ isWriter: false, release: waiting ?? (async () => {}) });
        return;
      }
      return new Promise<void>((end) =>
        resolve({
          isWriter: true,
          release() {
            end();
            return held;
          },
        }),
      );
    });
    held.catch(reject);
  });
}

/** Queues for the lock; the result gives it back, or leaves the queue. */
function waitForLock(name: string, onFree: () => void): () => Promise<void> {
  const leaving = new AbortController();
  let end = () => {};
  const held = navigator.locks
    .request(name, { signal: leaving.signal }, () => {
      onFree();
      return new Promise<void>((resolve) => (end = resolve));
    })
    .catch(() => {}); // left the queue
  return () => {
    leaving.abort();
    end();
    return held;
  };
}
