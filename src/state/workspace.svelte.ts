import type {
  CollectSettings,
  ColumnDecision,
  DataCheck,
  RefundPolicy,
  Role,
} from '../core/1-collect/collected';
import type { Dialect } from '../core/1-collect/raw-table';
import type { Prediction, RfmResult, Segmentation } from '../core/3-models/results';
import { buildExports, exportParts, type ExportedFile, type ExportPart } from '../core/4-decisions/exports';
import {
  audienceRows,
  type Audience,
  type CustomerRow,
  type ScoredCustomers,
} from '../core/4-decisions/audience';
import { contactListCsv, refusedCsv } from '../core/4-decisions/lists';
import { summaryText } from '../core/4-decisions/summary';
import { receiptJson } from '../core/governance/receipt';
import { version } from '../../package.json';
import { collection, loadWorkerSources, models } from '../bridge/workers';
import {
  checkProject,
  customerIds,
  defaultAnalysis,
  findSegments,
  importFiles,
  mustAsk,
  predictOutcome,
  runRoute,
  sampleFiles,
  type Analysis,
  type Engine,
  type Show,
  type Step,
} from '../pipeline';
import { openStore, type ProjectManifest, type Store } from '../storage/store';
import { saveFile } from './downloads';
import { History, type Edit } from './history.svelte';
import { forgetAll, recall, remember } from './memory';
import { Jobs, type Job, type StageTime } from './jobs.svelte';

export type { Audience, CustomerRow, Job };
export type Screen = 'start' | 'data' | 'segments' | 'predictions';
export type Theme = 'system' | 'light' | 'dark';
/** Stays until dismissed. */
export type Notice = { id: number; kind: 'info' | 'warning' | 'error'; sentence: string };
export type ProjectSummary = {
  id: string;
  name: string;
  isSample: boolean;
  state: 'importing' | 'ready';
  updatedAt: number;
  nRows: number;
  bytes: number;
};

const defaultCollect: CollectSettings = { refunds: 'net', decisions: [], answers: [] };

/** What is open in this tab, and the verbs that change it. Views read the fields and call the verbs; nothing else. */
export class Workspace {
  screen = $state<Screen>('start');
  theme = $state<Theme>('system');
  /** The page and the workers' code are here: nothing is requested from now on. */
  ready = $state(false);
  /** Requests made since `ready`, as the browser counted them. */
  requestsAfterReady = $state(0);
  storageMode = $state<'persistent' | 'memory' | null>(null);
  /** Another tab holds this project: look, do not change. */
  readOnly = $state(false);
  storedBytes = $state(0);
  projects = $state.raw<ProjectSummary[]>([]);
  project = $state.raw<ProjectSummary | null>(null);
  check = $state.raw<DataCheck | null>(null);
  collect = $state.raw<CollectSettings>(defaultCollect);
  analysis = $state.raw<Analysis>(defaultAnalysis);
  rfm = $state.raw<RfmResult | null>(null);
  segmentation = $state.raw<Segmentation | null>(null);
  prediction = $state.raw<Prediction | null>(null);
  /** The person's segment names, by segment id; falls back to the suggested ones. */
  segmentNames = $state.raw<string[]>([]);
  notices = $state.raw<Notice[]>([]);

