import type { Issue } from './collected';
import { createIndex, customerTexts } from './customer-ids';
import { type Column, columnOf, type ReadTable } from './read-table';
import { sayOf } from './row-tally';
import { count, plural } from './wording';

/**
 * Events of people who are signed in now and then: each is of the user where it says so, else of the only user its
 * device was ever seen with, else of the device. Null where a file does not tell users and devices.
 */
export function joinDevices(table: ReadTable): Issue | null {
  const user = table.columns.find(({ words }) => words === 'user id');
  const device = table.columns.find(({ words }) => words === 'user pseudo id');
  const isKnown = table.source?.kind === 'events' && user && device;
  if (!isKnown || user.profile.nDistinct === 0 || device.profile.nDistinct === 0) return null;
  if (columnOf(table, 'customer')?.reading.roleWhy === 'as you chose') return null;
  const users = customerTexts(user);
  const devices = customerTexts(device);
  const owners = onlyUsers(user, device, users);
  const ids = createIndex();
  let nSigned = 0;
  let nOwned = 0;
  const codes = Uint32Array.from(user.profile.codes, (code, row) => {
    const at = device.profile.codes[row]!;
    const owner = owners[at]!;
    if (users[code] !== '') nSigned++;
    else if (devices[at] !== '' && owner >= 0) nOwned++;
    return ids.of(users[code] || (devices[at] === '' ? '' : owner >= 0 ? users[owner]! : devices[at]!));
  });
  table.columns.push(madeUp(codes, ids.texts));
  const [own, other] = [user.reading, device.reading];
  Object.assign(own, { role: 'ignore', roleConfidence: 1, roleWhy: `used: who it was; where it is empty, ${other.name} tells` }); // prettier-ignore
  Object.assign(other, { role: 'ignore', roleConfidence: 1, roleWhy: `used: which device it was where ${own.name} is empty` }); // prettier-ignore
  const sentence = `${count(nSigned)} of ${plural(codes.length, 'event')} say in column ${own.name} who it was; ${count(nOwned)} more are of a device (${other.name}) that only one user was ever seen with and count as that user’s, the rest belong to the device itself.`;
  return sayOf(table, 'users and devices', codes.length - nSigned, sentence);
}

/** By device the code of the only user it was seen with; -1 none, -2 several. */
function onlyUsers(user: Column, device: Column, users: string[]): Int32Array {
  const owners = new Int32Array(device.profile.levels.length).fill(-1);
  user.profile.codes.forEach((code, row) => {
    if (users[code] === '') return;
    const at = device.profile.codes[row]!;
    owners[at] = owners[at] === -1 || owners[at] === code ? code : -2;
  });
  return owners;
}

function madeUp(codes: Uint32Array, levels: string[]): Column {
  const name = 'user or device';
  const counts = new Uint32Array(levels.length);
  const firstRow = new Int32Array(levels.length).fill(-1);
  for (let row = codes.length - 1; row >= 0; row--) {
    counts[codes[row]!]!++;
    firstRow[codes[row]!] = row;
  }
  const isMissing = Uint8Array.from(levels, (text) => (text === '' ? 1 : 0));
  const nMissing = counts.reduce((n, rows, code) => n + (isMissing[code] ? rows : 0), 0);
  const nDistinct = levels.length - isMissing.reduce((n, is) => n + is, 0);
  return {
    profile: { name, levels, codes, counts, firstRow, isMissing, nMissing, nDistinct },
    words: name,
    numbers: null,
    dates: null,
    identifier: null,
    isMadeUp: true,
    reading: {
      name,
      type: 'text',
      why: 'users, and devices that nobody signed in on',
      role: 'customer',
      roleConfidence: 1,
      roleWhy: 'who it was, else which device',
      missing: nMissing,
      distinct: nDistinct,
      unreadable: [],
      examples: [],
    },
  };
}
