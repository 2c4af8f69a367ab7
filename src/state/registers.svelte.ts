import {
  freshness,
  newSource,
  overdueSources,
  retentionLimit,
  type Source,
} from '../core/governance/sources';
import type { ExportPart } from '../core/4-decisions/exports';
import { countOlderRows, removeOlderRows } from '../pipeline-files';
import type { ProjectManifest } from '../storage/manifest';
import { Refreshes } from './refreshes.svelte';

/** Rows of a file that are older than its source allows. */
export type Expired = { index: number; file: string; rows: number; before: number };

/** The register of sources: who answers for each file, when a newer one is due, how long its rows may stay. */
export abstract class Registers extends Refreshes {
  expired = $state.raw<Expired[]>([]);
  /** The clock that due dates are told by; moved on whenever the register is looked at. */
  protected now = $state(Date.now());

  /** One entry for each file of the project, in their order; empty where nothing was said yet. */
  get register(): Source[] {
    const files = this.manifest?.files ?? [];
    return files.map(
      ({ fileName }) => this.sources.find(({ file }) => file === fileName) ?? newSource(fileName),
    );
  }

  get overdue(): { file: string; sentence: string }[] {
    return overdueSources(this.sources, this.loadedFiles, this.now);
  }

  get freshness(): 'fresh' | 'overdue' | null {
    return freshness(this.sources, this.loadedFiles, this.now);
  }

  /** The day it is where the person is, ISO. */
  get today(): string {
    const now = new Date(this.now);
    return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  }

  /** When a file was read, ms. */
  loadedAt(file: string): number | null {
    return this.loadedFiles.find((other) => other.file === file)?.loadedAt ?? null;
  }

  async setSource(file: string, change: Partial<Source>): Promise<void> {
    if (!this.mayChange()) return;
    const before = this.sources;
    const entry = { ...(before.find((other) => other.file === file) ?? newSource(file)), ...change };
    const after = [...before.filter((other) => other.file !== file), entry];
    const set = async (sources: Source[]) => {
      this.sources = sources;
      await this.save();
      await this.#checkRetention();
    };
    const edit = { name: `change the source of ${file}`, undo: () => set(before), redo: () => set(after) };
    await this.history.apply(edit);
  }

  /** Deletes rows that may not be kept any longer, for good: also those from before a refresh. */
  async removeExpired({ index, before }: Expired): Promise<void> {
    const { manifest, check } = this;
    if (!manifest || !check || !this.mayChange()) return;
    let stored: ProjectManifest | null = null;
    const isDone = await this.work('Deleting old rows', 1, async (step) => {
      stored = await removeOlderRows(this.workOn(manifest, step), check, index, before);
    });
    if (!isDone || !stored) return;
    this.history.clear();
    this.files = this.files.map((file, at) => (at === index ? null : file));
    this.manifest = stored;
    this.kept = null;
    this.refreshed = null;
    await this.route();
    await this.listProjects();
  }

  protected override async takeUp(manifest: ProjectManifest): Promise<void> {
    await super.takeUp(manifest);
    await this.#checkRetention();
  }

  protected override async route(parts?: readonly ExportPart[]): Promise<void> {
    await super.route(parts);
    await this.#checkRetention();
  }

  protected override async close(): Promise<void> {
    this.expired = [];
    await super.close();
  }

  protected get loadedFiles() {
    const { manifest } = this;
    return (manifest?.files ?? []).map(({ fileName, loadedAt }) => ({
      file: fileName,
      loadedAt: loadedAt ?? manifest!.updatedAt,
    }));
  }

  async #checkRetention(): Promise<void> {
    this.now = Date.now();
    const { manifest, check, register } = this;
    const limits = register.map((source) => retentionLimit(source, this.now));
    this.expired = [];
    const isBusy = this.jobs.some(({ state }) => state === 'running');
    if (!manifest || !check || isBusy || limits.every((limit) => limit === null)) return;
    await this.work('Checking how old the rows are', 1, async (step) => {
      const counts = await countOlderRows(this.workOn(manifest, step), check, limits);
      this.expired = counts.flatMap((rows, index) =>
        rows ? [{ index, file: register[index]!.file, rows, before: limits[index]! }] : [],
      );
    });
  }
}
