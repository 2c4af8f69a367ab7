import { reviewables } from '../core/5-dashboards/review-checklists';
import { writeCalendar } from '../core/governance/calendar';
import {
  dayOfReview,
  listReviews,
  planReviews,
  reviewed,
  type PlannedReview,
  type Review,
  type ReviewSubject,
} from '../core/governance/reviews';
import { daysOfSources } from '../core/governance/sources';
import type { ProjectManifest } from '../storage/manifest';
import { saveFile } from './downloads';
import { Registers } from './registers.svelte';

/** What was tested is tested again: when, and what to look at then. */
export abstract class Reviews extends Registers {
  #tested = $derived(
    reviewables({
      segmentation: this.segmentation,
      segmentNames: this.segmentNames,
      foretold: this.details.foretold,
      prediction: this.prediction,
      value: this.value,
      consents: this.consents,
      sources: this.sources,
    }),
  );
  /** Soonest first. */
  reviews: Review[] = $derived(listReviews(this.plannedReviews, this.#tested, this.today));

  get lateReviews(): Review[] {
    return this.reviews.filter(({ daysLate }) => daysLate > 0);
  }

  async reviewDone(subject: ReviewSubject): Promise<void> {
    await this.#change(subject, 'review', (review) => reviewed(review, this.today));
  }

  /** Another day, or another number of days from one review to the next. */
  async planReview(
    subject: ReviewSubject,
    change: Partial<Pick<PlannedReview, 'due' | 'everyDays'>>,
  ): Promise<void> {
    await this.#change(subject, 'plan a review', (review) => ({ ...review, ...change }));
  }

  /** What is due of this project, for a person's own calendar. */
  downloadCalendar(): void {
    const { manifest } = this;
    if (!manifest) return;
    const days = [
      ...this.reviews.map((review) => dayOfReview(review, manifest)),
      ...daysOfSources(this.sources, this.loadedFiles, manifest),
    ];
    saveFile('reviews.ics', writeCalendar(days, Date.now()));
  }

  protected override async save(): Promise<void> {
    this.now = Date.now();
    this.plannedReviews = planReviews(this.plannedReviews, this.#tested, this.today);
    await super.save();
  }

  protected override async takeUp(manifest: ProjectManifest): Promise<void> {
    await super.takeUp(manifest);
    const { plannedReviews } = this;
    if (planReviews(plannedReviews, this.#tested, this.today) !== plannedReviews) await this.save();
  }

  async #change(
    subject: ReviewSubject,
    name: string,
    change: (review: PlannedReview) => PlannedReview,
  ): Promise<void> {
    if (!this.mayChange()) return;
    const before = planReviews(this.plannedReviews, this.#tested, this.today);
    const after = before.map((review) => (review.subject === subject ? change(review) : review));
    const set = async (planned: PlannedReview[]) => {
      this.plannedReviews = planned;
      await this.save();
    };
    await this.history.apply({ name, undo: () => set(before), redo: () => set(after) });
  }
}
