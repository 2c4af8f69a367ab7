/** The text twin of a chart: cells already in words, first column names the row. */
export type ChartTable = { columns: { label: string; isNumber: boolean }[]; rows: string[][] };

/** What every chart says without being seen. */
export type ChartText = {
  title: string;
  /** What one unit of the drawing means, for the caption. */
  unit: string;
  /** The finding, made from the same numbers as the drawing. */
  sentence: string;
  table: ChartTable;
  /** How it was computed and what not to read into it. */
  how: string;
  /** One reading a mark, in drawing order. */
  readings: string[];
};

const column = (label: string, isNumber: boolean) => ({ label, isNumber });
/** A table's heads: the first names the row, the rest are numbers unless told. */
export const heads = (first: string, ...rest: string[]): ChartTable['columns'] => [
  column(first, false),
  ...rest.map((label) => column(label, true)),
];
