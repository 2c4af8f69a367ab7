import type { ClusterAlgorithm } from '../3-models/estimator';

/** A way of grouping in a marketer's words; `picksNumber`: it finds by itself how many there are. */
export type WayToGroup = { id: ClusterAlgorithm; name: string; help: string; picksNumber: boolean };

export const waysToGroup: WayToGroup[] = [
  {
    id: 'kmeans',
    name: 'Round groups',
    help: 'Each customer goes to the nearest middle. Fast, and right most of the time.',
    picksNumber: false,
  },
  {
    id: 'miniBatchKmeans',
    name: 'Round groups, for very many customers',
    help: 'The same from small handfuls of customers at a time: quicker, a little less exact.',
    picksNumber: false,
  },
  {
    id: 'kPrototypes',
    name: 'Numbers and categories together',
    help: 'For data with many categories, such as plan, country or channel.',
    picksNumber: false,
  },
  {
    id: 'gaussianMixture',
    name: 'Overlapping groups',
    help: 'Groups may be long or wide and run into each other; everybody belongs a little to each.',
    picksNumber: false,
  },
  {
    id: 'ward',
    name: 'Nested groups',
    help: 'Joins the most alike step by step, so that a few large groups hold smaller ones.',
    picksNumber: false,
  },
  {
    id: 'density',
    name: 'Dense groups, others left out',
    help: 'Finds crowds of any shape by itself; whoever stands alone is in no segment.',
    picksNumber: true,
  },
];

/** "Round groups"; also for segments that were not found but made. */
export function wayName(algorithm: string): string {
  if (algorithm === 'rules') return 'Your own rules';
  if (algorithm === 'outcome') return 'By outcome';
  return waysToGroup.find(({ id }) => id === algorithm)?.name ?? algorithm;
}

/** What the ways go by in the literature, for whoever looks under “How”. */
export const methodNames = new Map<string, string>([
  ['kmeans', 'k-means'],
  ['miniBatchKmeans', 'mini-batch k-means'],
  ['kPrototypes', 'k-prototypes'],
  ['gaussianMixture', 'Gaussian mixture'],
  ['ward', 'Ward’s hierarchical clustering'],
  ['density', 'HDBSCAN-style density clustering'],
]);
