import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { BLOCK_ROWS } from '../../../src/core/1-collect/blocks';
import { readBytes, rowsOf } from './read-text';

type Written = Parameters<typeof parquetWriteBuffer>[0];
const write = (columnData: Written['columnData'], how: Partial<Written> = {}) =>
  new Uint8Array(parquetWriteBuffer({ columnData, ...how }));
const read = async (bytes: Uint8Array) => {
  const { table, reading, blocks } = await readBytes(bytes, 'orders.parquet');
  return { ...reading, rows: rowsOf(table), blocks };
};

const columns: Written['columnData'] = [
  { name: 'id', data: [9007199254740993n, 2n, null], type: 'INT64' },
  { name: 'name', data: ['Zoë', 'Ann, B', null], type: 'STRING' },
  { name: 'sum', data: [5.5, 1000, null], type: 'DOUBLE' },
  { name: 'ok', data: [true, false, null], type: 'BOOLEAN' },
];

describe('Parquet', () => {
  test('gives the columns of the same table as CSV', async () => {
    const csv = 'id,name,sum,ok\n9007199254740993,Zoë,5.5,true\n2,"Ann, B",1000,false\n,,,\n';
    const { table, reading } = await readBytes(csv, 'orders.csv');
    const found = await read(write(columns));
    expect(found.dialect).toMatchObject({ format: 'parquet', hasHeader: true });
    expect(found.columnNames).toEqual(reading.columnNames);
    expect(found.rows).toEqual(rowsOf(table));
  });

  test.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP'] as const)('packed by %s', async (codec) => {
    const gzip = { GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)) };
    const found = await read(write(columns, { codec, compressors: gzip }));
    expect(found.rows[1]).toEqual(['2', 'Ann, B', '1000', 'false']);
  });

  test('dates and times are ISO text with every digit, small floats the shortest text', async () => {
    const at = new Date(Date.UTC(2024, 1, 29, 13, 30, 5, 120));
    const found = await read(
      write(
        [
          { name: 'day', data: [19_782] },
          { name: 'at', data: [at] },
          { name: 'local', data: [1_709_213_405_000_123n] },
          { name: 'midnight', data: [1_709_164_800_000n] },
          { name: 'utc', data: [1_709_164_800_000n] },
          { name: 'price', data: [Math.fround(0.1)] },
        ],
        {
          schema: [
            { name: 'root', num_children: 6 },
            { name: 'day', type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' },
            { name: 'at', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' },
            { name: 'local', type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' }, repetition_type: 'REQUIRED' },
            { name: 'midnight', type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' }, repetition_type: 'REQUIRED' },
            { name: 'utc', type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' }, repetition_type: 'REQUIRED' },
            { name: 'price', type: 'FLOAT', repetition_type: 'REQUIRED' },
          ],
        },
      ),
    ); // prettier-ignore
    expect(found.rows).toEqual([
      ['2024-02-29', '2024-02-29 13:30:05.12', '2024-02-29 13:30:05.000123', '2024-02-29', '2024-02-29 00:00:00Z', '0.1'],
    ]); // prettier-ignore
  });

  test('nested values get dotted names, lists of keys with values one column a key', async () => {
    const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const;
    const list = { name: 'list', repetition_type: 'REPEATED', num_children: 1 } as const;
    const found = await read(
      write(
        [
          { name: 'id', data: [1, 2] },
          { name: 'who', data: [{ city: 'Ulm', age: 7 }, { city: 'Bonn', age: null }] },
          { name: 'params', data: [[{ key: 'sid', value: 'a' }, { key: 'page', value: 'b' }], [{ key: 'sid', value: 'c' }]] },
          { name: 'tags', data: [['x', 'y'], []] },
          { name: 'note', data: [{ a: 1 }, null] },
        ],
        {
          schema: [
            { name: 'root', num_children: 5 },
            { name: 'id', type: 'INT32', repetition_type: 'REQUIRED' },
            { name: 'who', repetition_type: 'OPTIONAL', num_children: 2 },
            { name: 'city', ...text },
            { name: 'age', type: 'INT32', repetition_type: 'OPTIONAL' },
            { name: 'params', repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
            list,
            { name: 'element', repetition_type: 'OPTIONAL', num_children: 2 },
            { name: 'key', ...text },
            { name: 'value', ...text },
            { name: 'tags', repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
            list,
            { name: 'element', ...text },
            { name: 'note', type: 'BYTE_ARRAY', converted_type: 'JSON', repetition_type: 'OPTIONAL' },
          ],
        },
      ),
    );
    expect(found.columnNames).toEqual(['id', 'who.city', 'who.age', 'params.sid', 'params.page', 'tags', 'note']);
    expect(found.rows).toEqual([
      ['1', 'Ulm', '7', 'a', 'b', '["x","y"]', '{"a":1}'],
      ['2', 'Bonn', '', 'c', '', '', ''],
    ]);
  }); // prettier-ignore

  test('row groups are read one after another and cut into the usual blocks', async () => {
    const n = BLOCK_ROWS + 5000;
    const data = Array.from({ length: n }, (_, i) => i);
    const found = await read(write([{ name: 'n', data, type: 'INT32' }], { rowGroupSize: 50_000 }));
    expect(found.blocks.map((block) => block.nRows)).toEqual([BLOCK_ROWS, 5000]);
    expect(found.rows.every(([cell], i) => cell === String(i))).toBe(true);
  });

  test('a file cut off or changed gives rows or one sentence', async () => {
    const bytes = write(columns);
    await expect(read(bytes.slice(0, -20))).rejects.toThrow(/^orders\.parquet: need a complete file; this Parquet file/); // prettier-ignore
    for (let i = 0; i < 120; i++) {
      const changed = bytes.slice();
      changed[4 + ((i * 37) % (bytes.length - 16))]! ^= 1 << (i % 8);
      const sentence = await read(changed).then(
        () => '',
        (error: Error) => error.message,
      );
      expect(sentence).toMatch(/^$|^orders\.parquet: need /);
    }
  });
});
