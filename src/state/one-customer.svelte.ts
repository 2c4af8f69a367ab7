import type { Prediction } from '../core/3-models/results/prediction';
import type { Step } from '../pipeline';
import { lookAt, tryWhatIf, whatMovesSegment } from '../pipeline-customers';
import { OwnRules } from './own-rules.svelte';
import { quiet } from './quiet-step';
import { sentenceOf } from './stored-project';

type Looked = Awaited<ReturnType<typeof lookAt>>;
type Tried = NonNullable<Awaited<ReturnType<typeof tryWhatIf>>>;
type SegmentMove = NonNullable<Awaited<ReturnType<typeof whatMovesSegment>>>;
type Subject = Parameters<typeof lookAt>[3];
type Direction = Parameters<typeof lookAt>[4];

/** Who is looked at, and what was found. */
type Person = { subject: Subject; id: string; direction: Direction; looked: Looked; of: Prediction };

/** The likelihood of the customer who is shown first. */
const beginsAt = 0.75;

/** One customer, or the middle one of a segment: why they have their likelihood, what would move it, what if. */
export abstract class OneCustomer extends OwnRules {
  #person = $state.raw<Person | null>(null);
  /** What the traits tried come to; null = as they are. */
  tried = $state.raw<Tried | null>(null);
  /** What would bring them into another segment; null until asked, or where it cannot be told. */
  segmentMove = $state.raw<{ to: number; move: SegmentMove | null } | null>(null);
  /** Why nobody is shown. */
  lookTrouble = $state.raw<string | null>(null);
  isLooking = $state(false);
  #look = 0;

  /** Who is looked at; null as soon as another prediction is on the screen. */
  get person(): Person | null {
    return this.#person?.of === this.prediction ? this.#person : null;
  }

  /** Somebody to begin with: likely, and not beyond reach. */
  get firstId(): string | null {
    const { prediction } = this;
    if (!prediction) return null;
    let best = -1;
    const gap = (row: number) => Math.abs(prediction.propensity[row]! - beginsAt);
    prediction.propensity.forEach((_, row) => {
      if (prediction.happened?.[row] !== 1 && (best < 0 || gap(row) < gap(best))) best = row;
    });
    return best < 0 ? null : this.customerIds[prediction.customers[best]!]!;
  }

  /** Ids that begin with what was typed, at most `most`. */
  suggestIds(typed: string, most: number): string[] {
    const wanted = typed.trim().toLowerCase();
    const found: string[] = [];
    if (!wanted || !this.prediction) return found;
    for (const customer of this.prediction.customers) {
      const id = this.customerIds[customer]!;
      if (id.toLowerCase().startsWith(wanted) && found.push(id) === most) break;
    }
    return found;
  }

  async lookAtCustomer(id: string, direction?: Direction): Promise<void> {
    const customer = this.customerIds.indexOf(id.trim());
    if (customer < 0 || !this.prediction?.customers.includes(customer)) {
      this.lookTrouble = `No customer “${id.trim()}” has a likelihood. Type an id as it stands in your files.`;
      return;
    }
    await this.#lookAt({ customer }, this.customerIds[customer]!, direction);
  }

  /** The middle customer of a segment. */
  async lookAtMiddle(segment: number, name: string, direction?: Direction): Promise<void> {
    await this.#lookAt({ segment }, `The middle customer of ${name}`, direction);
  }

  /** Scores again with some traits at other values; only the newest try is shown. */
  async tryOut(values: [feature: string, value: number][]): Promise<void> {
    const { person } = this;
    if (!person) return;
    if (values.length === 0) this.tried = null;
    const tried = await tryWhatIf(this.engine, person.subject, values);
    if (tried && person === this.person) this.tried = values.length > 0 ? tried : null;
  }

  async findSegmentMove(to: number): Promise<void> {
    const { person } = this;
    if (!person) return;
    const move = await whatMovesSegment(this.engine, person.subject, to);
    if (person === this.person) this.segmentMove = { to, move };
  }

  async #lookAt(subject: Subject, id: string, direction: Direction = this.#usual): Promise<void> {
    const { manifest, check, prediction, segmentation } = this;
    if (!manifest || !check || !prediction?.model) return;
    if (this.jobs.some(({ state }) => state === 'running')) {
      this.lookTrouble = 'Other work is running. Look at a customer when it is done.';
      return;
    }
    const own = ++this.#look;
    this.lookTrouble = null;
    this.isLooking = true;
    const look = async (step: Step) => {
      const on = this.workOn(manifest, step);
      const looked = await lookAt(on, check, { prediction, segmentation }, subject, direction);
      if (own !== this.#look) return;
      this.#person = { subject, id, direction, looked, of: prediction };
      this.tried = null;
      this.segmentMove = null;
    };
    try {
      const isReady = this.engine.held.desk?.starts === this.engine.models.starts;
      if (isReady) await look(quiet);
      else await this.work('Looking at one customer', 1, look);
    } catch (error) {
      if (own === this.#look) this.lookTrouble = sentenceOf(error);
    } finally {
      if (own === this.#look) this.isLooking = false;
    }
  }

  /** What one would wish for: that fewer leave, that more buy. */
  get #usual(): Direction {
    const kind = this.prediction?.target.kind;
    return kind === 'repurchase' || kind === 'upgrade' || kind === 'event' ? 'likelier' : 'less likely';
  }
}
