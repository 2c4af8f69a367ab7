import type { Issue, Role } from '../collected';
import { carryForward } from '../order-groups';
import type { Column, ReadTable } from '../read-table';
import type { SortedTables } from '../table-kinds';
import { columnName, plural, share } from '../wording';
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

const SOME_MISSING = 0.2;
const NAMED = 4;
/** Empty cells of these are told with their rows. */
const ofRows = new Set<Role>(['customer', 'time', 'amount', 'order']);

/** What many rows of a file leave empty, in one remark; what stands once an order is not empty in its other rows. */
export function partlyEmpty(table: ReadTable, sorted: SortedTables): Issue[] {
  const { nRows, fileName } = table.profile;
  const isLines = sorted.lines.includes(table);
  if (nRows < FEWEST_ROWS || !(isLines || sorted.customers.includes(table))) return [];
  const isGappy = ({ profile: { nMissing, nDistinct }, reading }: Column) =>
    nDistinct > 0 &&
    nMissing >= SOME_MISSING * nRows &&
    nMissing < MOST_MISSING * nRows &&
    !sparseRoles.has(reading.role) &&
    !ofRows.has(reading.role);
  if (!table.columns.some(isGappy)) return [];
  const { columns } = isLines ? carryForward(table).table : table;
  const gappy = columns.filter(isGappy).sort((a, b) => b.profile.nMissing - a.profile.nMissing);
  if (gappy.length === 0) return [];
  const named = gappy
    .slice(0, NAMED)
    .map(({ profile, reading }) => `${columnName(reading.name)} ${share(profile.nMissing, nRows)}`);
  const more = gappy.length > NAMED ? ` and ${gappy.length - NAMED} more` : '';
  const sentence = `${fileName}: ${plural(gappy.length, 'column')} ${gappy.length === 1 ? 'has' : 'have'} many empty cells: ${named.join(', ')}${more}. What is told of them rests on the other rows.`;
  return [
    {
      kind: 'columns partly empty',
      severity: 'info',
      sentence,
      rows: gappy[0]!.profile.nMissing,
      example: null,
    },
  ];
}

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
