import { describe, expect, test } from 'vitest';
import { packBlock, unpackTable } from '../../../src/core/1-collect/block-bytes';
import { olderRows, withoutRows } from '../../../src/core/1-collect/retention';
import { profileTable } from '../../../src/core/1-collect/table-profile';
import { checkFiles, readBytes, rowsOf } from './read-text';

const csv =
  'order,customer,date,amount\n' +
  Array.from(
    { length: 30 },
    (_, i) => `${i},c${i % 7},${String(1 + i).padStart(2, '0')}.06.2025,${i}.50`,
  ).join('\n');

describe('olderRows and withoutRows', () => {
  test('take out the rows before a day and every text that only they held', async () => {
    const read = await readBytes(csv);
    const { check } = checkFiles([read]);
    const gone = olderRows(profileTable(read.table), check.files[0]!, Date.UTC(2025, 5, 21));
    expect(gone.reduce((n, g) => n + g, 0)).toBe(20);
    const blocks = [...withoutRows(read.table, gone)];
    const { fileName, hasHeader, refusedRows, columns } = read.table;
    const columnNames = columns.map(({ name }) => name);
    const nRows = blocks.reduce((n, block) => n + block.nRows, 0);
    const packed = blocks.map((block) => packBlock(block).bytes);
    const kept = await unpackTable({ fileName, hasHeader, refusedRows, columnNames, nRows, blocks: packed });
    expect(rowsOf(kept)).toEqual(rowsOf(read.table).slice(20));
    expect(kept.columns[2]!.levels).not.toContain('20.06.2025');
    expect(kept.columns[0]!.levels).toHaveLength(10);
  });

  test('a file without dates has no old rows', async () => {
    const read = await readBytes('customer,plan\na,x\nb,y\nc,x\n');
    const { check } = checkFiles([read]);
    expect([...olderRows(profileTable(read.table), check.files[0]!, Infinity)]).toEqual([0, 0, 0]);
  });
});
