import type { CollectSettings, RefundPolicy, Role } from '../core/1-collect/collected';
import type { FeatureSet, Target } from '../core/2-features/feature-table';
import type { ChosenTransforms, Purpose } from '../core/2-features/transforms/registry';
import type { ClusterAlgorithm } from '../core/3-models/estimator';
import type { ExportedFile, ExportPart } from '../core/4-decisions/exports';
import type { SampleKind } from '../core/samples/registry';
import { isAboutNobody } from '../pipeline';
import { defaultAnalysis, type Analysis } from '../pipeline-analysis';
import type { PersonalDefaults } from './privacy';
import type { WantedReading } from './trait-readings.svelte';
import type { Workspace } from './workspace.svelte';

/** What a terminal run may choose; the same choices a person has on the screens. */
export type RunOptions = {
  sample?: SampleKind;
  asOf?: string;
  refunds?: RefundPolicy;
  features?: FeatureSet;
  nClusters?: 'auto' | number;
  algorithm?: ClusterAlgorithm;
  seed?: number;
  /** churn, repurchase, cancel, upgrade, event:NAME or column:NAME[=VALUE] */
  target?: string;
  horizonDays?: number;
  nOrigins?: number;
  splitRule?: string;
  /** Columns to learn from although they give the answer away. */
  knownBefore?: string[];
  /** How far ahead customers are valued, share of an order kept as profit, a year's loss of worth of money to come. */
  valueHorizonDays?: number;
  margin?: number;
  discountRate?: number;
  answers?: { role: Role; column: string }[];
  only?: ExportPart[];
  /** What money is told in, and the worth of one unit of every other currency in it. */
  currency?: string;
  rates?: { code: string; rate: number }[];
  tax?: CollectSettings['tax'];
  shipping?: CollectSettings['shipping'];
  /** IANA name. */
  timeZone?: string;
  /** How single traits are read, by their names. */
  transforms?: WantedReading[];
  /** What becomes of kinds of personal columns before anything is stored. */
  personal?: PersonalDefaults;
};

/** Lets a program do what a person does: it sets options, waits, and takes what the app exports. No logic of its own. */
export function offerAutomation(workspace: Workspace, ready: Promise<void>) {
  return {
    ready,
    /** What the app can save of the open project, as it stands. */
    exports: () => workspace.exports(),
    /** Takes the files that come in through the page's own file field after this call (or a sample company's). */
    async run(options: RunOptions): Promise<{ exports: ExportedFile[]; summary: string }> {
      await ready;
      workspace.prepare(collectOf(options), analysisOf(options), options.only, options.personal);
      if (options.sample) await workspace.openSample(options.sample);
      await workspace.finished();
      const { obstacle } = workspace;
      if (obstacle) throw new Error(obstacle);
      if (options.transforms) await workspace.checkReadings(options.transforms);
      const { check } = workspace;
      const isOnlyCheck = options.only?.every((part) => part === 'check') ?? false;
      if (check && isAboutNobody(check) && !isOnlyCheck) throw new Error(check.verdict);
      return { exports: await workspace.exports(options.only), summary: workspace.summary };
    },
  };
}

const collectOf = ({ refunds = 'net', answers = [], ...options }: RunOptions): CollectSettings => ({
  refunds,
  answers,
  decisions: [],
  ...(options.currency && { currency: { report: options.currency, rates: options.rates ?? [] } }),
  ...(options.tax && { tax: options.tax }),
  ...(options.shipping && { shipping: options.shipping }),
  ...(options.timeZone && { timeZone: options.timeZone }),
});

function analysisOf(options: RunOptions): Analysis {
  const { asOf = null, target, splitRule = null, knownBefore = [] } = options;
  return {
    asOf,
    splitRule,
    knownBefore,
    value: {
      horizonDays: options.valueHorizonDays ?? defaultAnalysis.value.horizonDays,
      margin: options.margin ?? defaultAnalysis.value.margin,
      discountRate: options.discountRate ?? defaultAnalysis.value.discountRate,
    },
    formulas: [],
    transforms: readingsOf(options),
    rfm: defaultAnalysis.rfm,
    features: options.features ?? defaultAnalysis.features,
    algorithm: options.algorithm ?? defaultAnalysis.algorithm,
    nClusters: options.nClusters ?? defaultAnalysis.nClusters,
    seed: options.seed ?? defaultAnalysis.seed,
    horizonDays: options.horizonDays ?? defaultAnalysis.horizonDays,
    nOrigins: options.nOrigins ?? defaultAnalysis.nOrigins,
    target: target ? readTarget(target) : defaultAnalysis.target,
  };
}

function readTarget(text: string): Target {
  if (text === 'churn' || text === 'repurchase' || text === 'cancel' || text === 'upgrade')
    return { kind: text };
  if (text.startsWith('event:')) return { kind: 'event', name: text.slice('event:'.length) };
  const [column = '', value = ''] = text.replace(/^column:/, '').split('=');
  return { kind: 'column', column, value };
}

function readingsOf({ transforms = [] }: RunOptions): Analysis['transforms'] {
  const of = (wanted: Purpose) =>
    transforms
      .filter(({ purpose }) => purpose === wanted)
      .map(({ trait, transform }): ChosenTransforms[number] => [trait, transform]);
  return { grouping: of('grouping'), predicting: of('predicting') };
}
