import type { DataCheck } from '../core/1-collect/collected';
import type { Segmentation } from '../core/3-models/results/segmentation';
import { carryNames } from '../core/4-decisions/carry-names';
import { moveSegments } from '../core/4-decisions/move-segments';
import { markNames } from '../core/5-dashboards/segment-marks';
import { exportParts, type ExportPart } from '../core/4-decisions/exports';
import {
  findSegments,
  predictOutcome,
  runRoute,
  valueCustomers,
  type Show,
  type Step,
  type Work,
} from '../pipeline';
import { defaultAnalysis, type Analysis } from '../pipeline-analysis';
import {
  findDoubtful,
  drawSpreadMap,
  explainSegments,
  scoreRfm,
  segmentGrowth,
  segmentsPredict,
} from '../pipeline-segments';
import type { ProjectManifest } from '../storage/manifest';
import { Jobs, type Job } from './jobs.svelte';
import { Projects } from './projects.svelte';
import type { SegmentDetails, StoredResults, StoredSettings } from './stored-project';

const mostDoubtful = 500;
const closerTitle = 'Looking closer at the segments';
const predictionTitle = 'Predicting';

export type Grouped = Pick<Runs, 'analysis' | 'rfm' | 'segmentation' | 'found' | 'segmentNames' | 'ownRules'>;

/** The work done on the open project: the whole route, or one step of it asked another way. */
export abstract class Runs extends Projects {
  #jobs = new Jobs();
  #lastJob: Job | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #lookedAt: Segmentation | null = null;

  get jobs(): Job[] {
    return this.#jobs.list;
  }

  /** Whether something runs that a person waits for; the closer look gives way to whatever they ask. */
  get isBusy(): boolean {
    return this.jobs.some(({ state, title }) => state === 'running' && title !== closerTitle);
  }

  cancel = (jobId: number) => this.#jobs.cancel(jobId);
  dismissJob = (jobId: number) => this.#jobs.dismiss(jobId);

  /** The prediction being made, when one is. */
  get predicting(): Job | null {
    return this.jobs.find(({ state, title }) => state === 'running' && title === predictionTitle) ?? null;
  }

  /** What stands in the way of an answer, in the person's words; null when nothing does. */
  get obstacle(): string | null {
    return this.#lastJob?.sentence ?? this.blocking;
  }

