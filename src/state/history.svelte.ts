/** One step a person can take back. Model runs are not here: they are results, not edits. */
export type Edit = { name: string; undo(): void | Promise<void>; redo(): void | Promise<void> };

/** Undo and redo. A new edit after an undo drops what was undone. */
export class History {
  #done = $state.raw<Edit[]>([]);
  #undone = $state.raw<Edit[]>([]);

  get undoName(): string | null {
    return this.#done.at(-1)?.name ?? null;
  }

  get redoName(): string | null {
    return this.#undone.at(-1)?.name ?? null;
  }

  async apply(edit: Edit): Promise<void> {
    this.record(edit);
    await edit.redo();
  }

  /** Takes down a step that has been done already. */
  record(edit: Edit): void {
    this.#done = [...this.#done, edit];
    this.#undone = [];
  }

  async undo(): Promise<void> {
    const edit = this.#done.at(-1);
    if (!edit) return;
    this.#done = this.#done.slice(0, -1);
    this.#undone = [...this.#undone, edit];
    await edit.undo();
  }

  async redo(): Promise<void> {
    const edit = this.#undone.at(-1);
    if (!edit) return;
    this.#undone = this.#undone.slice(0, -1);
    this.#done = [...this.#done, edit];
    await edit.redo();
  }

  clear(): void {
    this.#done = [];
    this.#undone = [];
  }
}
