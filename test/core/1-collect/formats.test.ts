import { describe, expect, test } from 'vitest';
import { corpus, type KnownList } from '../../fixtures/header-corpus';
import { settleTables, fillColumns, rawTable } from '../../fixtures/raw-tables';

const tableOf = ({ columns, kind }: KnownList) => {
  const headers = columns.map(({ header }) => header);
  const { read, sorted } = settleTables([
    rawTable('a.csv', headers, fillColumns(columns, kind === 'customers')),
  ]);
  return { table: read[0]!, kind: sorted.kinds[0]! };
};

describe('exports that are known', () => {
  test.each(corpus.map((known, i) => [`${known.id} (${i})`, known] as const))('%s', (_, known) => {
    const { table } = tableOf(known);
    expect(table.source?.id).toBe(known.id);
    const found = table.columns.map(({ reading }) => [reading.name, reading.role]);
    expect(found).toEqual(known.columns.map(({ header, role }) => [header, role]));
  });
});
