import * as Comlink from 'comlink';
import type { FilePreview } from '../workers/preview-file';
import type { Unpacked } from '../workers/unpack-file';
import { readFile } from './bridge/read-file';
import { stallSeconds, watchStall } from './bridge/stall';
import { throwUnreadable } from './bridge/unreadable';
import type { DataCheck } from './core/1-collect/collected';
import type { PersonalChoice } from './core/1-collect/minimise';
import type { Dialect, PackedBlock } from './core/1-collect/raw-table';
import type { RowDiff } from './core/1-collect/refresh';
import type { SampleKind } from './core/samples/registry';
import { type Engine, loadTables, type Step, timed, type Work } from './pipeline';
import type { ProjectManifest } from './storage/manifest';

/** What the person settled outlives a new reading of the files; answers do not. */
const keptRecords = ['settings', 'privacy', 'watch'];

/** Archives in a drop are replaced by the tables in them; `skipped` are members that are no tables. */
export async function unpackFiles(
  { collection }: Engine,
  files: readonly File[],
  step: Step,
): Promise<Unpacked> {
  const all: Unpacked = { files: [], skipped: [] };
  for (const [index, file] of files.entries()) {
    step.report(`Looking at ${file.name}`, index / files.length);
    const unpacked = await collection
      .call((api) => api.unpack(file), step.signal)
      .catch(throwUnreadable(file));
    all.files.push(...unpacked.files);
    all.skipped.push(...unpacked.skipped);
  }
  return all;
}

/** What a file holds and how it is cut, seen before anything of it is stored. */
export type Surveyed = FilePreview & { dialect: Dialect };

/** How a file is to be cut: settled, or found out for one of its sheets; null = found out. */
export type WantedDialect = Dialect | { sheet: string | undefined } | null;

/** Looks at files without storing anything, so that the person can say what becomes of personal columns. */
export async function surveyFiles(
  { collection }: Engine,
  files: readonly File[],
  step: Step,
  dialects: readonly WantedDialect[] = [],
): Promise<Surveyed[]> {
  const surveyed: Surveyed[] = [];
  for (const [index, file] of files.entries()) {
    step.report(`Looking at ${file.name}`, index / files.length);
    const watch = watchStall(collection, file.name, stallSeconds.looking);
    const look = async (): Promise<Surveyed> => {
      const wanted = dialects[index] ?? { sheet: undefined };
      const dialect: Dialect =
        'format' in wanted
          ? wanted
          : await collection.call((api) => api.sniff(file, wanted.sheet), step.signal);
      if (/csv|json/.test(dialect.format)) watch.end();
      else watch.alive();
      return { dialect, ...(await collection.call((api) => api.preview(file, dialect), step.signal)) };
    };
    surveyed.push(await look().catch(throwUnreadable(file)).finally(watch.end));
  }
  return surveyed;
}

/** What becomes of personal columns, and the project's own key for those that are hashed. */
export type Privacy = { key: Uint8Array; choices: PersonalChoice[] };

/**
 * Reads every file into storage, block by block; what an earlier, broken import stored, or what was carried over from
 * before (null), is not read again.
 */
export async function importFiles(
  { store, collection }: Engine,
  project: ProjectManifest,
  files: (File | null)[],
  step: Step,
  dialects: (Dialect | null)[],
  { key, choices }: Privacy,
): Promise<ProjectManifest> {
  const totalBytes = files.reduce((sum, file) => sum + (file?.size ?? 0), 0);
  const progress = await store.importProgress(project.id);
  let bytesBefore = 0;
  for (const [index, file] of files.entries()) {
    const earlier = progress[index];
    if (earlier?.isFinished || !file) continue;
    const stage = `Reading ${file.name}`;
    const done = timed(step, stage);
    const dialect: Dialect =
      dialects[index] ?? earlier?.dialect ?? (await collection.call((api) => api.sniff(file), step.signal));
    const onBlock = (block: PackedBlock) => store.putBlock(project.id, index, dialect, block);
    const onProgress = (p: { rows: number; bytes: number; totalBytes: number }) => {
      const fraction = totalBytes ? (bytesBefore + Math.min(p.bytes, file.size)) / totalBytes : 1;
      step.report(stage, fraction, `${p.rows.toLocaleString()} rows`);
    };
    const stored = earlier && earlier.blocks.length > 0 ? earlier : null;
    const privacy = { key, choices: choices.filter((choice) => choice.file === index) };
    const place = { database: store.database, projectId: project.id, file: index, dialect };
    const options = { stored, onBlock, onProgress, privacy, place };
    const reading = await readFile(collection, file, dialect, options, step.signal).catch(
      throwUnreadable(file),
    );
    await store.finishFile(project.id, index, reading);
    bytesBefore += file.size;
    done(reading.rowsRead);
  }
  await store.finishImport(project.id, Date.now(), keptRecords);
  return (await store.readyManifest(project.id))!;
}

