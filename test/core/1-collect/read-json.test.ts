import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJsonFrames, type JsonLayout } from '../../../src/core/1-collect/json-frames';
import { flattenTree, parseTree, printTree } from '../../../src/core/1-collect/json-tree';
import { readBytes, rowsOf } from './read-text';

const read = async (text: string | Uint8Array, name = 'orders.json') => {
  const { table, reading } = await readBytes(text, name);
  return { ...reading, rows: rowsOf(table) };
};

const csv = 'id,name,sum\n9007199254740993,Zoë,5.50\n2,"Ann, B",1e3\n3,,\n';
const json =
  '[{"id":9007199254740993,"name":"Zo\\u00eb","sum":5.50},\n {"id":2,"name":"Ann, B","sum":1e3},{"id":3,"name":null,"sum":""}]';

describe('the same table in any shape of JSON gives the columns of the CSV file', () => {
  const lines = json.slice(1, -1).replace(/\},\s*\{/g, '}\n{');
  test.each([
    ['a list of objects', json],
    ['with a byte order mark', `\ufeff${json}`],
    ['one object a line', `${lines}\n`],
    ['one object a line, carriage returns', lines.replaceAll('\n', '\r\n')],
    ['objects one after another', lines.replaceAll('\n', ' ')],
    ['objects spread over lines', lines.replaceAll(',"', ',\n  "')],
    ['a list within an object', `{"meta":{"page":1,"tags":["a"]},"data":${json},"next":null}`],
    ['a list within objects', `{"response":{"ok":true,"orders":${json}}}`],
    ['a list for each column', '{"id":[9007199254740993,2,3],"name":["Zoë","Ann, B",null],"sum":[5.50,1e3,""]}'],
    ['an indexed object for each column', '{"id":{"0":9007199254740993,"1":2,"2":3},"name":{"0":"Zoë","1":"Ann, B","2":null},"sum":{"0":5.50,"1":1e3,"2":""}}'],
  ])('%s', async (_, text) => {
    const expected = await read(csv, 'orders.csv');
    const found = await read(text);
    expect(found.columnNames).toEqual(expected.columnNames);
    expect(found.rows).toEqual(expected.rows);
    expect(found.refusedCount).toBe(0);
  }); // prettier-ignore

  test('in UTF-16', async () => {
    const bytes = new Uint8Array(new Uint16Array([...`\ufeff${json}`].map((c) => c.charCodeAt(0))).buffer);
    expect((await read(bytes)).rows).toEqual((await read(csv, 'orders.csv')).rows);
  });
});

