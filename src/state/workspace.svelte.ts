import type {
  ColumnDecision,
  CollectSettings,
  DataCheck,
  RefundPolicy,
  Role,
} from '../core/1-collect/collected';
import type { Dialect } from '../core/1-collect/raw-table';
import type { Segmentation } from '../core/3-models/results';
import type { Audience, CustomerRow } from '../core/4-decisions/audience';
import { carryNames } from '../core/4-decisions/carry-names';
import { exportParts, type ExportPart } from '../core/4-decisions/exports';
import { collection, loadWorkerSources, models } from '../bridge/workers';
import {
  askable,
  defaultAnalysis,
  findSegments,
  importFiles,
  predictOutcome,
  runRoute,
  sampleFiles,
  type Analysis,
  type Engine,
  type Show,
  type Step,
  type Work,
} from '../pipeline';
import type { ProjectManifest, Store } from '../storage/manifest';
import { openStore } from '../storage/store';
import { Answers, defaultCollect } from './answers.svelte';
import { History, type Edit } from './history.svelte';
import { Jobs, type Job } from './jobs.svelte';
import { forgetAll, recall, remember } from './memory';
import type { Screen } from './page.svelte';
import {
  closedSentences,
  isFaultOfFile,
  lostSentence,
  nameProject,
  newProjectId,
  sentenceOf,
  summarise,
  type ProjectSummary,
  type StoredResults,
  type StoredSettings,
} from './stored-project';

export type { Audience, CustomerRow, Job, ProjectSummary, Screen };

/** What is open in this tab, and the verbs that change it. Views read the fields and call the verbs; nothing else. */
export class Workspace extends Answers {
  storageMode = $state<'persistent' | 'memory' | null>(null);
  /** Another tab holds this project: look, do not change. */
  readOnly = $state(false);
  storedBytes = $state(0);
  projects = $state.raw<ProjectSummary[]>([]);
  project = $state.raw<ProjectSummary | null>(null);
  #jobs = new Jobs();
  #history = new History();
  #engine!: Engine;
  #manifest: ProjectManifest | null = null;
  /** The files of this visit, so that one can be read again another way. */
  #files: File[] = [];
  /** The segments before the route began again: names and colours are carried over from them. */
  #earlier: Segmentation | null = null;
  #release: () => Promise<void> = async () => {};

  get jobs(): Job[] {
    return this.#jobs.list;
  }

  get undoName(): string | null {
    return this.#history.undoName;
  }

  get redoName(): string | null {
    return this.#history.redoName;
  }

  get dialects(): Dialect[] {
    return this.#manifest?.files.map((file) => file.reading!.dialect) ?? [];
  }

  async start(): Promise<void> {
    this.watch();
    try {
      const store = await this.#openStore();
      if (store.lostData) this.notice('warning', lostSentence);
      await loadWorkerSources();
      await this.#listProjects();
      await this.#reopenLast();
    } catch (error) {
      this.notice('error', sentenceOf(error));
      throw error;
    }
    this.countRequests();
    this.ready = true;
  }

  /** Opens files as a new project: stored, checked, segmented and predicted, as far as nothing must be asked. */
  async openFiles(files: File[]): Promise<void> {
    if (files.length === 0) return;
    await this.#import({ id: newProjectId(), name: nameProject(files), isSample: false }, files, 'data');
  }