/** What a sample company has hidden in it: how its customers really buy, and its dirt. */
export type HiddenTruth = {
  groups: { name: string; description: string; size: number }[];
  dirt: { file: string; what: string; rows: number }[];
};

/** A sample company as files a person could have exported; made by our own code from a fixed seed. */
export async function makeSample(
  { collection }: Engine,
  kind: SampleKind,
  step: Step,
): Promise<{ files: File[]; hidden: HiddenTruth }> {
  step.report('Making the sample files', 0);
  const { files, hidden } = await collection.call((api) => api.sample(kind, 1), step.signal);
  const made = files.map(
    ({ name, bytes }) => new File([bytes as Uint8Array<ArrayBuffer>], name, { lastModified: 0 }),
  );
  return { files: made, hidden };
}

/**
 * What became of the rows of each file that was read anew (`replaced`, by position) or added, beside the rows kept from
 * before the refresh; `before` is the check of those, for what tells their rows apart.
 */
export async function compareWithKept(
  work: Work,
  before: DataCheck | null,
  replaced: readonly number[],
): Promise<RowDiff[]> {
  const { engine, project, step } = work;
  await loadTables(work);
  const done = timed(step, 'Comparing with the rows before');
  step.report('Comparing with the rows before', 0);
  const kept = await engine.store.readTables(project.id, 'kept');
  const tables = project.files.map((_, at) => (replaced.includes(at) ? (kept[at] ?? null) : null));
  const diffs = await engine.collection.call((api) => api.diff(tables, before?.files ?? []), step.signal);
  done(project.files.reduce((sum, { nRows }) => sum + nRows, 0));
  return project.files.flatMap(({ fileName: name, nRows }, at) => {
    const added = { before: 0, after: nRows, added: nRows, changed: 0, gone: 0 };
    if (at >= kept.length) return [{ name, diff: added }];
    return diffs[at] ? [{ name, diff: diffs[at] }] : [];
  });
}

/** How many rows of each file are older than what is given for it (ms); null = not asked, or it has no dates. */
export async function countOlderRows(
  work: Work,
  check: DataCheck,
  before: readonly (number | null)[],
): Promise<(number | null)[]> {
  await loadTables(work);
  return work.engine.collection.call((api) => api.countOlder(check.files, [...before]), work.step.signal);
}

/** Stores one file anew without its rows older than `before`; all other files are carried over, nothing of it is kept. */
export async function removeOlderRows(
  work: Work,
  check: DataCheck,
  index: number,
  before: number,
): Promise<ProjectManifest> {
  const { engine, project, step } = work;
  const { store, collection } = engine;
  await loadTables(work);
  const files = project.files.map(({ fileName, bytes, lastModified, loadedAt }, at) => ({
    fileName,
    bytes,
    lastModified,
    loadedAt,
    ...(at === index ? {} : { carriedFrom: at }),
  }));
  const { dialect } = project.files[index]!.reading!;
  await store.startImport({ ...project, now: Date.now() }, files);
  const onBlock = Comlink.proxy((block: PackedBlock) => store.putBlock(project.id, index, dialect, block));
  const reading = await collection
    .call((api) => api.withoutOlder(check.files[index]!, index, before, onBlock), step.signal)
    .catch(async (error: unknown) => {
      await store.discardImport(project.id);
      throw error;
    });
  await store.finishFile(project.id, index, reading);
  await store.finishImport(project.id, Date.now(), keptRecords);
  return (await store.readyManifest(project.id))!;
}