describe('rows of any shape', () => {
  test('nested objects get dotted names, lists of keys with values one column a key, other lists stay text', async () => {
    const event = (session: number, page: string) =>
      `{"event_name":"page_view","event_params":[{"key":"ga_session_id","value":{"string_value":null,"int_value":"${session}","float_value":null,"double_value":null}},{"key":"page_location","value":{"string_value":"${page}"}}],"device":{"web_info":{"browser":"Chrome"}},"items":[{"id":1,"tags":["a", "b"]}],"list":[],"sizes":[1, 2]}`;
    const found = await read(`${event(11, '/a')}\n${event(12, '/b')}\n`, 'events.json');
    expect(found.dialect.format).toBe('ndjson');
    expect(found.columnNames).toEqual(['event_name', 'event_params.ga_session_id', 'event_params.page_location', 'device.web_info.browser', 'items', 'list', 'sizes']); // prettier-ignore
    expect(found.rows[1]).toEqual(['page_view', '12', '/b', 'Chrome', '[{"id":1,"tags":["a","b"]}]', '', '[1,2]']); // prettier-ignore
  });

  test('names that come late are empty before; names twice in a row are two columns; any name is just a name', async () => {
    const found = await read('[{"a":1,"a":2},{"b":true,"__proto__":"x"},{"constructor":{"toString":false}}]');
    expect(found.columnNames).toEqual(['a', 'a 2', 'b', '__proto__', 'constructor.toString']);
    expect(found.rows).toEqual([['1', '2', '', '', ''], ['', '', 'true', 'x', ''], ['', '', '', '', 'false']]); // prettier-ignore
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test('values that are no objects, broken rows and rows nested too deep are refused with their number', async () => {
    const deep = `${'{"a":'.repeat(70)}1${'}'.repeat(70)}`;
    const found = await read(`{"id":1}\n{"id":2\n7\n${deep}\n{"id":3} x\n{"id":4}\n{"id":`);
    expect(found.rows).toEqual([['1'], ['4']]);
    expect(found.refused.map(({ row, why }) => [row, why])).toEqual([
      [2, 'the row breaks off'],
      [3, 'the row is a single value where an object with names is wanted'],
      [4, 'the row is nested deeper than 64 levels'],
      [5, 'the row is no JSON from "x" on'],
      [7, 'the row breaks off'],
    ]);
    expect(found.rowsRead).toBe(7);
  });

  test('other lists in the file are named', async () => {
    const found = await read('{"customers":[{"id":1}],"orders":[{"id":1,"sum":5},{"id":2,"sum":6}]}');
    expect(found.dialect.sheet).toBe('orders');
    expect(found.otherSheets).toEqual(['customers']);
    const other = await readBytes('{"customers":[{"id":1}],"orders":[{"id":1,"sum":5}]}', 'a.json', { sheet: 'customers' }); // prettier-ignore
    expect(rowsOf(other.table)).toEqual([['1']]);
  });
});

describe('files that cannot be read say why', () => {
  test.each([
    ['cut off', '[{"id":1},{"id":2},{"id', /^orders\.json: need JSON that ends as it began; it breaks off in row 3\./],
    ['cut off behind a row', '{"data":[{"id":1},{"id":2}', /breaks off in row 3/],
    ['an empty list', '[]', /the file is empty/],
    ['a list of numbers', '[1,2,3]', /a JSON list without column names/],
    ['a list of lists', '[["id","sum"],[1,2]]', /a JSON list without column names/],
    ['a row without end', `[{"id":"${'x'.repeat(9 << 20)}`, /need rows of at most 4 MB; row 1 is longer/],
    ['nested without end', '[{"a":'.repeat(2_000_000), /row 1 is longer|breaks off in row 1/],
  ])('%s', async (_, text, sentence) => {
    await expect(read(text)).rejects.toThrow(sentence);
  }); // prettier-ignore

  test('brackets and semicolons in a header are no JSON', async () => {
    expect((await read('[id];[sum]\n1;2\n', 'orders.csv')).columnNames).toEqual(['[id]', '[sum]']);
  });
});

const cut = (bytes: Uint8Array, cuts: number[]): Uint8Array[] => {
  const at = [0, ...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.slice(at[i], end));
};

describe('whatever is written', () => {
  test('print ∘ parse is what JSON itself makes of any value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = JSON.parse(text) as unknown;
        expect(JSON.parse(printTree(parseTree(text)))).toEqual(value);
        expect(JSON.parse(printTree(parseTree(JSON.stringify(value, null, 2))))).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test('splitting the bytes anywhere gives the same rows', () => {
    const row = fc.dictionary(fc.string({ unit: 'binary' }), fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.array(fc.integer()), fc.constant(null)), { maxKeys: 4 }); // prettier-ignore
    const layouts: [JsonLayout, (rows: string[]) => string][] = [
      [{ kind: 'lines' }, (rows) => rows.join('\n')],
      [{ kind: 'rows', path: [] }, (rows) => `[ ${rows.join(' ,\n')} ]`],
      [{ kind: 'rows', path: null }, (rows) => rows.join('')],
      [{ kind: 'rows', path: ['a', 'data'] }, (rows) => `{"x":[{"data":[1]}],"a":{"b\\"":"]","data":[${rows.join()}],"c":{}},"d":2}`],
    ]; // prettier-ignore
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), fc.constantFrom(...layouts), fc.array(fc.nat(), { maxLength: 6 }), (values, [layout, print], cuts) => {
        const texts = values.map((value) => JSON.stringify(value));
        const frames = createJsonFrames(layout);
        const found: string[] = [];
        for (const piece of cut(new TextEncoder().encode(print(texts)), cuts)) frames.feed(piece, false, (text) => found.push(text.trim()));
        frames.feed(new Uint8Array(0), true, (text) => found.push(text.trim()));
        expect(frames.isCutOff).toBe(false);
        expect(found).toEqual(new TextDecoder().decode(new TextEncoder().encode(texts.join('\n'))).split('\n'));
      }),
      { numRuns: 500 },
    ); // prettier-ignore
  });

  test('a list that is not of keys with values stays one cell', () => {
    const cells: [string, string][] = [];
    flattenTree('', parseTree('{"a":[{"key":"x"},{"key":"y","value":1}],"b":[{"key":"x","value":[1]}]}'), (path, text) => cells.push([path, text])); // prettier-ignore
    expect(cells).toEqual([['a', '[{"key":"x"},{"key":"y","value":1}]'], ['b.x', '[1]']]); // prettier-ignore
  });
});
