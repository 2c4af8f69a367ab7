import type {
  CollectSettings,
  ColumnDecision,
  DataCheck,
  RefundPolicy,
  Role,
} from '../core/1-collect/collected';
import type { Dialect } from '../core/1-collect/raw-table';
import type { Prediction, RfmResult, Segmentation } from '../core/3-models/results';
import type { Analysis } from '../pipeline';

/** SURFACE DRAFT for the views; the verbs are being filled in by the lead. */
export type Screen = 'start' | 'data' | 'segments' | 'predictions';
export type Theme = 'system' | 'light' | 'dark';
export type Job = {
  id: number;
  title: string;
  /** "stage 2 of 4 · Reading orders.csv · 62% · 14 s · about 9 s left" is composed by the view from these. */
  stage: string;
  stageIndex: number;
  stageCount: number;
  fraction: number;
  note: string;
  seconds: number;
  secondsLeft: number | null;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  /** What happened, in one sentence, when cancelled or failed. */
  sentence: string | null;
};
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
export type CustomerRow = {
  id: string;
  segment: number | null;
  segmentName: string | null;
  lifecycle: string | null;
  rfmCell: string | null;
  recency: number | null;
  frequency: number | null;
  monetary: number | null;
  propensity: number | null;
};
/** Whom a list or table is about. `minPropensity` = cut-off. */
export type Audience = { segment?: number; lifecycle?: string; minPropensity?: number };

export declare class Workspace {
  screen: Screen;
  theme: Theme;
  /** The page and the workers' code are here: nothing is requested from now on. */
  ready: boolean;
  /** Requests made since `ready`, as the browser counted them. */
  requestsAfterReady: number;
  storageMode: 'persistent' | 'memory' | null;
  /** Another tab holds this project: look, do not change. */
  readOnly: boolean;
  storedBytes: number;
  projects: ProjectSummary[];
  project: ProjectSummary | null;
  check: DataCheck | null;
  dialects: Dialect[];
  collect: CollectSettings;
  analysis: Analysis;
  rfm: RfmResult | null;
  segmentation: Segmentation | null;
  prediction: Prediction | null;
  /** The person's segment names, by segment id; falls back to the suggested ones. */
  segmentNames: string[];
  jobs: Job[];
  notices: Notice[];
  undoName: string | null;
  redoName: string | null;

  start(): Promise<void>;
  goTo(screen: Screen): void;
  setTheme(theme: Theme): void;
  openFiles(files: File[]): Promise<void>;
  openSample(): Promise<void>;
  openProject(id: string): Promise<void>;
  /** A broken import: the same files again go on where it stopped. */
  resumeImport(id: string, files: File[]): Promise<void>;
  discardImport(id: string): Promise<void>;
  removeProject(id: string): Promise<void>;
  deleteEverything(): Promise<void>;
  /** Settles a question or changes what a column is; undoable; re-checks at once. */
  answer(role: Role, column: string): Promise<void>;
  decide(decision: ColumnDecision): Promise<void>;
  setRefunds(policy: RefundPolicy): Promise<void>;
  /** Re-reads one file another way; needs the file again (asks for it when the tab was reopened). */
  setDialect(file: number, dialect: Partial<Dialect>, source?: File): Promise<void>;
  runSegments(change?: Partial<Analysis>): Promise<void>;
  runPrediction(change?: Partial<Analysis>): Promise<void>;
  renameSegment(id: number, name: string): void;
  undo(): Promise<void>;
  redo(): Promise<void>;
  cancel(jobId: number): void;
  dismissJob(jobId: number): void;
  dismissNotice(id: number): void;
  /** Rows for a table, best first; count is how many there are in all. */
  customers(audience: Audience, offset: number, limit: number): { rows: CustomerRow[]; count: number };
  downloadList(audience: Audience): void;
  /** 'segments.json', 'customers.csv', 'predictions.json', 'data-check.json', 'receipt.json', 'refused.csv'. */
  downloadExport(name: string): void;
}

export declare const workspace: Workspace;