  /** The same every time: made from a seed by our own code, then imported like anyone's files. */
  async openSample(): Promise<void> {
    let files: File[] = [];
    const made = await this.#work('Making the sample shop', 1, async (step) => {
      files = await sampleFiles(this.#engine, step);
    });
    if (made)
      await this.#import({ id: 'sample-shop', name: 'Sample shop', isSample: true }, files, 'segments');
  }

  /** Opens a stored project where its answer is: the segments, or the data check while something must be settled. */
  async openProject(id: string): Promise<void> {
    await this.#restore(id);
    this.goTo(this.segmentation ? 'segments' : 'data');
  }

  async #restore(id: string): Promise<void> {
    const manifest = await this.#engine.store.readyManifest(id);
    if (!manifest) return;
    await this.#hold(manifest);
    const { store } = this.#engine;
    const settings = await store.getRecord<StoredSettings>(id, 'settings');
    if (settings) Object.assign(this, settings);
    const results = await store.getRecord<StoredResults>(id, 'results');
    if (!results) return this.#route();
    Object.assign(this, results);
  }

  /** A broken import: the same files again go on where it stopped. */
  async resumeImport(id: string, files: File[]): Promise<void> {
    const manifest = (await this.#engine.store.listProjects()).find((project) => project.id === id);
    if (!manifest) return;
    const ordered = manifest.files.map((stored) =>
      files.find((file) => file.name === stored.fileName && file.size === stored.bytes),
    );
    const missing = manifest.files.filter((_, index) => !ordered[index]).map((stored) => stored.fileName);
    if (missing.length > 0) {
      this.notice('error', `To go on, choose the same file again: ${missing.join(', ')}.`);
      return;
    }
    await this.#read(manifest, ordered as File[], 'data');
  }

  async discardImport(id: string): Promise<void> {
    await this.#engine.store.discardImport(id);
    await this.#listProjects();
  }

  async removeProject(id: string): Promise<void> {
    if (this.project?.id === id) await this.#close();
    await this.#engine.store.removeProject(id);
    await this.#listProjects();
  }

  /** Ends all work and empties everything this page has stored in the browser. */
  async deleteEverything(): Promise<void> {
    for (const job of this.jobs) this.#jobs.cancel(job.id);
    await this.#queue;
    this.#jobs.clear();
    await this.#close();
    await this.#engine.store.wipe();
    await this.#openStore();
    forgetAll();
    await this.#listProjects();
    this.goTo('start');
    this.notice('info', 'Everything this page had stored in the browser is deleted.');
  }

  /** Settles a question, or says which column holds a role; undoable; checks again at once. */
  async answer(role: Role, column: string): Promise<void> {
    const answers = [...this.collect.answers.filter((answer) => answer.role !== role), { role, column }];
    await this.#editCollect(`what ${column} is`, { ...this.collect, answers });
  }

  async decide(decision: ColumnDecision): Promise<void> {
    const isSame = (other: ColumnDecision) =>
      other.file === decision.file && other.column === decision.column;
    const earlier = this.collect.decisions.find(isSame);
    const decisions = [
      ...this.collect.decisions.filter((other) => !isSame(other)),
      { ...earlier, ...decision },
    ];
    const column = this.check?.files[decision.file]?.columns[decision.column]?.name ?? 'column';
    await this.#editCollect(`how ${column} is read`, { ...this.collect, decisions });
  }

  async setRefunds(refunds: RefundPolicy): Promise<void> {
    await this.#editCollect('what to do with refunds', { ...this.collect, refunds });
  }

  /** Reads one file again another way. After a reload the browser has let go of the file: it must be chosen again. */
  async setDialect(index: number, change: Partial<Dialect>, source?: File): Promise<void> {
    const manifest = this.#manifest;
    if (!manifest || !this.#mayChange()) return;
    if (source) this.#files[index] = source;
    const files = manifest.files.map((stored, at) => this.#files[at] ?? stored.fileName);
    const missing = files.filter((file) => typeof file === 'string');
    if (missing.length > 0) {
      this.notice('info', `To read it another way, open the file again: ${missing.join(', ')}.`);
      return;
    }
    const decisions = this.collect.decisions.filter(({ file }) => file !== index);
    this.collect = { ...this.collect, decisions };
    const dialects = this.dialects.map((dialect, at) => (at === index ? { ...dialect, ...change } : dialect));
    await this.#import(
      { id: manifest.id, name: manifest.name, isSample: manifest.isSample },
      files as File[],
      'data',
      dialects,
    );
  }

  async runSegments(change: Partial<Analysis> = {}): Promise<void> {
    await this.#runAgain('Finding segments', change, async (work, check) =>
      this.#show.segments(await findSegments(work, check)),
    );
  }

  async runPrediction(change: Partial<Analysis> = {}): Promise<void> {
    await this.#runAgain('Predicting', change, async (work, check) =>
      this.#show.prediction(await predictOutcome(work, check)),
    );
  }

  renameSegment(id: number, name: string): void {
    if (!this.#mayChange()) return;
    const before = this.segmentNames;
    const after = [...before];
    for (let at = after.length; at < id; at++) after[at] = '';
    after[id] = name.trim();
    const { segmentation } = this;
    const set = async (names: string[]) => {
      if (this.segmentation !== segmentation)
        return this.notice(
          'info',
          'The segments were found anew since that name was given: name them as they are now.',
        );
      this.segmentNames = names;
      await this.#save();
    };
    void this.#history.apply({ name: 'rename segment', undo: () => set(before), redo: () => set(after) });
  }

  undo = () => this.#history.undo();
  redo = () => this.#history.redo();
  cancel = (jobId: number) => this.#jobs.cancel(jobId);
  dismissJob = (jobId: number) => this.#jobs.dismiss(jobId);

  /** What stands in the way of an answer, in the person's words; null when nothing does. */
  get obstacle(): string | null {
    return this.#lastJob?.sentence ?? this.blocking;
  }

  /** Settings for the files that come in next, instead of the usual ones; `finished` then waits for their route. */
  prepare(collect: CollectSettings, analysis: Analysis, only: readonly ExportPart[] = exportParts): void {
    let resolve = () => {};
    const finished = new Promise<void>((settle) => (resolve = settle));
    this.#prepared = { collect, analysis, only, finished, resolve };
  }

  finished(): Promise<void> {
    return this.#prepared?.finished ?? Promise.resolve();
  }

  #prepared: {
    collect: CollectSettings;
    analysis: Analysis;
    only: readonly ExportPart[];
    finished: Promise<void>;
    resolve(): void;
  } | null = null;
  #lastJob: Job | null = null;
  /** Counts the imports, so that an earlier one does not go on over a later one. */
  #turn = 0;
  #queue: Promise<unknown> = Promise.resolve();

  async #import(
    project: { id: string; name: string; isSample: boolean },
    files: File[],
    screen: Screen,
    dialects: Dialect[] = [],
  ): Promise<void> {
    const stored = files.map(({ name, size, lastModified }) => ({
      fileName: name,
      bytes: size,
      lastModified,
    }));
    if (this.project?.id !== project.id && !(await this.#isFree(project.id))) {
      this.notice('warning', `${project.name} is open in another tab. Close it there first.`);
      return;
    }
    let manifest: ProjectManifest;
    try {
      manifest = await this.#engine.store.startImport({ ...project, now: Date.now() }, stored);
    } catch (error) {
      this.notice('error', sentenceOf(error));
      return;
    }
    await this.#read(manifest, files, screen, dialects);
  }

  /** Files into storage, then the whole route. What was open stays open when the import fails. */
  async #read(
    manifest: ProjectManifest,
    files: File[],
    screen: Screen,
    dialects: Dialect[] = [],
  ): Promise<void> {
    const turn = ++this.#turn;
    let stored: ProjectManifest | null = null;
    this.stages = [];
    const isRead = await this.#work(`Opening ${manifest.name}`, files.length, async (step) => {
      stored = await importFiles(this.#engine, manifest, files, step, dialects).catch(async (error) => {
        if (isFaultOfFile(error)) await this.#engine.store.discardImport(manifest.id);
        throw error;
      });
    });
    await this.#listProjects();
    // Files that came in meanwhile are what the person wants to see; these stay in the list of projects.
    if (turn !== this.#turn) return;
    const prepared = this.#prepared;
    if (isRead && stored) {
      const kept = this.project?.id === manifest.id ? this.#settings : null;
      await this.#hold(stored);
      void navigator.storage?.persist?.();
      this.#files = files;
      Object.assign(this, kept, prepared && { collect: prepared.collect, analysis: prepared.analysis });
      this.goTo(screen);
      await this.#route(prepared?.only);
    }
    prepared?.resolve();
  }

  async #route(parts: readonly ExportPart[] = exportParts): Promise<void> {
    const manifest = this.#manifest;
    if (!manifest) return;
    this.#earlier = this.segmentation;
    this.clearAnswers();
    const isDone = await this.#work(`Working on ${manifest.name}`, 6, (step) =>
      runRoute(this.#workOn(manifest, step), this.#show, parts),
    );
    if (isDone) await this.#save();
  }

  /** One step of the route again, asked another way. */
  async #runAgain(
    title: string,
    change: Partial<Analysis>,
    run: (work: Work, check: DataCheck) => Promise<void>,
  ): Promise<void> {
    const manifest = this.#manifest;
    const { check } = this;
    if (!manifest || !check) return;
    this.analysis = { ...this.analysis, ...change };
    const isDone = await this.#work(title, 2, (step) => run(this.#workOn(manifest, step), check));
    if (isDone) await this.#save();
  }

  #workOn(project: ProjectManifest, step: Step): Work {
    return { engine: this.#engine, project, settings: this.collect, analysis: this.analysis, step };
  }

  #show: Show = {
    check: (check) => {
      this.check = check;
      this.analysis = askable(this.analysis, check);
    },
    customerIds: (ids) => (this.customerIds = ids),
    segments: ({ rfm, segmentation }) => {
      this.rfm = rfm;
      const before = this.segmentation ?? this.#earlier;
      if (!before) this.segmentation = segmentation;
      else {
        const carried = carryNames(before, segmentation, this.segmentNames);
        this.segmentation = carried.segmentation;
        this.segmentNames = carried.names;
      }
    },
    prediction: (prediction) => (this.prediction = prediction),
  };

  /** One piece of work at a time: whatever runs is stopped first. */
  async #work(title: string, stages: number, work: (step: Step) => Promise<void>): Promise<boolean> {
    for (const job of this.jobs) if (job.state === 'running') this.#jobs.cancel(job.id);
    const before = this.#queue;
    const run = (async () => {
      await before;
      return this.#jobs.run(title, stages, work, (time) => this.stages.push(time));
    })();
    this.#queue = run;
    this.#lastJob = await run;
    return this.#lastJob.state === 'done';
  }

  async #editCollect(what: string, after: CollectSettings): Promise<void> {
    const before = this.collect;
    const set = async (collect: CollectSettings) => {
      this.collect = collect;
      await this.#route();
    };
    if (!this.#mayChange()) return;
    const edit: Edit = { name: `change ${what}`, undo: () => set(before), redo: () => set(after) };
    await this.#history.apply(edit);
  }

  /** Makes a stored project the open one and asks for the right to change it. */
  async #hold(manifest: ProjectManifest): Promise<void> {
    await this.#close();
    this.#manifest = manifest;
    this.project = summarise(manifest);
    const { isWriter, release } = await this.#engine.store.holdProject(manifest.id);
    this.readOnly = !isWriter;
    this.#release = release;
    if (!isWriter)
      this.notice(
        'warning',
        `${manifest.name} is open in another tab. Here you can look; changes are made there.`,
      );
    remember('project', manifest.id);
    this.storedBytes = (await this.#engine.store.usage()).bytes;
  }

  async #close(): Promise<void> {
    await this.#release();
    this.#release = async () => {};
    this.#manifest = null;
    this.#files = [];
    this.#history.clear();
    this.readOnly = false;
    this.project = null;
    this.#earlier = null;
    this.clearAnswers();
    this.collect = defaultCollect;
    this.analysis = defaultAnalysis;
    this.segmentNames = [];
  }

  get #settings(): StoredSettings {
    const { collect, analysis, segmentNames } = this;
    return { collect, analysis, segmentNames };
  }

  async #save(): Promise<void> {
    const id = this.#manifest?.id;
    if (!id || this.readOnly) return;
    const { store } = this.#engine;
    const { check, rfm, segmentation, prediction, customerIds, stages } = this;
    try {
      await store.putRecord(id, 'settings', this.#settings);
      if (check) {
        const results: StoredResults = { check, rfm, segmentation, prediction, customerIds, stages };
        await store.putRecord(id, 'results', results);
      }
      this.storedBytes = (await store.usage()).bytes;
    } catch (error) {
      this.notice('error', sentenceOf(error));
    }
  }

  /** Whether no other tab holds this project. */
  async #isFree(id: string): Promise<boolean> {
    const { isWriter, release } = await this.#engine.store.holdProject(id);
    await release();
    return isWriter;
  }

  #mayChange(): boolean {
    if (this.readOnly) this.notice('warning', 'This project is open in another tab: make the change there.');
    return !this.readOnly;
  }

  async #openStore(): Promise<Store> {
    const store = await openStore();
    this.#engine = { store, collection, models, held: { tables: '', settings: '' } };
    this.storageMode = store.mode;
    this.storedBytes = 0;
    store.onClosed((reason) => this.notice('warning', closedSentences[reason]));
    store.onChanged(async (id) => {
      await this.#listProjects();
      if (this.readOnly && this.project?.id === id) await this.#restore(id);
    });
    return store;
  }

  async #listProjects(): Promise<void> {
    this.projects = (await this.#engine.store.listProjects())
      .sort((a, b) => b.updatedAt - a.updatedAt)
      .map(summarise);
  }

  /** Reopening the tab restores the project as it was. */
  async #reopenLast(): Promise<void> {
    const last = recall('project');
    if (last && this.projects.some((project) => project.id === last && project.state === 'ready'))
      await this.#restore(last);
  }
}

export const workspace = new Workspace();
