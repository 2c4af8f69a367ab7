import type { DataCheck } from '../core/1-collect/collected';
import { carryNames } from '../core/4-decisions/carry-names';
import { exportParts, type ExportPart } from '../core/4-decisions/exports';
import {
  askable,
  defaultAnalysis,
  findDoubtful,
  findSegments,
  predictOutcome,
  runRoute,
  valueCustomers,
  type Analysis,
  type Show,
  type Step,
  type Work,
} from '../pipeline';
import type { ProjectManifest } from '../storage/manifest';
import { Jobs, type Job } from './jobs.svelte';
import { Projects } from './projects.svelte';
import type { StoredResults, StoredSettings } from './stored-project';

const mostDoubtful = 500;

/** The work done on the open project: the whole route, or one step of it asked another way. */
export abstract class Runs extends Projects {
  #jobs = new Jobs();
  #lastJob: Job | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  get jobs(): Job[] {
    return this.#jobs.list;
  }

  cancel = (jobId: number) => this.#jobs.cancel(jobId);
  dismissJob = (jobId: number) => this.#jobs.dismiss(jobId);

  /** What stands in the way of an answer, in the person's words; null when nothing does. */
  get obstacle(): string | null {
    return this.#lastJob?.sentence ?? this.blocking;
  }

  async runSegments(change: Partial<Analysis> = {}): Promise<void> {
    await this.#runAgain('Finding segments', change, async (work, check) =>
      this.#show.segments(await findSegments(work, check)),
    );
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
    await this.#runAgain('Predicting', change, async (work, check) =>
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
    Object.assign(this, isWhole ? results : { ...results, prediction: null });
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
  ): Promise<void> {
    const { manifest, check } = this;
    if (!manifest || !check) return;
    this.analysis = { ...this.analysis, ...change };
    const isDone = await this.work(title, 2, (step) => run(this.workOn(manifest, step), check));
    if (isDone) await this.save();
  }

  #show: Show = {
    check: (check) => {
      this.check = check;
      this.analysis = askable(this.analysis, check);
    },
    customers: (ids, consents) => {
      this.customerIds = ids;
      this.consents = consents;
    },
    segments: ({ rfm, segmentation }) => {
      this.rfm = rfm;
      this.doubtful = null;
      const before = this.shownSegments ?? this.earlier;
      if (!before) this.segmentation = segmentation;
      else {
        const ids = { before: before.customerIds, after: this.customerIds };
        const carried = carryNames(before.segmentation, segmentation, this.segmentNames, ids);
        this.segmentation = carried.segmentation;
        this.segmentNames = carried.names;
      }
    },
    value: (value) => (this.value = value),
    prediction: ({ prediction, tries }) => {
      this.prediction = prediction;
      this.tries = tries;
    },
  };
}
