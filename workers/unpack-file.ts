import { isZip, sniffContainer } from '../src/core/1-collect/sniff';
import {
  archiveLimits,
  createUnzipper,
  kindOfZip,
  readDirectory,
  tableMembers,
} from '../src/core/1-collect/unzip';
import { AppError } from '../src/core/kit/errors';
import { readRaw } from './read-bytes';

const TAIL = 8 << 20;
const GATHER = 4 << 20;

/** The tables of an archive as files of their own, and the names of members that are none. */
export type Unpacked = { files: File[]; skipped: string[] };

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

/** Unpacks a zip archive of tables; any other file, workbooks too, comes back as it is. */
export async function unpackFile(file: File): Promise<Unpacked> {
  if (!isZip(await bytesOf(file.slice(0, 8)))) return { files: [file], skipped: [] };
  const tail = await bytesOf(file.slice(Math.max(0, file.size - TAIL)));
  const entries = readDirectory(file.name, tail, file.size);
  if (kindOfZip(entries.map(({ name }) => name)) !== 'archive') return { files: [file], skipped: [] };
  const members = tableMembers(file.name, entries);
  const found = new Map<string, Blob[]>();
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let nWaiting = 0;
  const unzipper = createUnzipper(file.name, archiveLimits, members, (name, piece, isLast) => {
    const blobs = found.get(name) ?? [];
    found.set(name, blobs);
    nWaiting += waiting.push(new Uint8Array(piece)) && piece.length;
    if (nWaiting < GATHER && !isLast) return;
    blobs.push(new Blob(waiting));
    waiting = [];
    nWaiting = 0;
  });
  for await (const piece of readRaw(file, false)) unzipper.push(piece, false);
  unzipper.push(new Uint8Array(0), true);
  const names = shortNames(members.map(({ name }) => name));
  const files = members.map(
    ({ name }, i) => new File(found.get(name) ?? [], names[i]!, { lastModified: file.lastModified }),
  );
  return sortOut(file.name, files);
}

/** Members without their folders, unless two would be called the same. */
function shortNames(paths: string[]): string[] {
  const short = paths.map((path) => path.slice(path.lastIndexOf('/') + 1));
  return paths.map((path, i) =>
    short.indexOf(short[i]!) === short.lastIndexOf(short[i]!) ? short[i]! : path,
  );
}

/** Members whose first bytes are no table's are left out, unless none is left. */
async function sortOut(archive: string, members: File[]): Promise<Unpacked> {
  const files: File[] = [];
  const skipped: string[] = [];
  let fault: unknown;
  for (const member of members)
    try {
      const head = await bytesOf(member.slice(0, 4096));
      if (isZip(head)) await refuseNested(archive, member);
      sniffContainer(member.name, head);
      files.push(member);
    } catch (error) {
      if (error instanceof AppError && error.name === 'NestedArchive') throw error;
      fault = error;
      skipped.push(member.name);
    }
  if (files.length === 0) throw fault;
  return { files, skipped };
}

async function refuseNested(archive: string, member: File): Promise<void> {
  const tail = await bytesOf(member.slice(Math.max(0, member.size - TAIL)));
  const names = readDirectory(member.name, tail, member.size).map(({ name }) => name);
  if (kindOfZip(names) === 'archive') throw new AppError('NestedArchive', archive, member.name);
}
