import type { FeatureDefinition } from '../../2-features/feature-table';
import type { Rule } from '../../2-features/rule/rule';
import type { ColumnTransform } from '../../2-features/transforms/fit-column';
import type { ClusterAlgorithm } from '../estimator';

export type CandidateK = {
  nClusters: number;
  inertia: number;
  silhouette: number;
  /** Mean cluster-wise Jaccard similarity under resampling (Hennig 2007), 0..1. */
  stability: number;
  smallestShare: number;
  /** Variance between over variance within (higher is clearer), and overlap with the nearest (lower is clearer). */
  calinskiHarabasz?: number;
  daviesBouldin?: number;
  /** How much tighter than evenly spread customers, on a log scale, with its standard error. */
  gap?: number;
  gapSpread?: number;
  /** Share of pairs that one half of the customers puts together as the other half does, in the worst segment. */
  predictionStrength?: number;
};

/** A trait that segments are not made from. */
export type LeftOut = { label: string; why: string };

/** One segment's silhouettes: `closerElsewhere` is the share of members nearer to another segment; `values` rise, at most 200. */
export type SilhouetteProfile = { mean: number; closerElsewhere: number; values: number[] };

/** How well the chosen segments hold; null = cannot be told of so few customers or segments. */
export type SegmentationQuality = {
  calinskiHarabasz: number;
  daviesBouldin: number;
  gap: number | null;
  predictionStrength: number | null;
  silhouetteBySegment: SilhouetteProfile[];
  /** Mean adjusted Rand index over refits from other starts, and against other ways to cluster. */
  agreementSeeds: number | null;
  agreementMethods: { method: ClusterAlgorithm; adjustedRand: number }[];
  /** Only of k-prototypes: what one category that differs costs, in squared standard units. */
  gamma?: number;
};

/** How sure each customer's segment is: 0..1 for the own and for the second-likeliest one (-1 = there is none). */
export type Memberships = {
  probability: Float32Array;
  second: Int32Array;
  secondProbability: Float32Array;
};

export type SegmentTrait = {
  feature: string;
  label: string;
  /** Mean in standard deviations from all customers, after the transform. */
  z: number;
  mean: number;
  median: number;
};

/** `slot` 1..8 fixes colour and shape for life; 0 = other. */
export type Segment = {
  id: number;
  name: string;
  slot: number;
  size: number;
  share: number;
  /** Null when the features hold no spend. */
  revenue: number | null;
  revenueShare: number | null;
  sentence: string;
  /** What the sentence says; it reads back as this. */
  rule: Rule;
  /** Share of the segment's held-out members that the sentence's rule gets right, 0..1. */
  fidelity: number;
  /** Share of the held-out customers that the rule picks who are members, 0..1. */
  precision: number;
  /** False = not simply explainable: the sentence is only roughly true. */
  isSimple: boolean;
  stability: number;
  traits: SegmentTrait[];
  /** Index into `customers` of the member closest to the middle. */
  typical: number;
  /** Rows in `customers`, most telling first; `other` = the second-closest segment, `gap` 0 = as near to it as to its own. */
  exemplars?: { typical: number[]; border: { row: number; other: number; gap: number }[] };
  /** Against the run before: true = a segment of its own, false = goes on an old one and keeps its name and slot. */
  isNew?: boolean;
};

/** The result behind segments.json. `labels[i]` is the segment id (0-based) of `customers[i]`, -1 when in none. */
export type Segmentation = {
  asOf: number | null;
  features: FeatureDefinition[];
  transform: ColumnTransform[];
  algorithm: string;
  nClusters: number;
  seed: number;
  inertia: number;
  silhouette: number;
  /** False = "no natural groups here": the groups below are a useful slicing, not islands. */
  naturalGroups: boolean;
  /** Why this many, and why natural or not: sentences. */
  reason: string;
  candidates: CandidateK[];
  segments: Segment[];
  customers: Int32Array;
  labels: Int32Array;
  /** First two principal components of the transformed features (for a map), row-major n x 2. */
  map: Float32Array;
  explained: [number, number];
  backend: string;
  /** Of the way to cluster; absent in results made before it was told. */
  modelVersion?: number | null;
  /** Absent in results made before they were measured. */
  quality?: SegmentationQuality;
  memberships?: Memberships;
  /** Customers in no segment (label -1). */
  unassigned?: { count: number; share: number };
  /** Traits that segments are not made from, with why. */
  leftOut?: LeftOut[];
};
