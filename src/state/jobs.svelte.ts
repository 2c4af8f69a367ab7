import { isAppError } from '../core/kit/errors';
import type { Step } from '../pipeline';

export type Job = {
  id: number;
  title: string;
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

export type StageTime = { name: string; seconds: number; rows: number };

/** The jobs tray: what runs, how far it is, how to stop it. How the last one ended stays until the next begins. */
export class Jobs {
  list = $state<Job[]>([]);
  #controllers = new Map<number, AbortController>();
  #next = 1;

  get running(): Job | undefined {
    return this.list.find((job) => job.state === 'running');
  }

  /** Runs one piece of work as a job and resolves to how it ended; failures stay in the tray as a sentence. */
  async run(
    title: string,
    stages: number,
    work: (step: Step) => Promise<void>,
    onStage: (time: StageTime) => void,
  ): Promise<Job> {
    this.clear();
    const id = this.#next++;
    const controller = new AbortController();
    this.#controllers.set(id, controller);
    this.list.push({
      id,
      title,
      stage: title,
      stageIndex: 1,
      stageCount: stages,
      fraction: 0,
      note: '',
      seconds: 0,
      secondsLeft: null,
      state: 'running',
      sentence: null,
    });
    const job = this.list.at(-1)!;
    const started = performance.now();
    const clock = setInterval(() => (job.seconds = (performance.now() - started) / 1000), 150);
    try {
      await work(this.#step(job, controller.signal, onStage));
      job.state = 'done';
      this.dismiss(id);
    } catch (error) {
      const isCancelled = controller.signal.aborted || isAppError(error, 'Cancelled');
      job.state = isCancelled ? 'cancelled' : 'failed';
      job.sentence = isCancelled
        ? 'Stopped. Everything stored before is still here.'
        : error instanceof Error
          ? error.message
          : String(error);
    } finally {
      clearInterval(clock);
      this.#controllers.delete(id);
    }
    return job;
  }

  cancel(id: number): void {
    this.#controllers.get(id)?.abort();
  }

  clear(): void {
    this.list = this.list.filter((job) => job.state === 'running');
  }

  dismiss(id: number): void {
    this.list = this.list.filter((job) => job.id !== id || job.state === 'running');
  }

  #step(job: Job, signal: AbortSignal, onStage: (time: StageTime) => void): Step {
    let stageStarted = performance.now();
    return {
      signal,
      report(stage, fraction, note = '') {
        const now = performance.now();
        if (stage !== job.stage) stageStarted = now;
        const inStage = (now - stageStarted) / 1000;
        job.stage = stage;
        job.fraction = fraction;
        job.note = note;
        job.secondsLeft = inStage > 1 && fraction > 0.05 ? (inStage / fraction) * (1 - fraction) : null;
        announce(stage, fraction, note);
      },
      finished(name, seconds, rows) {
        job.stageIndex = Math.min(job.stageIndex + 1, job.stageCount);
        onStage({ name, seconds, rows });
        announce(name, 1, '');
      },
    };
  }
}

/** For whoever automates the page: the same progress a person sees, as an event. */
const announce = (stage: string, fraction: number, note: string) =>
  window.dispatchEvent(new CustomEvent('coterie:progress', { detail: { stage, fraction, note } }));
