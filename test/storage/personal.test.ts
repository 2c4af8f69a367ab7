import { expect, test } from 'vitest';
import { packBlock } from '../../src/core/1-collect/block-bytes';
import { createMinimiser, type PersonalChoice } from '../../src/core/1-collect/minimise';
import { openStore } from '../../src/storage/store';
import { readFile, sniffFile } from '../../workers/read-file';
import { readDatabase } from '../fixtures/read-database';
import { shop } from './tables';

const choices: PersonalChoice[] = [
  { file: 0, column: 1, name: 'email', kind: 'email', treatment: 'hash' },
  { file: 0, column: 2, name: 'card', kind: 'card', treatment: 'drop' },
];
const key = crypto.getRandomValues(new Uint8Array(32));

/** 3,000 rows with an e-mail and a card each, a short one among them; stored with or without the choices. */
async function importPeople(name: string, chosen: PersonalChoice[]): Promise<string> {
  const rows = Array.from(
    { length: 3000 },
    (_, i) => `${i},person${i}@planted.example,411111111111${1000 + i},5`,
  );
  rows[77] = '77,person77@planted.example';
  const file = new File([`order,email,card,amount\n${rows.join('\n')}\n`], 'orders.csv');
  const store = await openStore({ name });
  const dialect = await sniffFile(file);
  await store.startImport({ ...shop, now: 1 }, [{ fileName: file.name, bytes: file.size, lastModified: 1 }]);
  const minimiser = createMinimiser(chosen, key, null);
  const reading = await readFile(
    file,
    dialect,
    null,
    (block) => store.putBlock('shop', 0, dialect, packBlock(minimiser.block(block))),
    () => {},
  );
  await store.finishFile('shop', 0, minimiser.reading(reading));
  await store.finishImport('shop', 2);
  const stored = await readDatabase(name);
  await store.wipe();
  return stored;
}

test('a column that was left out or hashed never reaches the database, not even in a refused row', async () => {
  const kept = await importPeople('personal-kept', []);
  for (const planted of ['person2999@planted.example', '4111111111112077', 'person77@planted.example'])
    expect(kept).toContain(planted);
  const minimised = await importPeople('personal-minimised', choices);
  expect(minimised).toContain('hashed.invalid');
  for (const planted of ['planted.example', '411111111111']) expect(minimised).not.toContain(planted);
});
