/** Work that stops every few hundred rows, so that a page that does it can answer meanwhile. */
export type Steps<T> = Generator<void, T>;

/** All of it in one go. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
