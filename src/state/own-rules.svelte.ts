import type { OutcomeChoice } from '../core/2-features/later-outcomes';
import type { Rule } from '../core/2-features/rule/rule';
import type { RuleChoices } from '../core/2-features/rule/rule-choices';
import type { FeatureSummary } from '../core/2-features/summarise-feature';
import type { Segmentation } from '../core/3-models/results';
import { segmentName } from '../core/4-decisions/wording';
import {
  draftRule,
  everybody,
  ruleOfDraft,
  speaksOfSegments,
  wholeParts,
  type DraftGroup,
} from '../core/5-dashboards/rule-draft';
import {
  countRule,
  findMembers,
  findOutcomeSegments,
  frameRules,
  groupByRules,
  listRuleChoices,
  readRule,
  summariseTrait,
  tellRuleSegments,
  type Step,
} from '../pipeline';
import { DataEdits } from './data-edits.svelte';
import { sentenceOf, type OwnRule } from './stored-project';

type Told = NonNullable<Awaited<ReturnType<typeof countRule>>>;
type ToldSegments = Awaited<ReturnType<typeof tellRuleSegments>>;

const quietMs = 60;
/** Counting is no job: it is over before one could look for a tray. */
const quiet: Step = { signal: new AbortController().signal, report() {}, finished() {} };

/** Segments of the person's own: the rule that is being built, those that are kept, and groups made for an outcome. */
export abstract class OwnRules extends DataEdits {
  /** What a rule can be built from; null until the builder was opened. */
  ruleChoices = $state.raw<RuleChoices | null>(null);
  draft = $state.raw<DraftGroup>(everybody);
  /** The rule as it stands, in words and counted; `counts[i]` is that of the draft's part i, null = not counted. */
  told = $state.raw<(Told & { counts: (number | null)[] }) | null>(null);
  /** Why the sentence or the rule cannot be used. */
  ruleTrouble = $state.raw<string | null>(null);
  ruleMembers = $state.raw<{ name: string; sentence: string; customers: Int32Array } | null>(null);
  traitSummaries = $state.raw<ReadonlyMap<string, FeatureSummary>>(new Map());
  /** The kept rules side by side; null while they are counted. */
  toldSegments = $state.raw<ToldSegments | null>(null);
  #choicesOf = '';
  #edit = 0;

  /** The segments that rules may speak of: those that were found, under the person's names. */
  get spokenSegments(): { id: number; name: string }[] {
    return this.#named?.segments.map(({ id, name }) => ({ id, name })) ?? [];
  }

