import { loadWorkerSources } from '../bridge/workers';
import type { Evidence } from '../core/1-collect/canonical';
import type { Audience, CustomerRow } from '../core/4-decisions/audience';
import { isNameTaken, segmentName } from '../core/4-decisions/wording';
import { OneCustomer } from './one-customer.svelte';
import type { Job } from './jobs.svelte';
import { forgetAll } from './memory';
import type { Screen } from './page.svelte';

import { lostSentence, sentenceOf, type ProjectSummary } from './stored-project';

export type { Audience, CustomerRow, Job, ProjectSummary, Screen };

/** What is open in this tab, and the verbs that change it. Views read the fields and call the verbs; nothing else. */
export class Workspace extends OneCustomer {
  get undoName(): string | null {
    return this.history.undoName;
  }

  get redoName(): string | null {
    return this.history.redoName;
  }

  undo = () => this.history.undo();
  redo = () => this.history.redo();

  async start(): Promise<void> {
    this.watch();
    try {
      const store = await this.openStore();
      if (store.lostData) this.notice('warning', lostSentence);
      await loadWorkerSources();
      await this.listProjects();
      await this.reopenLast();
    } catch (error) {
      this.notice('error', sentenceOf(error));
      throw error;
    }
    this.countRequests();
    this.ready = true;
  }

  /** Opens a stored project where its answer is: the segments, or the data check while something must be settled. */
  async openProject(id: string): Promise<void> {
    await this.restore(id);
    this.goTo(this.segmentation ? 'segments' : 'data');
  }

  async removeProject(id: string): Promise<void> {
    if (this.project?.id === id) await this.close();
    await this.engine.store.removeProject(id);
    await this.listProjects();
  }

  /** Ends all work and empties everything this page has stored in the browser. */
  async deleteEverything(): Promise<void> {
    await this.endWork();
    await this.close();
    await this.engine.store.wipe();
    await this.openStore();
    forgetAll();
    await this.listProjects();
    this.goTo('start');
    this.notice('info', 'Everything this page had stored in the browser is deleted.');
  }

  /** What lists are for; '' = nobody will be contacted. */
  async setPurpose(purpose: string): Promise<void> {
    if (!this.mayChange()) return;
    this.purpose = purpose;
    await this.save();
  }

  /** Why a segment that dissolves is used all the same; an empty reason takes it back. */
  async giveReason(sentence: string, reason: string): Promise<void> {
    if (!this.mayChange()) return;
    const others = this.reasons.filter((other) => other.sentence !== sentence);
    this.reasons = reason.trim() ? [...others, { sentence, reason: reason.trim() }] : others;
    await this.save();
  }

  /** Keeps a note or quote for or against what is claimed of a segment. */
  addNote(note: Omit<Evidence, 'at'>): void {
    this.#setNotes('add a note', [...this.notes, { ...note, at: Date.now() }]);
  }

  removeNote(note: Evidence): void {
    const left = this.notes.filter((other) => other !== note);
    this.#setNotes('delete a note', left);
  }

  #setNotes(name: string, after: Evidence[]): void {
    if (!this.mayChange()) return;
    const before = this.notes;
    const set = async (notes: Evidence[]) => {
      this.notes = notes;
      await this.save();
    };
    void this.history.apply({ name, undo: () => set(before), redo: () => set(after) });
  }

  /** False = another segment goes by that name. */
  renameSegment(id: number, name: string): boolean {
    const before = this.segmentNames;
    if (isNameTaken(this.segmentation?.segments ?? [], before, id, name)) return false;
    if (!this.mayChange()) return true;
    const after = [...before];
    for (let at = after.length; at < id; at++) after[at] = '';
    after[id] = name.trim();
    const { segmentation } = this;
    const notes = { before: this.notes, after: this.#notesRenamed(id, after) };
    const set = async (names: string[], own: Evidence[]) => {
      if (this.segmentation !== segmentation)
        return this.notice(
          'info',
          'The segments were found anew since that name was given: name them as they are now.',
        );
      this.segmentNames = names;
      this.notes = own;
      this.retellRules();
      await this.save();
    };
    void this.history.apply({
      name: 'rename segment',
      undo: () => set(before, notes.before),
      redo: () => set(after, notes.after),
    });
    return true;
  }

  /** The person's notes with a segment's new name in place of the one it goes by now. */
  #notesRenamed(id: number, names: string[]): Evidence[] {
    const segment = this.segmentation?.segments.find((one) => one.id === id);
    if (!segment) return this.notes;
    const old = segmentName(segment, this.segmentNames);
    return this.notes.map((note) =>
      note.segment === old ? { ...note, segment: segmentName(segment, names) } : note,
    );
  }
}

export const workspace = new Workspace();
