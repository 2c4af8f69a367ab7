import type { Role } from '../collected';
import { share } from '../wording';
import { eachText, type Fault } from './fault';

const sparseRoles = new Set<Role>(
  'discount coupon comment refunded reason end trialEnd consent status tax shipping ignore'.split(
    ' ',
  ) as Role[],
);
const FEWEST_ROWS = 50;
const MOST_MISSING = 0.95;

export const emptyColumns: Fault = {
  id: 'columns nearly empty',
  dimension: 'completeness',
  find: ({ columns, profile: { nRows } }) =>
    columns.flatMap((column) => {
      const { nMissing, nDistinct, firstRow } = column.profile;
      if (nRows < FEWEST_ROWS || nDistinct === 0 || sparseRoles.has(column.reading.role)) return [];
      if (nMissing < MOST_MISSING * nRows) return [];
      let row = nRows;
      eachText(column, (_, code) => (row = Math.min(row, firstRow[code]!)));
      return [
        {
          column,
          row,
          rows: nMissing,
          severity: 'info',
          isSafe: false,
          label: 'Leave this column out',
          says: `${share(nMissing, nRows)} of the cells are empty; what is left says little.`,
          mend: () => ({ ignore: true }),
        },
      ];
    }),
};

export const constantColumns: Fault = {
  id: 'columns that never change',
  dimension: 'validity',
  find: ({ columns, profile: { nRows } }) =>
    columns.flatMap((column) => {
      const { nMissing, nDistinct, levels, codes } = column.profile;
      if (nRows < FEWEST_ROWS || nDistinct !== 1 || nMissing > 0 || column.reading.role !== 'attribute')
        return [];
      return [
        {
          column,
          row: 0,
          rows: nRows,
          severity: 'info',
          isSafe: true,
          label: 'Leave this column out',
          says: `every row says "${levels[codes[0]!]!.slice(0, 60)}", which tells nobody apart.`,
          mend: () => ({ ignore: true }),
        },
      ];
    }),
};