  async runSegments(change: Partial<Analysis> = {}): Promise<void> {
    await this.#runAgain('Finding segments', change, async (work, check) =>
      this.#show.segments(await findSegments(work, check)),
    );
  }

  /** Segments found another way take the place of those on the screen, as one step to undo. */
  async regroup(change: Partial<Analysis>): Promise<void> {
    if (!this.mayChange()) return;
    const before = this.grouped;
    const isDone = await this.#runAgain('Grouping again', change, async (work, check) =>
      this.#show.segments(await findSegments(work, check)),
    );
    if (isDone) this.recordGrouping('group again', before);
  }

  /** Recency, frequency and spend scored another way, or their stages called otherwise, as one step to undo. */
  async scoreRfm(rfm: Analysis['rfm']): Promise<void> {
    if (!this.mayChange()) return;
    const before = this.grouped;
    const isDone = await this.#runAgain('Scoring again', { rfm }, async (work, check) => {
      this.rfm = await scoreRfm(work, check);
    });
    if (isDone) this.recordGrouping('score recency, frequency and spend', before);
  }

  /** Takes down, as a step to undo, that other segments are on the screen now than `before`. */
  protected recordGrouping(name: string, before: Grouped): void {
    const after = this.grouped;
    const set = async (grouped: Grouped) => {
      // A look at the segments that go was not stopped by a person: nothing to tell of it.
      await this.endWork();
      this.#lookedAt = null;
      this.doubtful = null;
      Object.assign(this, grouped);
      this.segmentsReplaced();
      await this.save();
    };
    this.history.record({ name, undo: () => set(before), redo: () => set(after) });
  }

  /** The segments on the screen and what was asked for them. */
  protected get grouped(): Grouped {
    const { analysis, rfm, segmentation, found, segmentNames, ownRules } = this;
    return { analysis, rfm, segmentation, found, segmentNames, ownRules };
  }

  /** Other segments were found than rules spoke of so far. */
  protected segmentsReplaced(): void {}

  /** Whether a closer look at the segments on the screen is due; not after a person has stopped it. */
  get mayLookCloser(): boolean {
    const { segmentation, details } = this;
    const isSeen = details.explained && details.growth && details.foretold;
    return segmentation !== null && !isSeen && !this.readOnly && this.#lookedAt !== segmentation;
  }

  /** What sets the segments apart, how they grew and whether they foretell anything. Gives way to any other work, and is done after it. */
  async lookCloser(): Promise<void> {
    const { manifest, check, segmentation } = this;
    if (!manifest || !check || !segmentation) return;
    this.#lookedAt = segmentation;
    const names = markNames(segmentation.segments.length);
    const work = this.work(closerTitle, 3, async (step) => {
      const on = this.workOn(manifest, step);
      const explained = this.details.explained ?? (await explainSegments(on, check, segmentation, names));
      this.#addDetails(segmentation, { explained });
      step.finished('What sets them apart', 0, segmentation.labels.length);
      const growth = this.details.growth ?? (await segmentGrowth(on, segmentation));
      this.#addDetails(segmentation, { growth });
      step.finished('How they grew', 0, segmentation.labels.length);
      const foretold = this.details.foretold ?? (await segmentsPredict(on, check, segmentation, names));
      this.#addDetails(segmentation, { foretold });
    });
    const queue = this.#queue;
    if (await work) await this.save();
    else if (this.#queue !== queue) this.#lookedAt = null;
  }

  async drawSpreadMap(): Promise<void> {
    const { manifest, check, segmentation } = this;
    if (!manifest || !check || !segmentation) return;
    await this.work('Drawing the spread-out view', 1, async (step) => {
      const on = this.workOn(manifest, step);
      this.#addDetails(segmentation, { spreadMap: await drawSpreadMap(on, check, segmentation) });
    });
  }

  #addDetails(of: Segmentation, found: Partial<SegmentDetails>) {
    if (this.segmentation === of) this.closer = { ...this.details, ...found, of };
  }

  async lookForDoubtful(): Promise<void> {
    const { manifest, check, segmentation } = this;
    if (!manifest || !check || !segmentation) return;
    await this.work('Looking for customers in the wrong segment', 1, async (step) => {
      const found = await findDoubtful(this.workOn(manifest, step), check, segmentation, mostDoubtful);
      this.doubtful = found.map(({ customer, ...one }) => ({ ...one, id: this.customerIds[customer]! }));
    });
  }

  async runPrediction(change: Partial<Analysis> = {}): Promise<void> {
    await this.#runAgain(predictionTitle, change, async (work, check) =>
      this.#show.prediction(await predictOutcome(work, check)),
    );
  }

  async runValue(change: Partial<Analysis['value']> = {}): Promise<void> {
    const value = { ...this.analysis.value, ...change };
    await this.#runAgain('Valuing customers', { value }, async (work, check) =>
      this.#show.value(await valueCustomers(work, check)),
    );
  }

  protected async restore(id: string): Promise<void> {
    const manifest = await this.engine.store.readyManifest(id);
    if (!manifest) return;
    await this.hold(manifest);
    await this.takeUp(manifest);
  }

  /** Shows what is stored of the open project; what has no answers yet is computed. */
  protected async takeUp(manifest: ProjectManifest): Promise<void> {
    const { store } = this.engine;
    const settings = await store.getRecord<StoredSettings>(manifest.id, 'settings');
    if (settings) Object.assign(this, settings, { analysis: { ...defaultAnalysis, ...settings.analysis } });
    const results = await store.getRecord<StoredResults>(manifest.id, 'results');
    if (!results) return this.route();
    // Kept before predictions told how sure they are: they are made again when asked for.
    const isWhole = results.prediction === null || 'validation' in results.prediction;
    const { details, ...kept } = results;
    Object.assign(this, isWhole ? kept : { ...kept, prediction: null });
    const { segmentation } = results;
    this.closer = details && segmentation ? { ...details, of: segmentation } : null;
  }

  protected async route(parts: readonly ExportPart[] = exportParts): Promise<void> {
    const { manifest } = this;
    if (!manifest) return;
    this.earlier = this.shownSegments ?? this.earlier;
    this.clearAnswers();
    const isDone = await this.work(`Working on ${manifest.name}`, 7, (step) =>
      runRoute(this.workOn(manifest, step), this.#show, parts),
    );
    if (isDone) await this.save();
  }

  /** One piece of work at a time: whatever runs is stopped first. */
  protected async work(title: string, stages: number, work: (step: Step) => Promise<void>): Promise<boolean> {
    this.stopJobs();
    const before = this.#queue;
    const run = (async () => {
      await before;
      return this.#jobs.run(title, stages, work, (time) => this.stages.push(time));
    })();
    this.#queue = run;
    this.#lastJob = await run;
    return this.#lastJob.state === 'done';
  }

  protected stopJobs(): void {
    for (const job of this.jobs) if (job.state === 'running') this.#jobs.cancel(job.id);
  }

  /** Stops all work and forgets how it ended. */
  protected async endWork(): Promise<void> {
    this.stopJobs();
    await this.#queue;
    this.#jobs.clear();
  }

  protected workOn(project: ProjectManifest, step: Step): Work {
    return {
      engine: this.engine,
      project,
      settings: this.collect,
      analysis: this.analysis,
      tries: this.tries,
      step,
    };
  }

  /** One step of the route again, asked another way. */
  async #runAgain(
    title: string,
    change: Partial<Analysis>,
    run: (work: Work, check: DataCheck) => Promise<void>,
  ): Promise<boolean> {
    const { manifest, check } = this;
    if (!manifest || !check) return false;
    const before = this.analysis;
    this.analysis = { ...before, ...change };
    const asked = this.analysis;
    const isDone = await this.work(title, 2, (step) => run(this.workOn(manifest, step), check));
    if (isDone) await this.save();
    else if (this.analysis === asked) this.analysis = before;
    return isDone;
  }

  #show: Show = {
    check: (check) => (this.check = check),
    customers: (ids, said) => {
      this.customerIds = ids;
      Object.assign(this, said);
    },
    segments: ({ rfm, segmentation }) => {
      this.rfm = rfm;
      this.noSegments = null;
      this.doubtful = null;
      const before = this.shownSegments ?? this.earlier;
      this.found = null;
      if (!before) this.segmentation = segmentation;
      else {
        const ids = { before: before.customerIds, after: this.customerIds };
        const carried = carryNames(before.segmentation, segmentation, before.names, ids);
        this.segmentation = carried.segmentation;
        this.segmentNames = carried.names;
        this.ownRules = this.ownRules.map((own) => ({ ...own, rule: moveSegments(own.rule, carried.moved) }));
      }
      this.segmentsReplaced();
    },
    noSegments: (why) => (this.noSegments = why),
    value: (value) => (this.value = value),
    prediction: ({ prediction, tries }) => {
      this.prediction = prediction;
      this.tries = tries;
    },
  };
}
