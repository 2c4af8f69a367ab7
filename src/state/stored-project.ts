import type { CollectSettings, DataCheck } from '../core/1-collect/collected';
import type { Evidence } from '../core/1-collect/canonical';
import type { Said } from '../core/1-collect/said';
import type { PlannedReview } from '../core/governance/reviews';
import type { Source } from '../core/governance/sources';
import type { Tries } from '../core/governance/tries';
import type { RuleSegment } from '../core/2-features/rule/own-segments';
import type { OutcomeSegments } from '../core/3-models/results/outcome-segments';
import type { Prediction } from '../core/3-models/results/prediction';
import type { RfmResult } from '../core/3-models/results/rfm-result';
import type { Segmentation } from '../core/3-models/results/segmentation';
import type { SegmentGrowth } from '../core/3-models/results/segment-growth';
import type { SegmentsPredict } from '../core/3-models/results/segments-predict';
import type { ValueResult } from '../core/3-models/results/value-result';
import type { SegmentsExplained } from '../core/3-models/separation/explain-segments';
import type { SegmentReason } from '../core/5-dashboards/one-segment';
import type { Analysis } from '../pipeline-analysis';
import type { ProjectManifest } from '../storage/manifest';
import type { StageTime } from './jobs.svelte';

/** A segment that a person made, with the sentence that says its rule. */
export type OwnRule = RuleSegment & { sentence: string };

/** What sets segments apart, how they grew, whether they tell what comes later, and a map where neighbours stay neighbours. */
export type SegmentDetails = {
  explained: SegmentsExplained | null;
  /** Absent in results made before it was told. */
  growth?: SegmentGrowth | null;
  foretold: SegmentsPredict | null;
  spreadMap: Float32Array | null;
};

/** The two records kept beside a project's rows. */
export type StoredSettings = {
  collect: CollectSettings;
  analysis: Analysis;
  segmentNames: string[];
  ownRules?: OwnRule[];
  sources?: Source[];
  plannedReviews?: PlannedReview[];
  purpose?: string | null;
  tries?: Tries;
  reasons?: SegmentReason[];
  notes?: Evidence[];
};
export type StoredResults = Partial<Said> & {
  check: DataCheck;
  rfm: RfmResult | null;
  segmentation: Segmentation | null;
  noSegments?: string | null;
  found?: Segmentation | null;
  outcome?: OutcomeSegments | null;
  details?: SegmentDetails;
  prediction: Prediction | null;
  value?: ValueResult | null;
  customerIds: string[];
  stages: StageTime[];
};

export type ProjectSummary = {
  id: string;
  name: string;
  isSample: boolean;
  state: 'importing' | 'ready';
  updatedAt: number;
  nRows: number;
  bytes: number;
};

export const summarise = (manifest: ProjectManifest): ProjectSummary => ({
  id: manifest.id,
  name: manifest.name,
  isSample: manifest.isSample,
  state: manifest.state,
  updatedAt: manifest.updatedAt,
  nRows: manifest.files.reduce((sum, file) => sum + file.nRows, 0),
  bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
});

/** Named after its first file. */
export function nameProject(files: File[]): string {
  const first = files[0]!.name.replace(
    /(\.(csv|tsv|txt|xlsx|xls|ods|json|ndjson|jsonl|parquet|zip|gz))+$/i,
    '',
  );
  return files.length > 1 ? `${first} and ${files.length - 1} more` : first;
}

/** Random; `crypto.randomUUID` is missing where a host serves plain http. */
export function newProjectId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A file that cannot be read will not be readable by going on; a full disk or a stopped reading may be. */
export const isFaultOfFile = (error: unknown): boolean =>
  error instanceof Error && !/^(Cancelled|WorkerFailed|Storage|Import)/.test(error.name);

export const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export const lostSentence =
  'The browser has emptied this page’s storage since your last visit. Open your files again.';

export const closedSentences = {
  'newer-version': 'A newer version of this page is open in another tab. Reload this one to go on.',
  wiped: 'Everything was deleted in another tab. Reload this one to start afresh.',
  'storage-removed': 'The browser has taken this page’s storage away. Download what you see, then reload.',
};
