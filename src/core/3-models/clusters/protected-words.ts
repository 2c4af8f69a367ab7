import type { FeatureDefinition } from '../../2-features/feature-table';
import { isAboutPeople } from '../../kit/about-people';

/** Whether a feature is about a protected attribute, by its name, label, source and words. */
export const isProtected = ({ name, label, source, high, low }: FeatureDefinition): boolean =>
  isAboutPeople([name, label, source, high, low].join(' ; '));
