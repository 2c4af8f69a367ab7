import type { CalendarDay } from './calendar';

const dayMs = 86_400_000;

/** What is looked at again from time to time. */
export type ReviewSubject = 'segments' | 'predictions' | 'value' | 'consent' | 'retention';

/** When a review is due: ISO days, kept with the project. `doneOn` is null until it was done once. */
export type PlannedReview = {
  subject: ReviewSubject;
  everyDays: number;
  due: string;
  doneOn: string | null;
};

/** What was tested and should be tested again: a question, and what to look at, made from the tests themselves. */
export type Reviewable = {
  subject: ReviewSubject;
  title: string;
  checklist: string[];
  usualDays: number;
};

export type Review = PlannedReview & Pick<Reviewable, 'title' | 'checklist'> & { daysLate: number };

const isoDayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/** With a date for whatever was tested and has none yet; the very same where nothing is added. */
export function planReviews(
  planned: PlannedReview[],
  tested: readonly Reviewable[],
  today: string,
): PlannedReview[] {
  const missing = tested.filter(({ subject }) => !planned.some((other) => other.subject === subject));
  if (missing.length === 0) return planned;
  const added = missing.map(({ subject, usualDays }) => ({
    subject,
    everyDays: usualDays,
    due: isoDayAfter(today, usualDays),
    doneOn: null,
  }));
  return [...planned, ...added];
}

/** The reviews of what was tested, soonest first; `daysLate` is 0 up to the day it is due on. */
export function listReviews(
  planned: PlannedReview[],
  tested: readonly Reviewable[],
  today: string,
): Review[] {
  const all = planReviews(planned, tested, today);
  const late = (due: string) => Math.max(0, Math.round((Date.parse(today) - Date.parse(due)) / dayMs));
  return tested
    .map(({ subject, title, checklist }) => {
      const own = all.find((other) => other.subject === subject)!;
      return { ...own, title, checklist, daysLate: late(own.due) };
    })
    .sort((a, b) => a.due.localeCompare(b.due));
}

/** Done today: due again after its days. */
export const reviewed = (review: PlannedReview, today: string): PlannedReview => ({
  subject: review.subject,
  everyDays: review.everyDays,
  due: isoDayAfter(today, review.everyDays),
  doneOn: today,
});

/** A review as a day of a calendar; `project` says whose, by an id that stays and a name. */
export const dayOfReview = (
  { subject, due, everyDays, title, checklist }: Review,
  project: { id: string; name: string },
): CalendarDay => ({
  id: `${project.id}-${subject}@coterie`,
  day: due,
  everyDays,
  summary: `${project.name}: ${title}`,
  description: checklist.map((line) => `- ${line}`).join('\n'),
});
