import type { Rule } from '../core/2-features/rule/rule';
import type { RuleChoices } from '../core/2-features/rule/rule-choices';
import type { FeatureSummary } from '../core/2-features/summarise-feature';
import type { Segmentation } from '../core/3-models/results/segmentation';
import { segmentName } from '../core/4-decisions/wording';
import {
  draftRule,
  everybody,
  ruleOfDraft,
  speaksOfSegments,
  wholeParts,
  type DraftGroup,
} from '../core/5-dashboards/rule-draft';
import { isAppError } from '../core/kit/errors';
import {
  countRule,
  findMembers,
  frameRules,
  listRuleChoices,
  readRule,
  summariseTrait,
} from '../pipeline-rules';
import { TraitReadings } from './trait-readings.svelte';
import { quiet } from './quiet-step';
import { sentenceOf } from './stored-project';

type Told = NonNullable<Awaited<ReturnType<typeof countRule>>>;

const quietMs = 60;

/** The rule that is being built: as a tree, as a sentence, counted while it changes. */
export abstract class RuleBuilder extends TraitReadings {
  /** What a rule can be built from; null until the builder was opened. */
  ruleChoices = $state.raw<RuleChoices | null>(null);
  draft = $state.raw<DraftGroup>(everybody);
  /** What it will be kept as. */
  ruleName = $state('');
  /** The rule as it stands, in words and counted; `counts[i]` is that of the draft's part i, null = not counted. */
  told = $state.raw<(Told & { counts: (number | null)[] }) | null>(null);
  /** Why the sentence or the rule cannot be used. */
  ruleTrouble = $state.raw<string | null>(null);
  ruleMembers = $state.raw<{ name: string; sentence: string; customers: Int32Array } | null>(null);
  traitSummaries = $state.raw<ReadonlyMap<string, FeatureSummary>>(new Map());
  #choicesOf = '';
  #edit = 0;
  /** The newest reading or count. */
  #pending: Promise<void> = Promise.resolve();

  /** The segments that rules may speak of: those that were found, under the person's names. */
  get spokenSegments(): { id: number; name: string }[] {
    return this.named?.segments.map(({ id, name }) => ({ id, name })) ?? [];
  }

