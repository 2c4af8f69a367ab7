import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sniffFile } from '../../../workers/read-file';
import { readBytes, rowsOf } from './read-text';

const sniff = (bytes: Uint8Array | string, name = 'orders.csv') =>
  sniffFile(new File([bytes as Uint8Array<ArrayBuffer>], name));
const bytesOf = (...values: number[]) => Uint8Array.from(values);

describe('the separator and the header are found in the file', () => {
  const cases: [string, string, string, boolean][] = [
    ['commas', 'id,day,sum\n1,2024-01-01,5.5\n2,2024-01-02,6.5\n', ',', true],
    ['semicolons with decimal commas', 'id;day;sum\n1;2024-01-01;5,5\n2;2024-01-02;6,5\n', ';', true],
    ['semicolons with decimal commas and no header', '1;2,5;5,5\n2;3,5;6,5\n3;1,5;7,5\n', ';', false],
    ['tabs', 'id\tname\n1\ta, b\n2\tc, d\n', '\t', true],
    ['bars', 'id|name\n1|a\n2|b\n', '|', true],
    ['blanks', ' 00004 0001 19970101  2   29.33\n 00004 0001 19970118  2   29.73\n', 'blank', false],
    ['a stated separator', 'sep=;\nid;name\n1;a,b\n2;c,d\n', ';', true],
    ['one column', 'id\n1\n2\n', ',', true],
    ['only text, with header', 'name,city\nada,ulm\nben,lyon\n', ',', true],
    ['separators inside quotes', 'id,name\n1,"a;b;c"\n2,"d;e;f"\n', ',', true],
    ['capitals and digits in the header', 'STORE,AGE60\n2,0.23\n5,0.11\n', ',', true],
  ];
  test.each(cases)('%s', async (_, text, delimiter, hasHeader) =>
    expect(await sniff(text)).toMatchObject({ format: 'csv', delimiter, hasHeader, isGzip: false }),
  );
});

describe('the encoding is found over the whole file', () => {
  const late = `id,name\n${'1,plain\n'.repeat(300_000)}2,caf`;
  const utf16 = (text: string, isBig: boolean) => {
    const bytes = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i++) {
      bytes[i * 2 + (isBig ? 1 : 0)] = text.charCodeAt(i) & 255;
      bytes[i * 2 + (isBig ? 0 : 1)] = text.charCodeAt(i) >> 8;
    }
    return bytes;
  };

  test('a single é at the very end decides between UTF-8 and windows-1252', async () => {
    const western = Buffer.concat([Buffer.from(late), bytesOf(0xe9, 10)]);
    const utf8 = Buffer.from(`${late}é\n`);
    for (const [bytes, encoding] of [
      [western, 'windows-1252'],
      [utf8, 'utf-8'],
    ] as const) {
      const { table, reading } = await readBytes(new Uint8Array(bytes));
      expect(reading.dialect.encoding).toBe(encoding);
      expect(table.columns[1]!.levels).toEqual(['plain', 'café']);
    }
  });

  test('cells that are not UTF-8 are repaired one by one, equal texts staying one text', async () => {
    const mixed = Buffer.concat([
      Buffer.from('id,name\n1,café\n2,caf'),
      bytesOf(0xe9),
      Buffer.from('\n3,caf'),
      bytesOf(0xe9, 10),
    ]);
    const { table, reading } = await readBytes(new Uint8Array(mixed), 'a.csv', { encoding: 'utf-8' });
    expect(table.columns[1]!.levels).toEqual(['café']);
    expect(reading.dialect.encoding).toBe('windows-1252');
  });

  test.each([
    ['utf-16le', true],
    ['utf-16le', false],
    ['utf-16be', true],
    ['utf-16be', false],
  ] as const)('%s, byte order mark %s', async (encoding, hasMark) => {
    const text = `${hasMark ? '\ufeff' : ''}id;name\n1;Zoë\n2;Ann\n`;
    const { table, reading } = await readBytes(utf16(text, encoding === 'utf-16be'));
    expect(reading.dialect).toMatchObject({ encoding, delimiter: ';' });
    expect(rowsOf(table)).toEqual([['1', 'Zoë'], ['2', 'Ann']]); // prettier-ignore
    expect(reading.columnNames).toEqual(['id', 'name']);
  });

  test('gzip is known by its bytes, not its name', async () => {
    const { table, reading } = await readBytes(new Uint8Array(gzipSync('id,name\n1,a\n2,b\n')), 'orders.csv');
    expect(reading.dialect.isGzip).toBe(true);
    expect(rowsOf(table)).toEqual([['1', 'a'], ['2', 'b']]); // prettier-ignore
  });
});

describe('files that hold no table get one sentence with their name and the next step', () => {
  const cases: [string, Uint8Array | string, RegExp][] = [
    ['empty', '', /^orders\.csv: .*the file is empty\. Export it again/],
    ['only a byte order mark', '\ufeff', /^orders\.csv: .*the file is empty/],
    ['only line ends', '\n\n\n', /^orders\.csv: .*the file is empty/],
    ['PDF', '%PDF-1.7 …', /this is a PDF document/],
    ['PNG', bytesOf(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /this is a picture/],
    ['JPEG', bytesOf(0xff, 0xd8, 0xff, 0xe0), /this is a picture/],
    ['broken Parquet', 'PAR1\u0001\u0002', /this Parquet file cannot be unpacked/],
    ['broken old Excel', bytesOf(0xd0, 0xcf, 0x11, 0xe0, 1, 2), /this workbook cannot be unpacked/],
    ['a web page', '<html><body>Please log in</body></html>', /this is a web page/],
    ['XML', '<?xml version="1.0"?><orders/>', /this is an XML file/],
    ['gzip in gzip', new Uint8Array(gzipSync(gzipSync('id\n1\n'))), /a gzip file within a gzip file/],
    ['broken zip', bytesOf(0x50, 0x4b, 3, 4, 1, 2, 3), /cannot be unpacked/],
    ['broken gzip', bytesOf(0x1f, 0x8b, 8, 0, 1, 2, 3), /gzip file cannot be unpacked/],
    ['bytes', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251), /bytes that are not text/],
  ];
  test.each(cases)('%s', async (_, bytes, sentence) => {
    await expect(readBytes(bytes, 'orders.csv')).rejects.toThrow(sentence);
  });
});
