import { version } from '../../package.json';
import type { CollectSettings, DataCheck } from '../core/1-collect/collected';
import type { Coding, Consent, Evidence } from '../core/1-collect/canonical';
import type { SurveyAnswers } from '../core/1-collect/said';
import type { PlannedReview } from '../core/governance/reviews';
import type { Source } from '../core/governance/sources';
import type { Tries } from '../core/governance/tries';
import type { OutcomeSegments } from '../core/3-models/results/outcome-segments';
import type { Prediction } from '../core/3-models/results/prediction';
import type { RfmResult } from '../core/3-models/results/rfm-result';
import type { Segmentation } from '../core/3-models/results/segmentation';
import type { ValueResult } from '../core/3-models/results/value-result';
import {
  chooseAudience,
  rowsOf,
  type Audience,
  type CustomerRow,
  type ScoredCustomers,
} from '../core/4-decisions/audience';
import { purposesOf } from '../core/4-decisions/consent';
import { buildExports, type ExportedFile, type ExportPart } from '../core/4-decisions/exports';
import { contactListCsv, contactListName, refusedCsv } from '../core/4-decisions/lists';
import { summaryText } from '../core/4-decisions/summary';
import { compareInterviews } from '../core/5-dashboards/interviews';
import { needsReason, type SegmentReason } from '../core/5-dashboards/one-segment';
import { listResults, receiptJson, type Computed } from '../core/governance/receipt';
import type { Target } from '../core/2-features/feature-table';
import { defaultAnalysis, targetOf, type Analysis } from '../pipeline-analysis';
import { inPieces } from './in-pieces';
import { saveFile } from './downloads';
import type { StageTime } from './jobs.svelte';
import { Page } from './page.svelte';
import type { OwnRule, SegmentDetails } from './stored-project';

export const defaultCollect: CollectSettings = { refunds: 'net', decisions: [], answers: [] };

const noDetails: SegmentDetails = { explained: null, foretold: null, spreadMap: null };

/** What a list is for when nobody on it will be contacted. */
const notToContact = '';

/** What was asked of the open project, what was found, and what can be taken away from it. */
export class Answers extends Page {
  check = $state.raw<DataCheck | null>(null);
  collect = $state.raw<CollectSettings>(defaultCollect);
  analysis = $state.raw<Analysis>(defaultAnalysis);
  rfm = $state.raw<RfmResult | null>(null);
  segmentation = $state.raw<Segmentation | null>(null);
  /** Why there are none; null where nothing keeps them from being found. */
  noSegments = $state.raw<string | null>(null);
  prediction = $state.raw<Prediction | null>(null);
  value = $state.raw<ValueResult | null>(null);
  /** Customers who look more like another segment than their own; null until they were looked for. */
  doubtful = $state.raw<{ id: string; segment: number; likelier: number; score: number }[] | null>(null);
  /** What a closer look at some segments brought; about those on the screen only while `of` is them. */
  protected closer = $state.raw<(SegmentDetails & { of: Segmentation }) | null>(null);
  /** The person's segment names, by segment id; falls back to the suggested ones. */
  segmentNames = $state.raw<string[]>([]);
  /** The person's own segments, the first that holds first; beside the segments on the screen, or instead of them. */
  ownRules = $state.raw<OwnRule[]>([]);
  /** The segments that were found, while the person's own or those made for an outcome are on the screen. */
  found = $state.raw<Segmentation | null>(null);
  /** Groups made for an outcome. */
  outcome = $state.raw<OutcomeSegments | null>(null);
  protected customerIds = $state.raw<string[]>([]);
  /** What people agreed to, where the data says so. */
  consents = $state.raw<Consent[]>([]);
  /** Segments that people were put into by hand, where the data says so. */
  codings = $state.raw<Coding[]>([]);
  /** Notes for and against what is claimed of segments: those of the data, and the person's own. */
  evidence = $state.raw<Evidence[]>([]);
  notes = $state.raw<Evidence[]>([]);
  /** Who answered which survey. */
  surveys = $state.raw<SurveyAnswers[]>([]);
  /** What lists are for, '' = nobody will be contacted; null = the usual one. Who has not agreed is left out. */
  purpose = $state.raw<string | null>(null);
  /** Why segments that dissolve are used all the same. */
  reasons = $state.raw<SegmentReason[]>([]);
  /** Who answers for each file, by whom and until when it may be kept. */
  sources = $state.raw<Source[]>([]);
  /** When what was tested is looked at again. */
  plannedReviews = $state.raw<PlannedReview[]>([]);
  /** How each question was asked of this project's data so far. */
  protected tries: Tries = [];
  protected stages: StageTime[] = [];
  #choice: { key: unknown[]; chosen: ReturnType<typeof chooseAudience> } | null = null;

  /** Rows for a table, best first; `count` is how many there are in all, `withoutConsent` how many more there were. */
  customers(
    audience: Audience,
    offset: number,
    limit: number,
  ): { rows: CustomerRow[]; count: number; withoutConsent: number } {
    const { rows, withoutConsent } = this.#chosen(this.#purposed(audience));
    return { rows: rows.slice(offset, offset + limit), count: rows.length, withoutConsent };
  }

