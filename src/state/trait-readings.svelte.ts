import type { TransformPreview } from '../core/2-features/transforms/preview-transforms';
import type { ChosenTransforms, Purpose, TransformName } from '../core/2-features/transforms/registry';
import { waysToRead } from '../core/5-dashboards/transform-words';
import { AppError } from '../core/kit/errors';
import type { Analysis } from '../pipeline-analysis';
import { previewTransforms } from '../pipeline-traits';
import { DataEdits } from './data-edits.svelte';

/** One trait's choice for each purpose; null = as models usually have it. */
export type Reading = Record<Purpose, TransformName | null>;

/** A choice as a terminal gives it. */
export type WantedReading = { purpose: Purpose; trait: string; transform: TransformName };

/** How traits are read when groups are made and when something is foretold, each choice an undoable step. */
export abstract class TraitReadings extends DataEdits {
  /** What every way to read a trait would make of it; null until one was asked for. */
  previews = $state.raw<{ trait: string; ways: TransformPreview[] } | null>(null);

  readingOf(trait: string): Reading {
    const { grouping, predicting } = this.analysis.transforms;
    const own = (chosen: ChosenTransforms) => chosen.find(([name]) => name === trait)?.[1] ?? null;
    return { grouping: own(grouping), predicting: own(predicting) };
  }

  /** Refuses a choice for a trait that is not here, or that cannot be read so. */
  async checkReadings(wanted: WantedReading[]): Promise<void> {
    await this.loadTraits();
    for (const { purpose, trait, transform } of wanted) {
      const isNumber = this.traits?.some(
        ({ definition, usual }) => definition.name === trait && usual !== null,
      );
      const isCategory = this.categories.some(({ name }) => name === trait);
      if (!isNumber && !isCategory) throw new AppError('NotReadable', trait);
      const ways = waysToRead(isNumber ? 'number' : 'level').filter(({ purposes }) =>
        purposes.includes(purpose),
      );
      const names = ways.map((way) => way.transform);
      if (!names.includes(transform)) throw new AppError('NoSuchReading', trait, purpose, names, transform);
    }
  }

  async previewReadings(trait: string): Promise<void> {
    const { manifest, check } = this;
    if (!manifest || !check) return;
    this.previews = null;
    await this.workBeside('Trying ways to read a trait', async (step) => {
      const ways = await previewTransforms(this.workOn(manifest, step), check, trait);
      if (manifest === this.manifest) this.previews = { trait, ways };
    });
  }

  /** Reads a trait another way; what was made from it is made again. */
  async readTrait(trait: string, label: string, reading: Reading): Promise<void> {
    if (!this.mayChange()) return;
    const before = this.analysis.transforms;
    const choose = (purpose: Purpose): ChosenTransforms => {
      const others = before[purpose].filter(([name]) => name !== trait);
      const chosen = reading[purpose];
      return chosen ? [...others, [trait, chosen]] : others;
    };
    const after = { grouping: choose('grouping'), predicting: choose('predicting') };
    await this.history.apply({
      name: `change how ${label} is read`,
      undo: () => this.#read(before),
      redo: () => this.#read(after),
    });
  }

  protected override clearAnswers(): void {
    super.clearAnswers();
    this.traits = null;
    this.categories = [];
    this.previews = null;
  }

  async #read(transforms: Analysis['transforms']): Promise<void> {
    const before = this.analysis.transforms;
    const isOther = (purpose: Purpose) =>
      JSON.stringify(before[purpose]) !== JSON.stringify(transforms[purpose]);
    const [isRegrouped, isRelearnt] = [isOther('grouping'), isOther('predicting')];
    const isForetold = this.prediction !== null;
    this.analysis = { ...this.analysis, transforms };
    if (isRegrouped) await this.runSegments();
    if (isRelearnt && isForetold) await this.runPrediction();
    await this.save();
  }
}
