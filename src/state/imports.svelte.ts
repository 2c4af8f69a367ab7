import type { CollectSettings } from '../core/1-collect/collected';
import type { Dialect, Treatment } from '../core/1-collect/raw-table';
import { exportParts, type ExportPart } from '../core/4-decisions/exports';
import type { SampleKind } from '../core/samples/registry';
import type { Analysis } from '../pipeline-analysis';
import {
  type HiddenTruth,
  importFiles,
  type Privacy,
  makeSample,
  type Surveyed,
  surveyFiles,
  type WantedDialect,
  unpackFiles,
} from '../pipeline-files';
import type { IncomingFile, ProjectManifest } from '../storage/manifest';
import type { Screen } from './page.svelte';
import { mustReview, newPrivacy, proposeChoices, type PersonalDefaults, type ReviewColumn } from './privacy';
import { saveFile } from './downloads';
import { Runs } from './runs.svelte';
import { isFaultOfFile, nameProject, newProjectId, sentenceOf } from './stored-project';

/** A file to read, or one whose stored rows are taken over. */
export type Incoming = { file: File } | { carriedFrom: number };
type ProjectIdentity = { id: string; name: string; isSample: boolean };
type ImportOptions = {
  dialects?: WantedDialect[];
  keepsPrevious?: boolean;
  /** Of the files to be read, in the order of their places, where they were looked at already. */
  surveyed?: Surveyed[];
  /** Called when the files are stored, before they are checked. */
  onStored?(manifest: ProjectManifest): Promise<void>;
};

const sampleNames: Record<SampleKind, string> = {
  shop: 'Sample shop',
  subscription: 'Sample software company',
  services: 'Sample services firm',
};

/** How files are cut, and what becomes of their personal columns. */
type Settled = { dialects: (Dialect | null)[]; privacy: Privacy };

type Prepared = {
  collect: CollectSettings;
  analysis: Analysis;
  only: readonly ExportPart[];
  personal: PersonalDefaults;
  finished: Promise<void>;
  resolve(): void;
};

/** Files on their way into storage. Personal columns are settled before anything is stored. */
export abstract class Imports extends Runs {
  /** Personal columns about which the person has to say something before their files are read; null = none. */
  review = $state.raw<ReviewColumn[] | null>(null);
  /** A file that must be chosen again because the browser has let go of it, and how it is to be read then. */
  wanted = $state.raw<{ index: number; change: Partial<Dialect> } | null>(null);
  /** What is hidden in the sample that was asked about; null = none. */
  revealed = $state.raw<(HiddenTruth & { name: string }) | null>(null);
  #answer: ((treatments: Treatment[] | null) => void) | null = null;
  #prepared: Prepared | null = null;
  /** Counts the imports, so that an earlier one does not go on over a later one. */
  #turn = 0;

  get dialects(): Dialect[] {
    return this.manifest?.files.map((file) => file.reading!.dialect) ?? [];
  }

  /** By file the sheets or lists of it that were not read. */
  get otherSheets(): string[][] {
    return this.manifest?.files.map(({ reading }) => reading?.otherSheets ?? []) ?? [];
  }

  /** Opens files as a new project: stored, checked, segmented and predicted, as far as nothing must be asked. */
  async openFiles(dropped: File[]): Promise<void> {
    const files = await this.unpacked(dropped);
    if (files.length === 0) return this.#prepared?.resolve();
    const project = { id: newProjectId(), name: nameProject(files), isSample: false };
    await this.import(
      project,
      files.map((file) => ({ file })),
      'data',
    );
  }

  /** The files with those of archives in their place; none when one cannot be unpacked. */
  protected async unpacked(files: File[]): Promise<File[]> {
    const heads = await Promise.all(files.map((file) => file.slice(0, 2).text()));
    if (!heads.includes('PK')) return files;
    let found: File[] = [];
    await this.work('Looking at the files', files.length, async (step) => {
      const { files: tables, skipped } = await unpackFiles(this.engine, files, step);
      found = tables;
      if (skipped.length > 0)
        this.notice('info', `Not read, because they are no tables: ${skipped.join(', ')}.`);
    });
    return found;
  }

  /** The same every time: made from a seed by our own code, then imported like anyone's files. */
  async openSample(kind: SampleKind): Promise<void> {
    let files: File[] = [];
    const name = sampleNames[kind];
    const made = await this.work(`Making the ${name.toLowerCase()}`, 1, async (step) => {
      ({ files } = await makeSample(this.engine, kind, step));
    });
    if (!made) return this.#prepared?.resolve();
    const project = { id: `sample-${kind}`, name, isSample: true };
    await this.import(
      project,
      files.map((file) => ({ file })),
      'segments',
    );
  }