  /** Gets everything ready that rules are asked of; waits while other work runs. */
  async openRules(): Promise<void> {
    const { manifest, check, analysis } = this;
    if (!manifest || !check || this.jobs.some(({ state }) => state === 'running')) return;
    const key = JSON.stringify([analysis.asOf, analysis.formulas, check.dataHash, this.collect]);
    if (this.ruleChoices && this.#choicesOf === key) return;
    await this.work('Getting the rules ready', 1, async (step) => {
      step.report('Looking through what customers did', 0);
      this.ruleChoices = await listRuleChoices(this.workOn(manifest, step), this.#frame(false)!);
    });
    this.#choicesOf = this.ruleChoices ? key : '';
    if (!this.ruleChoices) return;
    this.traitSummaries = new Map();
    await this.#count();
    await this.tellOwnRules();
  }

  editRule(draft: DraftGroup): void {
    this.draft = draft;
    void this.#count();
  }

  startFrom(rule: Rule): void {
    this.editRule(draftRule(rule));
  }

  /** Takes up a sentence that the person wrote; what is built stays when it cannot be read. */
  async typeRule(sentence: string): Promise<void> {
    const { manifest } = this;
    const frame = this.#frame(true);
    if (!manifest || !frame) return;
    const edit = ++this.#edit;
    try {
      const told = await readRule(this.workOn(manifest, quiet), frame, sentence);
      if (!told || edit !== this.#edit) return;
      this.editRule(draftRule(told.rule));
    } catch (error) {
      if (edit === this.#edit) this.ruleTrouble = sentenceOf(error);
    }
  }

  async summarise(feature: string): Promise<void> {
    const { manifest } = this;
    const frame = this.#frame(false);
    if (!manifest || !frame || this.traitSummaries.has(feature)) return;
    const summary = await summariseTrait(this.workOn(manifest, quiet), frame, feature).catch(() => null);
    if (summary) this.traitSummaries = new Map([...this.traitSummaries, [feature, summary]]);
  }

  /** Who the rule holds for, as it stands. */
  async showRuleMembers(): Promise<void> {
    const { manifest, told } = this;
    const frame = this.#frame(true);
    if (!manifest || !told || !frame) return;
    await this.work('Finding the people', 1, async (step) => {
      const { customers, held } = await findMembers(this.workOn(manifest, step), frame, told.rule);
      const { sentence } = told;
      const name = this.ownRules.find((own) => own.sentence === sentence)?.name ?? 'Customers by rule';
      if (this.told === told)
        this.ruleMembers = { name, sentence, customers: customers.filter((_, row) => held[row] === 1) };
    });
  }

  /** Keeps the rule under a name; one of that name is replaced. */
  keepRule(name: string): void {
    const { told } = this;
    if (!told) return;
    const kept = { name, rule: told.rule, sentence: told.sentence };
    const isKnown = this.ownRules.some((own) => own.name === name);
    const after = isKnown
      ? this.ownRules.map((own) => (own.name === name ? kept : own))
      : [...this.ownRules, kept];
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
    const frame = this.#frame(true);
    this.toldSegments = null;
    if (!manifest || !frame || !this.ruleChoices || ownRules.length === 0) return;
    try {
      const told = await tellRuleSegments(this.workOn(manifest, quiet), frame, ownRules);
      if (ownRules === this.ownRules) this.toldSegments = told;
    } catch (error) {
      this.ruleTrouble = sentenceOf(error);
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

  protected override clearAnswers(): void {
    super.clearAnswers();
    this.#edit++;
    this.ruleChoices = null;
    this.told = null;
    this.ruleTrouble = null;
    this.ruleMembers = null;
    this.toldSegments = null;
  }

  protected override async close(): Promise<void> {
    await super.close();
    this.draft = everybody;
  }

  /** The found segments with the person's names in place of the suggested ones. */
  get #named(): Segmentation | null {
    const { found, segmentation, segmentNames } = this;
    if (found || !segmentation) return found;
    const segments = segmentation.segments.map((one) => ({ ...one, name: segmentName(one, segmentNames) }));
    return { ...segmentation, segments };
  }

  #frame(withSegments: boolean) {
    const { check } = this;
    return check && frameRules(this, check, withSegments ? this.#named : null);
  }

  async #count(): Promise<void> {
    const edit = ++this.#edit;
    this.ruleMembers = null;
    await new Promise((resolve) => setTimeout(resolve, quietMs));
    const { manifest, draft } = this;
    if (edit !== this.#edit || !manifest || !this.ruleChoices) return;
    const rule = ruleOfDraft(draft);
    const frame = this.#frame(speaksOfSegments(rule))!;
    try {
      const told = await countRule(this.workOn(manifest, quiet), frame, rule);
      if (!told || edit !== this.#edit) return;
      this.ruleTrouble = null;
      this.told = { ...told, counts: await this.#countParts(draft, told) };
    } catch (error) {
      if (edit === this.#edit) this.ruleTrouble = sentenceOf(error);
    }
  }

  /** How many each part of the topmost group holds for by itself. */
  async #countParts(draft: DraftGroup, told: Told): Promise<(number | null)[]> {
    const parts = wholeParts(draft);
    let { parts: counts } = told;
    if (parts.length === 1 && !told.rule.kind.startsWith('not')) counts = [told.count];
    else if (counts.length !== parts.length && told.rule.kind === 'not') {
      const { rule } = told.rule;
      const inner = await countRule(this.workOn(this.manifest!, quiet), this.#frame(speaksOfSegments(rule))!, rule); // prettier-ignore
      counts = inner ? (inner.parts.length > 0 ? inner.parts : [inner.count]) : [];
    }
    return draft.parts.map((_, at) => counts[parts.findIndex((part) => part.at === at)] ?? null);
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
    const found = this.#named;
    if (!manifest || !check || !found || !this.mayChange()) return;
    let segmentation: Segmentation | null = null;
    await this.work('Making the segments', 1, async (step) => {
      const work = this.workOn(manifest, step);
      segmentation = await groupByRules(work, check, this.#frame(true)!, rules, made);
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
