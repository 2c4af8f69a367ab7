import type { Evidence } from '../1-collect/canonical';
import { claimKey, countEvidence, type EvidenceCount } from '../1-collect/count-evidence';
import type { FeatureDefinition } from '../2-features/feature-table';
import type { Segment } from '../3-models/results/segmentation';
import { segmentName } from '../4-decisions/wording';
import type { Named } from './segment-charts';
import { plural } from './words';

/** Something said of a segment, with the notes on it, those against it last. */
export type Claim = { text: string; notes: Evidence[]; count: EvidenceCount };

/** What a name claims: that it says who these people are. */
export const nameClaim = 'The name fits them';

/** Notes by segment id, and those on segments that are not here. A name on the screen goes before a suggested one. */
export function sortNotes(
  notes: readonly Evidence[],
  segments: readonly Segment[],
  names: readonly string[],
): { bySegment: Map<number, Evidence[]>; elsewhere: Evidence[] } {
  const key = (name: string) => name.trim().toLowerCase();
  const idOf = new Map([
    ...segments.map(({ id, name }): [string, number] => [key(name), id]),
    ...segments.map((segment): [string, number] => [key(segmentName(segment, names)), segment.id]),
  ]);
  const bySegment = new Map<number, Evidence[]>(segments.map(({ id }) => [id, []]));
  const elsewhere: Evidence[] = [];
  for (const note of notes) (bySegment.get(idOf.get(key(note.segment)) ?? -1) ?? elsewhere).push(note);
  return { bySegment, elsewhere };
}

const mostTraits = 3;
/** Standard deviations from all customers below which a trait marks nobody. */
const marked = 0.5;

/** Its name, its sentence and what marks it most, then whatever else notes say of it. */
export function listClaims(
  segment: Pick<Named, 'sentence' | 'traits'>,
  features: FeatureDefinition[],
  notes: readonly Evidence[],
): Claim[] {
  const wordsOf = new Map(features.map(({ name, high, low }) => [name, { high, low }]));
  const traits = [...segment.traits]
    .filter(({ z }) => Math.abs(z) >= marked)
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
    .slice(0, mostTraits)
    .flatMap(({ feature, z }) => wordsOf.get(feature)?.[z > 0 ? 'high' : 'low'] || []);
  const claims = new Map<string, Claim>();
  const claim = (text: string) => {
    const key = claimKey({ segment: '', claim: text });
    const known = claims.get(key) ?? { text, notes: [], count: countEvidence([]) };
    claims.set(key, known);
    return known;
  };
  for (const text of [nameClaim, segment.sentence, ...traits]) claim(text.replace(/^./, (letter) => letter.toUpperCase())); // prettier-ignore
  for (const note of notes) claim(note.claim).notes.push(note);
  return [...claims.values()].map(({ text, notes }) => ({
    text,
    notes: [...notes].sort((a, b) => Number(b.supports) - Number(a.supports)),
    count: countEvidence(notes),
  }));
}

/** "3 notes are about segments that are not here: Bargain hunters and Newcomers" */
export function sayNotesElsewhere(notes: readonly Evidence[]): string {
  const names = [...new Set(notes.map(({ segment }) => segment.trim()))];
  const shown = names.slice(0, 5).map((name) => `“${name}”`);
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return `${plural(notes.length, 'note')} ${notes.length === 1 ? 'is' : 'are'} about segments that are not here: ${shown.join(', ')}${more}`;
}