  /** What is hidden in a sample company, for whoever wants to judge what is found in it. */
  async revealSample(kind: SampleKind): Promise<void> {
    await this.work('Making the sample files', 1, async (step) => {
      const { hidden } = await makeSample(this.engine, kind, step);
      this.revealed = { name: sampleNames[kind], ...hidden };
    });
  }

  /** The files of a sample company as a person would have them: to look at, or to drop in like one's own. */
  async downloadSample(kind: SampleKind): Promise<void> {
    await this.work('Making the sample files', 1, async (step) => {
      const { files } = await makeSample(this.engine, kind, step);
      for (const file of files) saveFile(file.name, await file.text());
    });
  }

  /** A broken import: the same files again go on where it stopped, with what was chosen for personal columns. */
  async resumeImport(id: string, chosen: File[]): Promise<void> {
    const files = await this.unpacked(chosen);
    const manifest = (await this.engine.store.listProjects()).find((project) => project.id === id);
    if (!manifest) return;
    const ordered = manifest.files.map((stored) =>
      stored.reading
        ? null
        : files.find((file) => file.name === stored.fileName && file.size === stored.bytes),
    );
    const missing = manifest.files
      .filter((_, index) => ordered[index] === undefined)
      .map((stored) => stored.fileName);
    if (missing.length > 0) {
      this.notice('error', `To go on, choose the same file again: ${missing.join(', ')}.`);
      return;
    }
    const privacy = await this.engine.store.getRecord<Privacy>(id, 'privacy');
    const incoming = ordered.map((file) => file ?? null);
    await this.#read(
      manifest,
      incoming,
      'data',
      { dialects: [], privacy: privacy ?? newPrivacy() },
      ++this.#turn,
    );
  }

  async discardImport(id: string): Promise<void> {
    await this.engine.store.discardImport(id);
    await this.listProjects();
  }

  /** Reads one file again another way, or another of its sheets. After a reload the browser has let go of it: then it is asked for. */
  async setDialect(index: number, change: Partial<Dialect>, source?: File): Promise<void> {
    const { manifest } = this;
    if (!manifest || !this.mayChange()) return;
    const file = source ?? this.files[index];
    this.wanted = file ? null : { index, change };
    if (!file) return;
    const decisions = this.collect.decisions.filter((decision) => decision.file !== index);
    const fixes = this.collect.fixes?.filter((fix) => fix.file !== index);
    this.collect = { ...this.collect, decisions, ...(fixes && { fixes }) };
    const { sheet } = change;
    const dialects: WantedDialect[] = [...this.dialects];
    dialects[index] = sheet === undefined ? { ...this.dialects[index]!, ...change } : { sheet };
    const incoming = manifest.files.map((_, at) => (at === index ? { file } : { carriedFrom: at }));
    await this.import(manifest, incoming, 'data', { dialects });
  }

  /** The person's word on the columns of `review`, in their order; null = do not open the files. */
  answerReview(treatments: Treatment[] | null): void {
    this.review = null;
    this.#answer?.(treatments);
    this.#answer = null;
  }

  /** Settings for the files that come in next, instead of the usual ones; `finished` then waits for their route. */
  prepare(
    collect: CollectSettings,
    analysis: Analysis,
    only: readonly ExportPart[] = exportParts,
    personal: PersonalDefaults = [],
  ): void {
    let resolve = () => {};
    const finished = new Promise<void>((settle) => (resolve = settle));
    this.#prepared = { collect, analysis, only, personal, finished, resolve };
  }

  finished(): Promise<void> {
    return this.#prepared?.finished ?? Promise.resolve();
  }

  /** True when the files are the project's data; what was open stays open otherwise. */
  protected async import(
    { id, name, isSample }: ProjectIdentity,
    incoming: Incoming[],
    screen: Screen,
    options: ImportOptions = {},
  ): Promise<boolean> {
    const turn = ++this.#turn;
    this.answerReview(null);
    if (this.project?.id !== id && !(await this.isFree(id))) {
      this.notice('warning', `${name} is open in another tab. Close it there first.`);
      return false;
    }
    const settled = await this.#settle({ id, name, isSample }, incoming, options);
    if (!settled || turn !== this.#turn) {
      this.#prepared?.resolve();
      return false;
    }
    const { store } = this.engine;
    const project = { id, name, isSample, now: Date.now(), keepsPrevious: options.keepsPrevious };
    try {
      const manifest = await store.startImport(project, this.#storedFiles(incoming), [
        { kind: 'privacy', value: settled.privacy },
      ]);
      const files = incoming.map((entry) => ('file' in entry ? entry.file : null));
      return await this.#read(manifest, files, screen, settled, turn, options.onStored);
    } catch (error) {
      this.notice('error', sentenceOf(error));
      this.#prepared?.resolve();
      return false;
    }
  }

  /** Looks at the files and asks about personal columns where the person has not said yet; null = not to be opened. */
  async #settle(
    { id, name, isSample }: ProjectIdentity,
    incoming: Incoming[],
    { dialects = [], surveyed }: ImportOptions,
  ): Promise<Settled | null> {
    const fresh = incoming.flatMap((entry, index) => ('file' in entry ? [{ file: entry.file, index }] : []));
    let found = surveyed ?? [];
    const isSurveyed =
      surveyed !== undefined ||
      (await this.work(`Opening ${name}`, 1, async (step) => {
        const known = fresh.map(({ index }) => dialects[index] ?? null);
        const files = fresh.map(({ file }) => file);
        found = await surveyFiles(this.engine, files, step, known);
      }));
    if (!isSurveyed) return null;
    const earlier = (await this.engine.store.getRecord<Privacy>(id, 'privacy')) ?? newPrivacy();
    const columns = proposeChoices(
      fresh.map(({ file, index }, at) => ({ fileName: file.name, file: index, found: found[at]! })),
      earlier.choices,
      this.#prepared?.personal ?? [],
    );
    const asks = !isSample && !this.#prepared && mustReview(columns);
    const treatments = asks ? await this.#ask(columns) : columns.map(({ choice }) => choice.treatment);
    if (!treatments) return null;
    const carried = incoming.flatMap((entry, file) =>
      'file' in entry
        ? []
        : earlier.choices.filter((c) => c.file === entry.carriedFrom).map((c) => ({ ...c, file })),
    );
    const chosen = columns.map(({ choice }, at) => ({ ...choice, treatment: treatments[at]! }));
    const cuts: (Dialect | null)[] = incoming.map(() => null);
    fresh.forEach(({ index }, at) => (cuts[index] = found[at]!.dialect));
    return { privacy: { key: earlier.key, choices: [...carried, ...chosen] }, dialects: cuts };
  }

  #ask(columns: ReviewColumn[]): Promise<Treatment[] | null> {
    this.review = columns;
    return new Promise((resolve) => (this.#answer = resolve));
  }

  #storedFiles(incoming: Incoming[]): IncomingFile[] {
    return incoming.map((entry) => {
      if ('file' in entry) {
        const { name, size, lastModified } = entry.file;
        return { fileName: name, bytes: size, lastModified };
      }
      const { fileName, bytes, lastModified } = this.manifest!.files[entry.carriedFrom]!;
      return { fileName, bytes, lastModified, carriedFrom: entry.carriedFrom };
    });
  }

  /** Files into storage, then the whole route. What was open stays open when the import fails. */
  async #read(
    manifest: ProjectManifest,
    files: (File | null)[],
    screen: Screen,
    { dialects, privacy }: Settled,
    turn: number,
    onStored?: (manifest: ProjectManifest) => Promise<void>,
  ): Promise<boolean> {
    let stored: ProjectManifest | null = null;
    this.stages = [];
    const isRead = await this.work(`Opening ${manifest.name}`, files.length, async (step) => {
      stored = await importFiles(this.engine, manifest, files, step, dialects, privacy).catch(
        async (error) => {
          if (isFaultOfFile(error)) await this.engine.store.discardImport(manifest.id);
          throw error;
        },
      );
    });
    await this.listProjects();
    // Files that came in meanwhile are what the person wants to see; these stay in the list of projects.
    if (turn !== this.#turn) return false;
    const prepared = this.#prepared;
    const isDone = isRead && stored !== null;
    if (isDone) {
      const isSame = this.project?.id === manifest.id;
      const kept = isSame ? this.settings : null;
      const earlierFiles = isSame ? this.files : [];
      const shown = isSame ? (this.shownSegments ?? this.earlier) : null;
      await this.hold(stored!);
      void this.askToPersist();
      this.files = files.map((file, index) => file ?? earlierFiles[index] ?? null);
      this.earlier = shown;
      Object.assign(this, kept, prepared && { collect: prepared.collect, analysis: prepared.analysis });
      this.goTo(screen);
      await onStored?.(stored!);
      await this.route(prepared?.only);
    }
    prepared?.resolve();
    return isDone;
  }
}
