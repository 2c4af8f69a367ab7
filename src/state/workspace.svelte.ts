import type {
  ColumnDecision,
  CollectSettings,
  RefundPolicy,
  Role,
  RoleAnswer,
} from '../core/1-collect/collected';
import { loadWorkerSources } from '../bridge/workers';
import type { Audience, CustomerRow } from '../core/4-decisions/audience';
import type { Edit } from './history.svelte';
import type { Job } from './jobs.svelte';
import { forgetAll } from './memory';
import type { Screen } from './page.svelte';
import { Refreshes } from './refreshes.svelte';
import { lostSentence, sentenceOf, type ProjectSummary } from './stored-project';

export type { Audience, CustomerRow, Job, ProjectSummary, Screen };

/** What is open in this tab, and the verbs that change it. Views read the fields and call the verbs; nothing else. */
export class Workspace extends Refreshes {
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

  /** Settles a question, or says which column holds a role; undoable; checks again at once. */
  async answer(role: Role, column: string): Promise<void> {
    const answers = [...this.collect.answers.filter((other) => other.role !== role), { role, column }];
    await this.#editCollect(`what ${column} is`, {
      ...this.collect,
      answers,
      decisions: this.#withoutRole({ role, column }),
    });
  }

  async decide(decision: ColumnDecision): Promise<void> {
    const isSame = (other: ColumnDecision) =>
      other.file === decision.file && other.column === decision.column;
    const earlier = this.collect.decisions.find(isSame);
    const decisions = [
      ...this.collect.decisions.filter((other) => !isSame(other)),
      { ...earlier, ...decision },
    ];
    const column = this.#columnName(decision) ?? 'column';
    await this.#editCollect(`how ${column} is read`, { ...this.collect, decisions });
  }

  async setRefunds(refunds: RefundPolicy): Promise<void> {
    await this.#editCollect('what to do with refunds', { ...this.collect, refunds });
  }

  /** What lists are for; '' = nobody will be contacted. */
  async setPurpose(purpose: string): Promise<void> {
    if (!this.mayChange()) return;
    this.purpose = purpose;
    await this.save();
  }

  renameSegment(id: number, name: string): void {
    if (!this.mayChange()) return;
    const before = this.segmentNames;
    const after = [...before];
    for (let at = after.length; at < id; at++) after[at] = '';
    after[id] = name.trim();
    const { segmentation } = this;
    const set = async (names: string[]) => {
      if (this.segmentation !== segmentation)
        return this.notice(
          'info',
          'The segments were found anew since that name was given: name them as they are now.',
        );
      this.segmentNames = names;
      await this.save();
    };
    void this.history.apply({ name: 'rename segment', undo: () => set(before), redo: () => set(after) });
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

  async #editCollect(what: string, after: CollectSettings): Promise<void> {
    const before = this.collect;
    const set = async (collect: CollectSettings) => {
      this.collect = collect;
      await this.route();
    };
    if (!this.mayChange()) return;
    const edit: Edit = { name: `change ${what}`, undo: () => set(before), redo: () => set(after) };
    await this.history.apply(edit);
  }
}

export const workspace = new Workspace();