  /** What is known of these customers (indices into the project's ids), in this order. */
  rowsOf(customers: readonly number[]): CustomerRow[] {
    return rowsOf(this.#scored, customers);
  }

  /** What lists can be for, as far as the data says what people agreed to. */
  get purposes(): string[] {
    return purposesOf(this.consents);
  }

  /** What lists are for now; null = not to contact anybody, or the data says nothing of consent. */
  get listPurpose(): string | null {
    const { purposes, purpose } = this;
    if (purpose === notToContact) return null;
    return purposes.find((other) => other === purpose) ?? purposes[0] ?? null;
  }

  /** What a closer look at the segments on the screen has brought so far; names in it are marks (`markNames`). */
  get details(): SegmentDetails {
    const { closer, segmentation } = this;
    return closer && closer.of === segmentation ? closer : noDetails;
  }

  /** Whether a list is of a segment that dissolves and nobody has said why it is used all the same. */
  needsReason({ segment }: Audience): boolean {
    const { segmentation, reasons } = this;
    return segment !== undefined && segmentation !== null && needsReason(segmentation, segment, reasons);
  }

  /** What was coded by hand against the segments on the screen; null where nothing speaks of them. */
  get interviews(): ReturnType<typeof compareInterviews> {
    const { segmentation, codings, segmentNames, customerIds } = this;
    return segmentation && compareInterviews(codings, segmentation, segmentNames, customerIds);
  }

  downloadList(audience: Audience): void {
    if (this.needsReason(audience)) return;
    const purposed = this.#purposed(audience);
    saveFile(contactListName(this.#scored, purposed), contactListCsv(this.#scored, purposed));
  }

  /** 'segments.json', 'customers.csv', 'predictions.json', 'data-check.json', 'receipt.json' or 'refused.csv'. */
  async downloadExport(name: string): Promise<void> {
    const file =
      name === 'refused.csv'
        ? { name, text: refusedCsv(this.check?.refused ?? []) }
        : (await this.exports()).find((candidate) => candidate.name === name);
    if (file) saveFile(file.name, file.text);
  }

  /** What the app can save, as text: the same files for a person's download and for the terminal. */
  async exports(only?: readonly ExportPart[]): Promise<ExportedFile[]> {
    const files = await inPieces(buildExports(this.check, this.#scored, only));
    return [...files, { name: 'receipt.json', text: this.#receipt() }];
  }

  /** How a result on the screen was computed: the same figures as in the receipt; null where there is none. */
  computed(
    part: 'segments' | 'predictions' | 'value',
  ): (Computed & { version: string; dataHash: string }) | null {
    const { segmentation, prediction, value, analysis, check } = this;
    const found = listResults(
      part === 'segments' ? segmentation : null,
      part === 'predictions' ? prediction : null,
      part === 'value' ? value : null,
      analysis.seed,
    )[part];
    return found && { ...found, version, dataHash: check?.dataHash ?? '' };
  }

  get summary(): string {
    return summaryText(this.segmentation ?? this.noSegments, this.segmentNames, this.prediction, this.value);
  }

  /** What the data check says must be settled first, in the person's words; null when nothing is in the way. */
  protected get blocking(): string | null {
    const { check } = this;
    const issue = check?.issues.find(({ severity }) => severity === 'blocking');
    if (issue) return issue.sentence;
    const question = check?.questions[0];
    if (!question) return null;
    const { sentence, candidates, role } = question;
    return `${sentence} It may be ${candidates.join(', ')}: choose on the Data screen, or add --map ${role}="${candidates[0]}".`;
  }

  protected clearAnswers(): void {
    this.check = null;
    this.rfm = null;
    this.segmentation = null;
    this.noSegments = null;
    this.found = null;
    this.outcome = null;
    this.prediction = null;
    this.value = null;
    this.doubtful = null;
    this.closer = null;
    this.customerIds = [];
    this.consents = [];
    this.codings = [];
    this.evidence = [];
    this.surveys = [];
  }

  get #scored(): ScoredCustomers {
    const { customerIds, rfm, segmentation, prediction, value, segmentNames: names, consents } = this;
    return { customerIds, rfm, segmentation, prediction, value, names, consents };
  }

  #purposed(audience: Audience): Audience {
    return this.listPurpose === null ? audience : { ...audience, purpose: this.listPurpose };
  }

  /** Paging through a list must not choose and sort it again. */
  #chosen(audience: Audience): ReturnType<typeof chooseAudience> {
    const { members, ...rest } = audience;
    const key = [...Object.values(this.#scored), JSON.stringify(rest), members];
    if (!this.#choice || key.some((part, at) => part !== this.#choice?.key[at]))
      this.#choice = { key, chosen: chooseAudience(this.#scored, audience) };
    return this.#choice.chosen;
  }

  /** What a prediction is about unless another question is chosen. */
  get asked(): Target | null {
    return this.check && targetOf(this.analysis, this.check);
  }

  #receipt(): string {
    const { collect, analysis, check, stages } = this;
    const memory = (performance as { memory?: { usedJSHeapSize: number } }).memory;
    return receiptJson({
      version,
      dataHash: check?.dataHash ?? '',
      parameters: { ...collect, ...analysis, target: this.asked },
      seed: analysis.seed,
      backend: this.segmentation?.backend ?? this.prediction?.backend ?? '',
      stages,
      requestsAfterLoad: this.requestsAfterReady,
      peakMemoryMB: memory ? memory.usedJSHeapSize / 1e6 : null,
      results: listResults(this.segmentation, this.prediction, this.value, analysis.seed),
    });
  }
}
