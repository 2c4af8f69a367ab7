/** Whether this tab may write the project; `release` lets the next one. A crashed tab's hold ends by itself. */
export type ProjectHold = { isWriter: boolean; release(): Promise<void> };

/** Takes the browser-wide lock of a project if it is free; never waits. */
export function holdProject(projectId: string): Promise<ProjectHold> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(`ws:${projectId}`, { ifAvailable: true }, (lock) => {
      if (!lock) {
        resolve({ isWriter: false, release: async () => {} });
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