  #jobs = new Jobs();
  #history = new History();
  #engine!: Engine;
  #manifest: ProjectManifest | null = null;
  /** The files of this visit, so that one can be read again another way. */
  #files: File[] = [];
  #customerIds = $state.raw<string[]>([]);
  #stages: StageTime[] = [];
  #release: () => Promise<void> = async () => {};
  #nextNotice = 1;

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
    this.#watchTheme();
    window.addEventListener('hashchange', () => this.#readHash());
    this.#readHash();
    const store = await this.#openStore();
    if (store.lostData)
      this.#notice(
        'warning',
        'The browser has emptied this page’s storage since your last visit. Open your files again.',
      );
    await loadWorkerSources();
    await this.#listProjects();
    await this.#reopenLast();
    this.#countRequests();
    this.ready = true;
  }

  goTo(screen: Screen): void {
    this.screen = screen;
    const hash = screen === 'start' ? '#/' : `#/${screen}`;
    if (location.hash !== hash) location.hash = hash;
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    document.documentElement.dataset.theme = theme;
    remember('theme', theme);
  }

  /** Opens files as a new project: stored, checked, segmented and predicted, as far as nothing must be asked. */
  async openFiles(files: File[]): Promise<void> {
    if (files.length === 0) return;
    const first = files[0]!.name.replace(/(\.(csv|tsv|txt|xlsx|xls|gz))+$/i, '');
    const name = files.length > 1 ? `${first} and ${files.length - 1} more` : first;
    await this.#import({ id: crypto.randomUUID(), name, isSample: false }, files, 'data');
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

  async openProject(id: string): Promise<void> {
    const manifest = await this.#engine.store.readyManifest(id);
    if (!manifest) return;
    await this.#hold(manifest);
    const { store } = this.#engine;
    const settings = await store.getRecord<StoredSettings>(id, 'settings');
    if (settings) Object.assign(this, settings);
    const results = await store.getRecord<StoredResults>(id, 'results');
    if (!results) return this.#route();
    const { customerIds, stages, ...shown } = results;
    this.#customerIds = customerIds;
    this.#stages = stages;
    Object.assign(this, shown);
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
      this.#notice('error', `To go on, choose the same file again: ${missing.join(', ')}.`);
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
    collection.stop();
    models.stop();
    await this.#close();
    await this.#engine.store.wipe();
    await this.#openStore();
    forgetAll();
    await this.#listProjects();
    this.goTo('start');
    this.#notice('info', 'Everything this page had stored in the browser is deleted.');
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
      this.#notice('info', `To read it another way, open the file again: ${missing.join(', ')}.`);
      return;
    }
    const dialects = this.dialects.map((dialect, at) => (at === index ? { ...dialect, ...change } : dialect));
    await this.#import(
      { id: manifest.id, name: manifest.name, isSample: manifest.isSample },
      files as File[],
      'data',
      dialects,
    );
  }

  async runSegments(change: Partial<Analysis> = {}): Promise<void> {
    this.analysis = { ...this.analysis, ...change };
    await this.#work('Finding segments', 2, async (step) => {
      const { check } = this;
      if (!check || !this.#manifest) return;
      const found = await findSegments(
        this.#engine,
        this.#manifest,
        this.collect,
        check,
        this.analysis,
        step,
      );
      this.#show.segments(found);
    });
    await this.#save();
  }

  async runPrediction(change: Partial<Analysis> = {}): Promise<void> {
    this.analysis = { ...this.analysis, ...change };
    await this.#work('Predicting', 2, async (step) => {
      const { check } = this;
      if (!check || !this.#manifest) return;
      this.#show.prediction(
        await predictOutcome(this.#engine, this.#manifest, this.collect, check, this.analysis, step),
      );
    });
    await this.#save();
  }

  renameSegment(id: number, name: string): void {
    if (!this.#mayChange()) return;
    const before = this.segmentNames;
    const after = [...before];
    for (let at = after.length; at < id; at++) after[at] = '';
    after[id] = name.trim();
    const set = async (names: string[]) => {
      this.segmentNames = names;
      await this.#save();
    };
    void this.#history.apply({ name: 'rename segment', undo: () => set(before), redo: () => set(after) });
  }

  undo = () => this.#history.undo();
  redo = () => this.#history.redo();
  cancel = (jobId: number) => this.#jobs.cancel(jobId);
  dismissJob = (jobId: number) => this.#jobs.dismiss(jobId);

  dismissNotice(id: number): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }

  /** Rows for a table, best first; `count` is how many there are in all. */
  customers(audience: Audience, offset: number, limit: number): { rows: CustomerRow[]; count: number } {
    const chosen = this.#chosen(audience);
    return { rows: chosen.slice(offset, offset + limit), count: chosen.length };
  }

  downloadList(audience: Audience): void {
    saveFile('contact-list.csv', contactListCsv(this.#scored, audience));
  }

  /** 'segments.json', 'customers.csv', 'predictions.json', 'data-check.json', 'receipt.json' or 'refused.csv'. */
  downloadExport(name: string): void {
    const file =
      name === 'refused.csv'
        ? { name, text: refusedCsv(this.check?.refused ?? []) }
        : this.exports().find((candidate) => candidate.name === name);
    if (file) saveFile(file.name, file.text);
  }

  /** What the app can save, as text: the same files for a person's download and for the terminal. */
  exports(only?: readonly ExportPart[]): ExportedFile[] {
    const files = buildExports(this.check, this.#scored, only);
    return [...files, { name: 'receipt.json', text: this.#receipt() }];
  }

  get summary(): string {
    return summaryText(this.segmentation, this.segmentNames, this.prediction);
  }

  /** What stands in the way of an answer, in the person's words; null when nothing does. */
  get obstacle(): string | null {
    if (this.#lastJob?.sentence) return this.#lastJob.sentence;
    const { check } = this;
    if (!check) return null;
    const blocking = check.issues.find((issue) => issue.severity === 'blocking');
    if (blocking) return blocking.sentence;
    const question = check.questions[0];
    if (!question) return null;
    const { sentence, candidates, role } = question;
    return `${sentence} It may be ${candidates.join(', ')}: choose on the Data screen, or add --map ${role}="${candidates[0]}".`;
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
  #queue: Promise<unknown> = Promise.resolve();
  #choice: { key: unknown[]; rows: CustomerRow[] } | null = null;

  get #scored(): ScoredCustomers {
    const { rfm, segmentation, prediction, segmentNames: names } = this;
    return { customerIds: this.#customerIds, rfm, segmentation, prediction, names };
  }

  /** Paging through a list must not choose and sort it again. */
  #chosen(audience: Audience): CustomerRow[] {
    const { rfm, segmentation, prediction, segmentNames } = this;
    const key = [rfm, segmentation, prediction, segmentNames, ...Object.values(audience)];
    const isSame =
      this.#choice?.key.length === key.length && this.#choice.key.every((part, at) => part === key[at]);
    if (!isSame) this.#choice = { key, rows: audienceRows(this.#scored, audience) };
    return this.#choice!.rows;
  }

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
      this.#notice('warning', `${project.name} is open in another tab. Close it there first.`);
      return;
    }
    let manifest: ProjectManifest;
    try {
      manifest = await this.#engine.store.startImport({ ...project, now: Date.now() }, stored);
    } catch (error) {
      this.#notice('error', sentenceOf(error));
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
    let stored: ProjectManifest | null = null;
    this.#stages = [];
    const isRead = await this.#work(`Opening ${manifest.name}`, files.length, async (step) => {
      stored = await importFiles(this.#engine, manifest, files, step, dialects).catch(async (error) => {
        if (isFaultOfFile(error)) await this.#engine.store.discardImport(manifest.id);
        throw error;
      });
    });
    await this.#listProjects();
    const prepared = this.#prepared;
    if (isRead && stored) {
      await this.#hold(stored);
      this.#files = files;
      if (prepared) Object.assign(this, { collect: prepared.collect, analysis: prepared.analysis });
      this.goTo(screen);
      await this.#route(prepared?.only);
    }
    prepared?.resolve();
  }

  async #route(parts: readonly ExportPart[] = exportParts): Promise<void> {
    const manifest = this.#manifest;
    if (!manifest) return;
    Object.assign(this, { check: null, rfm: null, segmentation: null, prediction: null });
    await this.#work(`Working on ${manifest.name}`, 6, async (step) => {
      const show: Show = { ...this.#show, check: (check) => (this.check = check) };
      await runRoute(this.#engine, manifest, this.collect, this.analysis, step, show, parts);
      if (this.check && !mustAsk(this.check))
        this.#customerIds = await customerIds(this.#engine, manifest, this.collect, step);
    });
    await this.#save();
  }

  #show = {
    segments: ({ rfm, segmentation }: { rfm: RfmResult | null; segmentation: Segmentation }) => {
      this.rfm = rfm;
      this.segmentation = segmentation;
    },
    prediction: (prediction: Prediction) => {
      this.prediction = prediction;
    },
  };

  /** One piece of work at a time: whatever runs is stopped first. */
  async #work(title: string, stages: number, work: (step: Step) => Promise<void>): Promise<boolean> {
    for (const job of this.jobs) if (job.state === 'running') this.#jobs.cancel(job.id);
    await this.#queue;
    const run = this.#jobs.run(title, stages, work, (time) => this.#stages.push(time));
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
      this.#notice(
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
    this.#customerIds = [];
    this.#history.clear();
    this.readOnly = false;
    Object.assign(this, { project: null, check: null, rfm: null, segmentation: null, prediction: null });
    this.collect = defaultCollect;
    this.analysis = defaultAnalysis;
    this.segmentNames = [];
  }

  async #save(): Promise<void> {
    const id = this.#manifest?.id;
    if (!id || this.readOnly) return;
    const { store } = this.#engine;
    const { collect, analysis, segmentNames, check, rfm, segmentation, prediction } = this;
    const settings: StoredSettings = { collect, analysis, segmentNames };
    try {
      await store.putRecord(id, 'settings', settings);
      if (check) {
        const customerIds = this.#customerIds;
        const stages = this.#stages;
        const results: StoredResults = { check, rfm, segmentation, prediction, customerIds, stages };
        await store.putRecord(id, 'results', results);
      }
      this.storedBytes = (await store.usage()).bytes;
    } catch (error) {
      this.#notice('error', sentenceOf(error));
    }
  }

  /** Whether no other tab holds this project. */
  async #isFree(id: string): Promise<boolean> {
    const { isWriter, release } = await this.#engine.store.holdProject(id);
    await release();
    return isWriter;
  }

  #mayChange(): boolean {
    if (this.readOnly) this.#notice('warning', 'This project is open in another tab: make the change there.');
    return !this.readOnly;
  }

  async #openStore(): Promise<Store> {
    const store = await openStore();
    this.#engine = { store, collection, models, held: { tables: '', settings: '' } };
    this.storageMode = store.mode;
    this.storedBytes = 0;
    store.onClosed((reason) => this.#notice('warning', closedSentences[reason]));
    store.onChanged(() => void this.#listProjects());
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
      await this.openProject(last);
  }

  #receipt(): string {
    const { collect, analysis, check } = this;
    const memory = (performance as { memory?: { usedJSHeapSize: number } }).memory;
    return receiptJson({
      version,
      dataHash: check?.dataHash ?? '',
      parameters: { ...collect, ...analysis },
      seed: analysis.seed,
      backend: this.segmentation?.backend ?? this.prediction?.backend ?? '',
      stages: this.#stages,
      requestsAfterLoad: this.requestsAfterReady,
      peakMemoryMB: memory ? memory.usedJSHeapSize / 1e6 : null,
    });
  }

  /** Counts what the browser itself records; a blob: or data: entry is not a request. */
  #countRequests(): void {
    performance.clearResourceTimings();
    new PerformanceObserver((list) => {
      const requests = list.getEntries().filter((entry) => /^(https?|wss?):/.test(entry.name));
      this.requestsAfterReady += requests.length;
    }).observe({ type: 'resource' });
  }

  #watchTheme(): void {
    const theme = recall('theme');
    if (theme === 'light' || theme === 'dark') this.setTheme(theme);
  }

  #readHash(): void {
    const screen = location.hash.replace(/^#\/?/, '');
    this.screen = screen === 'data' || screen === 'segments' || screen === 'predictions' ? screen : 'start';
  }

  #notice(kind: Notice['kind'], sentence: string): void {
    this.notices = [...this.notices, { id: this.#nextNotice++, kind, sentence }];
  }
}

type StoredSettings = { collect: CollectSettings; analysis: Analysis; segmentNames: string[] };
type StoredResults = {
  check: DataCheck;
  rfm: RfmResult | null;
  segmentation: Segmentation | null;
  prediction: Prediction | null;
  customerIds: string[];
  stages: StageTime[];
};

const closedSentences = {
  'newer-version': 'A newer version of this page is open in another tab. Reload this one to go on.',
  wiped: 'Everything was deleted in another tab. Reload this one to start afresh.',
  'storage-removed': 'The browser has taken this page’s storage away. Download what you see, then reload.',
};

/** A file that cannot be read will not be readable by going on; a full disk or a stopped reading may be. */
const isFaultOfFile = (error: unknown): boolean =>
  error instanceof Error && !/^(Cancelled|WorkerFailed|Storage|Import)/.test(error.name);

const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const summarise = (manifest: ProjectManifest): ProjectSummary => ({
  id: manifest.id,
  name: manifest.name,
  isSample: manifest.isSample,
  state: manifest.state,
  updatedAt: manifest.updatedAt,
  nRows: manifest.files.reduce((sum, file) => sum + file.nRows, 0),
  bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
});

export const workspace = new Workspace();
