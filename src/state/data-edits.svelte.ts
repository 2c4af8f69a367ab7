import type {
  AppliedFix,
  CollectSettings,
  ColumnDecision,
  Fix,
  Role,
  RoleAnswer,
} from '../core/1-collect/collected';
import type { Figure, Trace } from '../core/1-collect/trace';
import type { ListedFeature } from '../core/2-features/feature-list';
import type { ListedCategory } from '../core/2-features/transforms/preview-transforms';
import type { FormulaDefinition } from '../core/2-features/formula/define-formula';
import { isAppError } from '../core/kit/errors';
import { traceFigure, type Step } from '../pipeline';
import type { Analysis } from '../pipeline-analysis';
import { defineTrait, listTraits } from '../pipeline-traits';
import { quiet } from './quiet-step';
import { Reviews } from './reviews.svelte';
import { sentenceOf } from './stored-project';

/** The rows behind a figure; `rows` holds those from `offset` on. */
type Traced = { title: string; figure: Figure; offset: number; trace: Trace };

const rowsShown = 50;
const isSameFix = (a: AppliedFix, b: AppliedFix) =>
  a.fault === b.fault && a.file === b.file && a.column === b.column;

/** What a person settles about the data, each an undoable step laid over what is stored; and looks behind its figures. */
export abstract class DataEdits extends Reviews {
  /** Every trait there is and what it looks like here; null until it was asked for. */
  traits = $state.raw<ListedFeature[] | null>(null);
  /** The categories of the customers, known with the traits. */
  categories = $state.raw<ListedCategory[]>([]);
  traced = $state.raw<Traced | null>(null);

  /** Settles a question, or says which column holds a role; checks again at once. */
  async answer(role: Role, column: string): Promise<void> {
    const answers = [...this.collect.answers.filter((other) => other.role !== role), { role, column }];
    const decisions = this.#withoutRole({ role, column });
    await this.settle(`what ${column} is`, { answers, decisions });
  }

  async decide(decision: ColumnDecision): Promise<void> {
    const isSame = (other: ColumnDecision) =>
      other.file === decision.file && other.column === decision.column;
    const earlier = this.collect.decisions.find(isSame);
    const decisions = [
      ...this.collect.decisions.filter((other) => !isSame(other)),
      { ...earlier, ...decision },
    ];
    await this.settle(`how ${this.#columnName(decision) ?? 'column'} is read`, { decisions });
  }

  /** Mends faults; what is stored stays as it was written. */
  async mend(fixes: Fix[]): Promise<void> {
    const added = fixes
      .filter((fix) => !fix.isApplied)
      .map(({ fault, file, column }) => ({ fault, file, column }));
    if (added.length === 0) return;
    const what = added.length === 1 ? fixes[0]!.label : `${added.length} mends`;
    await this.settle(what, { fixes: [...(this.collect.fixes ?? []), ...added] });
  }

  async takeBack(fix: Fix): Promise<void> {
    const fixes = (this.collect.fixes ?? []).filter((other) => !isSameFix(other, fix));
    await this.settle(`back: ${fix.label}`, { fixes });
  }

  /** Customers joined by an e-mail or phone are kept apart, or joined again. */
  async keepApart(key: string, isApart: boolean): Promise<void> {
    const others = (this.collect.apart ?? []).filter((other) => other !== key);
    await this.settle('who is one customer', { apart: isApart ? [...others, key] : others });
  }

  /** Changes settings of the check as one undoable step; `what` completes "change …". */
  async settle(what: string, change: Partial<CollectSettings>): Promise<void> {
    const before = this.collect;
    const after = { ...before, ...change };
    const set = async (collect: CollectSettings) => {
      this.collect = collect;
      this.traits = null;
      this.traced = null;
      await this.route();
    };
    if (!this.mayChange()) return;
    await this.history.apply({ name: `change ${what}`, undo: () => set(before), redo: () => set(after) });
  }

  async loadTraits(): Promise<void> {
    const { manifest, check } = this;
    if (!manifest || !check) return;
    await this.work('Working out every trait', 1, async (step) => {
      const { traits, categories } = await listTraits(this.workOn(manifest, step), check);
      this.categories = categories;
      this.traits = traits;
    });
  }

  /** A trait of the person's own; the sentence that refuses it, or null when it stands. */
  async writeTrait(label: string, text: string, previous: FormulaDefinition | null): Promise<string | null> {
    const { manifest } = this;
    if (!manifest || !this.mayChange()) return null;
    let made: FormulaDefinition | null = null;
    await this.work('Reading the formula', 1, async (step) => {
      made = await defineTrait(this.workOn(manifest, step), { label, text, previous });
    });
    if (!made) {
      const failed = this.jobs.find(({ state }) => state === 'failed');
      if (failed) this.dismissJob(failed.id);
      return failed?.sentence ?? null;
    }
    const own = made as FormulaDefinition;
    const others = this.analysis.formulas.filter(({ name }) => name !== own.name);
    await this.#setFormulas(`the trait ${own.label}`, [...others, own]);
    return null;
  }

  async removeTrait(name: string): Promise<void> {
    const formula = this.analysis.formulas.find((one) => one.name === name);
    if (!formula || !this.mayChange()) return;
    const others = this.analysis.formulas.filter((one) => one !== formula);
    await this.#setFormulas(`the trait ${formula.label}`, others);
  }

  /** Opens the rows behind a figure, or goes on to later ones. */
  async trace(title: string, figure: Figure, offset = 0): Promise<void> {
    const { manifest } = this;
    if (!manifest) return;
    await this.workBeside('Finding the rows', async (step) => {
      const trace = await traceFigure(this.workOn(manifest, step), figure, offset, rowsShown);
      if (manifest === this.manifest) this.traced = { title, figure, offset, trace };
    });
  }

  closeTrace(): void {
    this.traced = null;
  }

  /** Work that only looks: whatever runs goes on meanwhile. */
  protected async workBeside(title: string, look: (step: Step) => Promise<void>): Promise<void> {
    const isFree = this.jobs.every(({ state }) => state !== 'running');
    if (isFree) await this.work(title, 1, look);
    else
      await look(quiet).catch((error: unknown) => {
        if (!isAppError(error, 'Cancelled')) this.notice('error', sentenceOf(error));
      });
  }

  async #setFormulas(what: string, formulas: FormulaDefinition[]): Promise<void> {
    const before = this.analysis.formulas;
    const set = async (analysis: Partial<Analysis>) => {
      this.analysis = { ...this.analysis, ...analysis };
      await this.loadTraits();
      await this.runSegments();
    };
    await this.history.apply({
      name: `change ${what}`,
      undo: () => set({ formulas: before }),
      redo: () => set({ formulas }),
    });
  }

  /** An answer is newer than what was decided before about that role or that column: both cannot hold. */
  #withoutRole({ role, column }: RoleAnswer): ColumnDecision[] {
    const named = column.toLowerCase().replace(/: (day|month) first$/, '');
    return this.collect.decisions.flatMap((decision) => {
      const isNamed = this.#columnName(decision)?.toLowerCase() === named;
      if (decision.role === undefined || (decision.role !== role && !isNamed)) return [decision];
      const { role: _given, ...rest } = decision;
      return Object.keys(rest).length > 2 ? [rest] : [];
    });
  }

  #columnName({ file, column }: ColumnDecision): string | undefined {
    return this.check?.files[file]?.columns[column]?.name;
  }
}