  /** Gets everything ready that rules are asked of; waits while other work runs. */
  async openRules(): Promise<void> {
    const { manifest, check, analysis } = this;
    if (!manifest || !check || this.jobs.some(({ state }) => state === 'running')) return;
    const key = JSON.stringify([analysis.asOf, analysis.formulas, check.dataHash, this.collect]);
    if (this.ruleChoices && this.#choicesOf === key) return;
    await this.work('Getting the rules ready', 1, async (step) => {
      step.report('Looking through what customers did', 0);
      this.ruleChoices = await listRuleChoices(this.workOn(manifest, step), this.ruleFrame(false)!);
    });
    this.#choicesOf = this.ruleChoices ? key : '';
    if (!this.ruleChoices) return;
    this.traitSummaries = new Map();
    await this.#countSoon();
  }

  editRule(draft: DraftGroup): void {
    this.draft = draft;
    void this.#countSoon();
  }

  /** Goes on from another rule, to keep it under its name again where it has one of the person's. */
  startFrom(rule: Rule, name = ''): void {
    this.ruleName = name;
    this.editRule(draftRule(rule));
  }

  /** Takes up a sentence that the person wrote; what is built stays when it cannot be read. */
  typeRule(sentence: string): Promise<void> {
    return (this.#pending = this.#read(sentence));
  }

  /** Resolves when what was typed or changed last has been read and counted. */
  protected async ruleSettled(): Promise<void> {
    let newest: Promise<void>;
    do {
      newest = this.#pending;
      await newest;
    } while (newest !== this.#pending);
  }

  #countSoon(): Promise<void> {
    return (this.#pending = this.#count());
  }

  async #read(sentence: string): Promise<void> {
    const { manifest } = this;
    const frame = this.ruleFrame(true);
    if (!manifest || !frame) return;
    const edit = ++this.#edit;
    try {
      const told = await readRule(this.workOn(manifest, quiet), frame, sentence);
      if (!told || edit !== this.#edit) return;
      this.editRule(draftRule(told.rule));
    } catch (error) {
      if (edit === this.#edit) this.#refuse(error);
    }
  }

  async summarise(feature: string): Promise<void> {
    const { manifest } = this;
    const frame = this.ruleFrame(false);
    if (!manifest || !frame || this.traitSummaries.has(feature)) return;
    const summary = await summariseTrait(this.workOn(manifest, quiet), frame, feature).catch(() => null);
    if (summary) this.traitSummaries = new Map([...this.traitSummaries, [feature, summary]]);
  }

  /** Who the rule holds for, as it stands. */
  async showRuleMembers(): Promise<void> {
    const { manifest, told } = this;
    const frame = this.ruleFrame(true);
    if (!manifest || !told || !frame) return;
    await this.work('Finding the people', 1, async (step) => {
      const { customers, held } = await findMembers(this.workOn(manifest, step), frame, told.rule);
      const { sentence } = told;
      const name = this.ownRules.find((own) => own.sentence === sentence)?.name ?? 'Customers by rule';
      if (this.told === told)
        this.ruleMembers = { name, sentence, customers: customers.filter((_, row) => held[row] === 1) };
    });
  }

  /** What is built, in words and counted anew: segments go by other names. */
  protected retellRules(): void {
    if (this.ruleChoices) void this.#countSoon();
  }

  /** What is built and speaks of segments that were replaced would mean others now. */
  protected override segmentsReplaced(): void {
    if (speaksOfSegments(ruleOfDraft(this.draft))) this.draft = everybody;
    this.ruleMembers = null;
    this.retellRules();
  }

  protected override clearAnswers(): void {
    super.clearAnswers();
    this.#edit++;
    this.ruleChoices = null;
    this.told = null;
    this.ruleTrouble = null;
    this.ruleMembers = null;
  }

  protected override async close(): Promise<void> {
    await super.close();
    this.draft = everybody;
    this.ruleName = '';
  }

  /** The found segments with the person's names in place of the suggested ones. */
  protected get named(): Segmentation | null {
    const { found, segmentation, segmentNames } = this;
    if (found || !segmentation) return found;
    const segments = segmentation.segments.map((one) => ({ ...one, name: segmentName(one, segmentNames) }));
    return { ...segmentation, segments };
  }

  protected ruleFrame(withSegments: boolean) {
    const { check } = this;
    return check && frameRules(this, check, withSegments ? this.named : null);
  }

  async #count(): Promise<void> {
    const edit = ++this.#edit;
    this.ruleMembers = null;
    await new Promise((resolve) => setTimeout(resolve, quietMs));
    const { manifest, draft } = this;
    if (edit !== this.#edit || !manifest || !this.ruleChoices) return;
    const rule = ruleOfDraft(draft);
    const frame = this.ruleFrame(speaksOfSegments(rule))!;
    try {
      const told = await countRule(this.workOn(manifest, quiet), frame, rule);
      if (!told || edit !== this.#edit) return;
      this.ruleTrouble = null;
      this.told = { ...told, counts: await this.#countParts(draft, told) };
    } catch (error) {
      if (edit === this.#edit) this.#refuse(error);
    }
  }

  /** How many each part of the topmost group holds for by itself. */
  async #countParts(draft: DraftGroup, told: Told): Promise<(number | null)[]> {
    const parts = wholeParts(draft);
    let { parts: counts } = told;
    if (parts.length === 1 && told.rule.kind !== 'not') counts = [told.count];
    else if (counts.length !== parts.length && told.rule.kind === 'not') {
      const { rule } = told.rule;
      const inner = await countRule(this.workOn(this.manifest!, quiet), this.ruleFrame(speaksOfSegments(rule))!, rule); // prettier-ignore
      counts = inner ? (inner.parts.length > 0 ? inner.parts : [inner.count]) : [];
    }
    return draft.parts.map((_, at) => counts[parts.findIndex((part) => part.at === at)] ?? null);
  }

  /** Work that was stopped took the count with it: the next edit counts again. */
  #refuse(error: unknown): void {
    if (!isAppError(error, 'Cancelled')) this.ruleTrouble = sentenceOf(error);
  }
}
