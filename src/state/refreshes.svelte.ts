import type { DataCheck } from '../core/1-collect/collected';
import type { RowDiff } from '../core/1-collect/refresh';
import { refreshSentence } from '../core/5-dashboards/refresh-words';
import { compareWithKept, surveyFiles, type Privacy, type Surveyed } from '../pipeline-files';
import type { ProjectManifest } from '../storage/manifest';
import { FileWatch, type Watched } from './file-watch.svelte';
import { Imports, type Incoming } from './imports.svelte';
import { matchFiles, moveDecisions, renameSources } from './newer-files';

const refreshName = 'load a newer file';

/** What the last refresh brought, file by file; `since` is when the rows before it were read. */
export type Refreshed = { at: number; since: number; files: RowDiff[] };

/** Newer files into the same project: told apart from the older, and to be taken back. */
export abstract class Refreshes extends Imports {
  refreshed = $state.raw<Refreshed | null>(null);
  /** The rows from before the last refresh (or, taken back, from after it), where they are still kept. */
  kept = $state.raw<{ isNewer: boolean; readAt: number; nRows: number } | null>(null);
  watching = new FileWatch(
    (file, watched) => this.#onFileChanged(file, watched),
    (sentence) => this.notice('warning', sentence),
  );

  #isRenewing = false;

  /** Files with the columns of a stored one take its place; others are added. One step to undo. */
  async loadNewer(chosen: File[]): Promise<void> {
    const { manifest } = this;
    if (!manifest || !this.mayChange()) return;
    const files = await this.unpacked(chosen);
    if (files.length === 0) return;
    let found: Surveyed[] = [];
    const isSurveyed = await this.work('Looking at the newer files', 1, async (step) => {
      found = await surveyFiles(this.engine, files, step);
    });
    if (!isSurveyed) return;
    const privacy = await this.engine.store.getRecord<Privacy>(manifest.id, 'privacy');
    const places = matchFiles(manifest, found, privacy?.choices ?? []);
    const incoming: Incoming[] = manifest.files.map((_, at) => ({ carriedFrom: at }));
    const order: number[] = [];
    files.forEach((file, i) => {
      const at = places[i] ?? incoming.length;
      incoming[at] = { file };
      order[at] = i;
    });
    const surveyed = order.filter((i) => i !== undefined).map((i) => found[i]!);
    const { collect, sources, check } = this;
    await this.import(manifest, incoming, 'data', {
      keepsPrevious: true,
      surveyed,
      onStored: (next) => {
        this.collect = moveDecisions(collect, manifest, next);
        this.sources = renameSources(sources, manifest, next);
        const replaced = places.filter((at) => at !== null);
        return this.#compare(manifest, next, check, replaced);
      },
    });
  }

  /** The rows from before the refresh take the place of the newer ones, or the other way round. */
  async swapRefresh(): Promise<void> {
    const { history, kept } = this;
    if (!kept || !this.mayChange()) return;
    if (!kept.isNewer && history.undoName === refreshName) return history.undo();
    if (kept.isNewer && history.redoName === refreshName) return history.redo();
    // What was edited since speaks of the rows that go.
    history.clear();
    await this.#swap();
  }

  async #swap(): Promise<void> {
    const { manifest } = this;
    if (!manifest || !this.mayChange()) return;
    this.stopJobs();
    const { store } = this.engine;
    const watched = await store.getRecord<Watched>(manifest.id, 'watch');
    const swapped = await store.swapGenerations(manifest.id);
    // What was seen of a watched file stays seen, or it would be read again at once.
    if (watched) await store.putRecord(manifest.id, 'watch', watched);
    this.engine.held = { tables: '', settings: '' };
    this.clearAnswers();
    this.manifest = swapped;
    this.files = [];
    await this.takeUp(swapped);
    await this.listProjects();
  }

  /** Deletes the rows that a refresh replaced; from then on it cannot be taken back. */
  async forgetKept(): Promise<void> {
    const { manifest } = this;
    if (!manifest || !this.mayChange()) return;
    await this.engine.store.forgetKept(manifest.id);
    this.history.clear();
    this.kept = null;
    this.storedBytes = (await this.engine.store.usage()).bytes;
  }

  /** Re-reads a file the person chooses whenever it changes, for as long as this tab is open. */
  async watchFile(): Promise<void> {
    const { manifest } = this;
    if (!manifest || !this.mayChange()) return;
    const watched = await this.watching.choose();
    if (!watched) return;
    await this.engine.store.putRecord(manifest.id, 'watch', watched);
    await this.watching.begin(watched);
  }

  async stopWatching(): Promise<void> {
    this.watching.end();
    if (this.manifest) await this.engine.store.deleteRecord(this.manifest.id, 'watch');
  }

  protected override async takeUp(manifest: ProjectManifest): Promise<void> {
    await super.takeUp(manifest);
    const { store } = this.engine;
    this.refreshed = (await store.getRecord<Refreshed>(manifest.id, 'refresh')) ?? null;
    await this.#seeKept(manifest);
    const watched = await store.getRecord<Watched>(manifest.id, 'watch');
    if (watched && !this.readOnly && this.watching.state === 'off') await this.watching.begin(watched);
  }

  protected override async hold(manifest: ProjectManifest): Promise<void> {
    this.#isRenewing = this.project?.id === manifest.id;
    await super.hold(manifest);
    this.#isRenewing = false;
  }

  protected override async close(): Promise<void> {
    if (!this.#isRenewing) this.watching.end();
    this.refreshed = null;
    this.kept = null;
    await super.close();
  }

  async #compare(
    before: ProjectManifest,
    after: ProjectManifest,
    check: DataCheck | null,
    replaced: number[],
  ): Promise<void> {
    let files: RowDiff[] = [];
    const isDone = await this.work('Comparing with the rows before', 1, async (step) => {
      files = await compareWithKept(this.workOn(after, step), check, replaced);
    });
    await this.#seeKept(after);
    const swap = () => this.#swap();
    this.history.record({ name: refreshName, undo: swap, redo: swap });
    if (!isDone) return;
    this.refreshed = { at: after.updatedAt, since: before.updatedAt, files };
    await this.engine.store.putRecord(after.id, 'refresh', this.refreshed);
    this.notice('info', refreshSentence(files, before.updatedAt));
  }

  async #seeKept(manifest: ProjectManifest): Promise<void> {
    const kept = await this.engine.store.keptManifest(manifest.id);
    this.kept = kept && {
      isNewer: kept.generation > manifest.generation,
      readAt: kept.updatedAt,
      nRows: kept.files.reduce((sum, file) => sum + file.nRows, 0),
    };
  }

  /** The file as it is when the watch begins may be the very one that is stored. */
  async #onFileChanged(file: File, watched: Watched): Promise<void> {
    const { manifest } = this;
    if (!manifest) return;
    await this.engine.store.putRecord(manifest.id, 'watch', watched);
    const isStored = manifest.files.some(
      (stored) => stored.bytes === file.size && stored.lastModified === file.lastModified,
    );
    if (!isStored) await this.loadNewer([file]);
  }
}
