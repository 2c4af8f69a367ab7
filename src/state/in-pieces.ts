import type { Steps } from '../core/kit/steps';

const pieceMs = 12;

/** Does the work a few milliseconds at a time, so that the page answers meanwhile. */
export async function inPieces<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const end = performance.now() + pieceMs;
    do {
      const { done, value } = steps.next();
      if (done) return value;
    } while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve));
  }
}
