import { collection, models } from '../bridge/workers';
import type { Segmentation } from '../core/3-models/results/segmentation';
import type { Engine } from '../pipeline';
import { defaultAnalysis } from '../pipeline-analysis';
import type { ProjectManifest, Store } from '../storage/manifest';
import { openStore } from '../storage/store';
import { Answers, defaultCollect } from './answers.svelte';
import { History } from './history.svelte';
import { recall, remember } from './memory';
import {
  closedSentences,
  sentenceOf,
  summarise,
  type ProjectSummary,
  type StoredResults,
  type StoredSettings,
} from './stored-project';

const onlyToLook = (name: string) =>
  `${name} is open in another tab. Here you can look; changes are made there.`;

/** The projects kept in this browser: which are there, which one is open, and whether this tab may change it. */
export abstract class Projects extends Answers {
  storageMode = $state<'persistent' | 'memory' | null>(null);
  /** Whether the browser has promised not to clear this page's storage by itself; null = not asked yet. */
  isPersisted = $state<boolean | null>(null);
  /** Another tab holds this project: look, do not change. */
  readOnly = $state(false);
  storedBytes = $state(0);
  projects = $state.raw<ProjectSummary[]>([]);
  project = $state.raw<ProjectSummary | null>(null);
  protected engine!: Engine;
  protected manifest = $state.raw<ProjectManifest | null>(null);
  /** The files of this visit, so that one can be read again another way. */
  protected files: (File | null)[] = [];
  /** The segments before the route began again: names and colours are carried over from them. */
  protected earlier: { segmentation: Segmentation; customerIds: string[]; names: string[] } | null = null;
  protected history = new History();
  #release: () => Promise<void> = async () => {};

  /** Shows a stored project as it was left. */
  protected abstract restore(id: string): Promise<void>;

  protected async openStore(): Promise<Store> {
    const store = await openStore();
    this.engine = { store, collection, models, held: { tables: '', settings: '' } };
    this.storageMode = store.mode;
    this.storedBytes = 0;
    store.onClosed((reason) => this.notice('warning', closedSentences[reason]));
    store.onChanged(async (id) => {
      await this.listProjects();
      if (this.readOnly && this.project?.id === id) await this.restore(id);
    });
    return store;
  }

  protected async askToPersist(): Promise<void> {
    this.isPersisted = (await navigator.storage?.persist?.()) ?? null;
  }

  protected async listProjects(): Promise<void> {
    this.projects = (await this.engine.store.listProjects())
      .sort((a, b) => b.updatedAt - a.updatedAt)
      .map(summarise);
    // It was asked when the first of them was kept.
    if (this.projects.length && this.isPersisted === null)
      this.isPersisted = (await navigator.storage?.persisted?.()) ?? null;
  }

  /** Reopening the tab restores the project as it was. */
  protected async reopenLast(): Promise<void> {
    const last = recall('project');
    if (last && this.projects.some((project) => project.id === last && project.state === 'ready'))
      await this.restore(last);
  }

  /** Makes a stored project the open one and asks for the right to change it; where another tab has it, waits. */
  protected async hold(manifest: ProjectManifest): Promise<void> {
    // Between letting go and taking again a tab that waits would come in.
    const isSame = this.project?.id === manifest.id;
    const isHeld = isSame && !this.readOnly;
    const isTold = isSame && this.readOnly;
    const release = this.#release;
    if (isHeld) this.#release = async () => {};
    await this.close();
    this.manifest = manifest;
    this.project = summarise(manifest);
    const hold = isHeld
      ? { isWriter: true, release }
      : await this.engine.store.holdProject(manifest.id, () => this.#promote(manifest.id));
    this.readOnly = !hold.isWriter;
    this.#release = hold.release;
    if (this.readOnly && !isTold) this.notice('warning', onlyToLook(manifest.name));
    remember('project', manifest.id);
    this.storedBytes = (await this.engine.store.usage()).bytes;
  }

  /** The tab that held the project has closed: from now on changes are made here. */
  #promote(id: string): void {
    if (this.project?.id !== id) return;
    this.readOnly = false;
    const outdated = onlyToLook(this.project.name);
    for (const { id, sentence } of this.notices) if (sentence === outdated) this.dismissNotice(id);
    this.notice('info', `${this.project.name} is no longer open elsewhere: changes can be made here now.`);
  }

  protected async close(): Promise<void> {
    await this.#release();
    this.#release = async () => {};
    this.manifest = null;
    this.files = [];
    this.history.clear();
    this.readOnly = false;
    this.project = null;
    this.earlier = null;
    this.clearAnswers();
    this.collect = defaultCollect;
    this.analysis = defaultAnalysis;
    this.segmentNames = [];
    this.ownRules = [];
    this.sources = [];
    this.plannedReviews = [];
    this.purpose = null;
    this.reasons = [];
    this.notes = [];
    this.tries = [];
  }

  /** The segments that were found last, with what the numbers of their customers stand for. */
  protected get shownSegments() {
    const { customerIds, found } = this;
    const segmentation = found ?? this.segmentation;
    return segmentation && { segmentation, customerIds, names: found ? [] : this.segmentNames };
  }

  protected get settings(): StoredSettings {
    return {
      collect: this.collect,
      analysis: this.analysis,
      segmentNames: this.segmentNames,
      ownRules: this.ownRules,
      sources: this.sources,
      plannedReviews: this.plannedReviews,
      purpose: this.purpose,
      tries: this.tries,
      reasons: this.reasons,
      notes: this.notes,
    };
  }

  protected async save(): Promise<void> {
    const id = this.manifest?.id;
    if (!id || this.readOnly) return;
    const { store } = this.engine;
    const { check, rfm, segmentation, noSegments, found, outcome, prediction, value } = this;
    const { customerIds, consents, codings, evidence, surveys, stages, details } = this;
    try {
      await store.putRecord(id, 'settings', this.settings);
      if (check) {
        const results: StoredResults = {
          check,
          rfm,
          segmentation,
          noSegments,
          found,
          outcome,
          details: { ...details },
          prediction,
          value,
          customerIds,
          consents,
          codings,
          evidence,
          surveys,
          stages,
        };
        await store.putRecord(id, 'results', results);
      }
      this.storedBytes = (await store.usage()).bytes;
    } catch (error) {
      this.notice('error', sentenceOf(error));
    }
  }

  /** Whether no other tab holds this project. */
  protected async isFree(id: string): Promise<boolean> {
    const { isWriter, release } = await this.engine.store.holdProject(id);
    await release();
    return isWriter;
  }

  protected mayChange(): boolean {
    if (this.readOnly) this.notice('warning', 'This project is open in another tab: make the change there.');
    return !this.readOnly;
  }
}
