import type { DataCheck } from './collected';
import type { ReadTable } from './read-table';
import { labelWords, positiveWords } from './role-words';

type Labels = DataCheck['labelCandidates'];

/** Columns with exactly two values, both present, in customer tables; named labels first, then a last column, the value for "yes" first. */
export function findLabels(tables: ReadTable[]): Labels {
  const found = tables.flatMap((table) =>
    table.columns
      .filter((column) => column.reading.role === 'attribute' && column.reading.type !== 'date')
      .flatMap((column) => {
        const { levels, counts, isMissing } = column.profile;
        const texts = levels
          .filter((_, code) => counts[code]! > 0 && !isMissing[code])
          .map((text) => text.trim());
        const values = [...new Set(texts)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
        return values.length === 2
          ? [
              {
                column: column.reading.name,
                values,
                rank: labelRank(column.words, column === table.columns.at(-1)),
              },
            ]
          : [];
      }),
  );
  return found.sort((a, b) => a.rank - b.rank).map(({ column, values }) => ({ column, values }));
}

const rank = (value: string): number => (positiveWords.has(value.toLowerCase()) ? 0 : 1);

/** What is to be predicted mostly stands last in a table made for it. */
const labelRank = (words: string, isLast: boolean): number => {
  const at = labelWords.findIndex((word) => words.split(' ').includes(word));
  return at >= 0 ? at : labelWords.length + (isLast ? 0 : 1);
};
