import { listMetrics } from '../1-collect/metrics';

/** What each figure on the screens counts, in the words in which it is worked out. */
export const listFigures = (): { name: string; means: string }[] =>
  listMetrics().map(({ label, definition }) => ({ name: label, means: definition }));
