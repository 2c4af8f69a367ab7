import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { unpackFile } from '../../../workers/unpack-file';

const unpack = (bytes: Uint8Array, name = 'export.zip') =>
  unpackFile(new File([bytes as Uint8Array<ArrayBuffer>], name, { lastModified: 5 }));
const zip = (parts: Record<string, string | Uint8Array>) =>
  zipSync(
    Object.fromEntries(Object.entries(parts).map(([n, t]) => [n, typeof t === 'string' ? strToU8(t) : t])),
  );

describe('an archive of tables is as many files', () => {
  test('named without their folders; what other programs leave behind is passed over', async () => {
    const bytes = zip({ 'shop/': '', 'shop/orders.csv': 'id\n1\n', 'shop/people.json': '[{"id":1}]', '__MACOSX/shop/._orders.csv': 'x', '.DS_Store': 'x', 'read me.pdf': '%PDF-1.7' }); // prettier-ignore
    const { files, skipped } = await unpack(bytes);
    expect(files.map(({ name, lastModified }) => [name, lastModified])).toEqual([['orders.csv', 5], ['people.json', 5]]); // prettier-ignore
    expect(await files[0]!.text()).toBe('id\n1\n');
    expect(skipped).toEqual(['read me.pdf']);
  });

  test('with their folders where two have one name', async () => {
    const { files } = await unpack(zip({ 'may/orders.csv': 'id\n1\n', 'june/orders.csv': 'id\n2\n' }));
    expect(files.map(({ name }) => name)).toEqual(['may/orders.csv', 'june/orders.csv']);
  });

  test('other files and workbooks come back as they are', async () => {
    for (const bytes of [strToU8('id\n1\n'), zip({ 'xl/workbook.xml': 'x' })]) {
      const { files } = await unpack(bytes, 'a.bin');
      expect(files.map(({ name, size }) => [name, size])).toEqual([['a.bin', bytes.length]]);
    }
  });

  test('large members come through whole', async () => {
    const text = Array.from({ length: 700_000 }, (_, i) => `${i},${(i * 7919) % 1013}\n`).join('');
    const { files } = await unpack(zip({ 'a.csv': text }));
    expect((await files[0]!.text()) === text).toBe(true);
  });
});

describe('archives that cannot be opened say why', () => {
  const locked = zip({ 'a.csv': 'id\n' });
  const data = new DataView(locked.buffer);
  for (let at = 0; at < locked.length - 46; at++)
    if (data.getUint32(at, true) === 0x02014b50) data.setUint16(at + 8, 1, true);
  const many = zip(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`${i}.csv`, 'x'])));

  test.each([
    ['an archive within', zip({ 'more.zip': zip({ 'a.csv': 'id\n' }) }), /it holds another archive, more\.zip\. Unpack it/],
    ['an archive within by another name', zip({ 'more.csv': zip({ 'a.csv': 'id\n' }) }), /it holds another archive, more\.csv/],
    ['a password', locked, /need a file without a password/],
    ['too many files', many, /at most 10,000 files/],
    ['nothing inside', zip({}), /this is an empty zip archive/],
    ['no table inside', zip({ 'a.pdf': '%PDF-1.7' }), /a\.pdf: need a table .* this is a PDF document/],
    ['cut off', zip({ 'a.csv': 'id\n1\n'.repeat(999) }).slice(0, 60), /^export\.zip: need a complete file; this zip archive/],
    ['a bomb', zip({ 'a.csv': new Uint8Array(40 << 20).fill(48) }), /^export\.zip: need a file that unpacks to at most 2,048 MB and 200 times its size/],
  ] as const)('%s', async (_, bytes, sentence) => {
    await expect(unpack(bytes)).rejects.toThrow(sentence);
  }); // prettier-ignore
});
