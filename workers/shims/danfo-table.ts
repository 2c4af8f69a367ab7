/** What danfojs prints a frame with. */
export const table = (rows: unknown[][]): string => rows.map((row) => row.join('\t')).join('\n');
