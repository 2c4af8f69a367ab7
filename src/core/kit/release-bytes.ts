/**
 * Gives the bytes of arrays back at once, since the collector would come for them much later; nobody may look at them
 * any more. Where the engine cannot do that yet, they wait for the collector.
 */
export function releaseBytes(...arrays: (ArrayBufferView | null)[]): void {
  for (const array of arrays) (array?.buffer as { transfer?(length: 0): unknown } | undefined)?.transfer?.(0);
}
