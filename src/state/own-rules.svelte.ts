import type { OutcomeChoice } from '../core/2-features/later-outcomes';
import type { Rule } from '../core/2-features/rule/rule';
import type { Segmentation } from '../core/3-models/results/segmentation';
import { isAppError } from '../core/kit/errors';
import { findOutcomeSegments } from '../pipeline-segments';
import { groupByRules, tellRuleSegments } from '../pipeline-rules';
import { quiet } from './quiet-step';
import { RuleBuilder } from './rule-builder.svelte';
import { sentenceOf, type OwnRule } from './stored-project';

type ToldSegments = Awaited<ReturnType<typeof tellRuleSegments>>;

/** Segments of the person's own, and groups made for an outcome: kept, put in order, shown in place of those found. */
export abstract class OwnRules extends RuleBuilder {
  /** The kept rules side by side; null while they are counted. */
  toldSegments = $state.raw<ToldSegments | null>(null);
  /** Why the kept rules cannot be counted: most often data that lacks what one asks for. */
  ownTrouble = $state.raw<string | null>(null);

  override async openRules(): Promise<void> {
    await super.openRules();
    if (!this.toldSegments) await this.tellOwnRules();
  }

  /** Keeps the rule under a name; one of that name is replaced. */
  async keepRule(name: string): Promise<void> {
    await this.ruleSettled();
    const { told } = this;
    if (!told || this.ruleTrouble !== null) return;
    const kept = { name, rule: told.rule, sentence: told.sentence };
    const isKnown = this.ownRules.some((own) => own.name === name);
    const after = isKnown
      ? this.ownRules.map((own) => (own.name === name ? kept : own))
      : [...this.ownRules, kept];
    this.ruleName = '';
    this.#setOwnRules(`keep the segment ${name}`, after);
  }

  removeOwnRule(name: string): void {
    const left = this.ownRules.filter((own) => own.name !== name);
    this.#setOwnRules(`remove the segment ${name}`, left);
  }

  /** Earlier or later in the order of who goes first. */
  moveOwnRule(name: string, by: number): void {
    const from = this.ownRules.findIndex((own) => own.name === name);
    const to = from + by;
    if (from < 0 || to < 0 || to >= this.ownRules.length) return;
    const after = [...this.ownRules];
    after.splice(to, 0, ...after.splice(from, 1));
    this.#setOwnRules('change the order of segments', after);
  }

  async tellOwnRules(): Promise<void> {
    const { manifest, ownRules } = this;
    const frame = this.ruleFrame(true);
    this.toldSegments = null;
    this.ownTrouble = null;
    if (!manifest || !frame || !this.ruleChoices || ownRules.length === 0) return;
    try {
      const told = await tellRuleSegments(this.workOn(manifest, quiet), frame, ownRules);
      if (ownRules === this.ownRules) this.toldSegments = told;
    } catch (error) {
      if (ownRules === this.ownRules && !isAppError(error, 'Cancelled')) this.ownTrouble = sentenceOf(error);
    }
  }

  /** The kept rules become the segments on the screen, everybody in the first that holds. */
  async useOwnRules(): Promise<void> {
    const n = this.ownRules.length;
    const reason = `Made by ${n === 1 ? 'your rule' : `your ${n} rules, everybody in the first that holds`}.`;
    await this.#use(this.ownRules, { algorithm: 'rules', reason });
  }

  /** Looks for groups that differ in what came in the last days, or in a column. */
  async findOutcome(choice: OutcomeChoice, horizonDays: number): Promise<void> {
    const { manifest, check } = this;
    if (!manifest || !check) return;
    this.outcome = null;
    await this.work('Looking for groups that differ', 1, async (step) => {
      const work = this.workOn(manifest, step);
      const analysis = { ...work.analysis, horizonDays };
      this.outcome = await findOutcomeSegments({ ...work, analysis }, check, choice);
    });
    await this.save();
  }

  async useOutcome(): Promise<void> {
    const { outcome } = this;
    if (!outcome || outcome.groups.length === 0) return;
    const reason = `Made for ${outcome.outcome}: ${outcome.verdict}.`;
    const rules = outcome.groups.map(({ rule }) => ({ name: '', rule }));
    await this.#use(rules, { algorithm: 'outcome', reason });
  }

  /** The segments that were found are shown again. */
  showFound(): void {
    const { found } = this;
    if (found) this.#replace('show the found segments', { segmentation: found, found: null, names: [] });
  }

  protected override retellRules(): void {
    super.retellRules();
    this.toldSegments = null;
    if (this.ruleChoices) void this.tellOwnRules();
  }

  protected override clearAnswers(): void {
    super.clearAnswers();
    this.toldSegments = null;
    this.ownTrouble = null;
  }

  #setOwnRules(name: string, after: OwnRule[]): void {
    if (!this.mayChange()) return;
    const before = this.ownRules;
    const set = async (rules: OwnRule[]) => {
      this.ownRules = rules;
      await Promise.all([this.save(), this.tellOwnRules()]);
    };
    void this.history.apply({ name, undo: () => set(before), redo: () => set(after) });
  }

  async #use(
    rules: { name: string; rule: Rule }[],
    made: { algorithm: 'rules' | 'outcome'; reason: string },
  ): Promise<void> {
    const { manifest, check } = this;
    const found = this.named;
    if (!manifest || !check || !found || !this.mayChange()) return;
    let segmentation: Segmentation | null = null;
    await this.work('Making the segments', 1, async (step) => {
      const work = this.workOn(manifest, step);
      segmentation = await groupByRules(work, check, this.ruleFrame(true)!, rules, made);
    });
    if (segmentation) this.#replace('use own segments', { segmentation, found, names: [] });
  }

  /** Other segments on the screen; taken back unless they were found anew since. */
  #replace(
    name: string,
    after: { segmentation: Segmentation; found: Segmentation | null; names: string[] },
  ): void {
    if (!this.mayChange()) return;
    const before = { segmentation: this.segmentation!, found: this.found, names: this.segmentNames };
    const set = (from: typeof after, to: typeof after) => async () => {
      if (this.segmentation !== from.segmentation)
        return this.notice('info', 'The segments were found anew since: what is shown stays.');
      this.segmentation = to.segmentation;
      this.found = to.found;
      this.segmentNames = to.names;
      this.doubtful = null;
      await this.save();
    };
    void this.history.apply({ name, undo: set(after, before), redo: set(before, after) });
  }
}
