/** Stand-ins for the names of segments 0..n-1 in sentences that outlive a renaming: “⟦0⟧”. */
export const markNames = (n: number): string[] => Array.from({ length: n }, (_, id) => `⟦${id}⟧`);

/** A sentence with the names of today for its marks. */
export const fillNames = (sentence: string, segments: readonly { id: number; name: string }[]): string =>
  sentence.replace(/⟦(\d+)⟧/g, (mark, id) => segments.find((one) => one.id === Number(id))?.name ?? mark);
