import type { Evidence } from './canonical';
import type { Collected } from './collected';
import { refusedModels } from './consents';
import { headerWords } from './role-words';

/** The same for one claim of one segment, however both are capitalised. */
export const claimKey = ({ segment, claim }: Pick<Evidence, 'segment' | 'claim'>): string =>
  `${headerWords(segment)}|${headerWords(claim)}`;

export type EvidenceCount = { for: number; against: number; words: string };

/** How many notes speak for and against; "untested" with none. */
export function countEvidence(notes: readonly Evidence[]): EvidenceCount {
  const nFor = notes.filter(({ supports }) => supports).length;
  const nAgainst = notes.length - nFor;
  const words = notes.length === 0 ? 'untested' : `${nFor} for, ${nAgainst} against`;
  return { for: nFor, against: nAgainst, words };
}

/** The notes that may be shown: none of who refused to be profiled. */
export function shownEvidence({
  evidence = [],
  customerIds,
  consents,
}: Pick<Collected, 'evidence' | 'customerIds' | 'consents'>): Evidence[] {
  const refused = refusedModels(consents);
  const ids = new Set(refused ? customerIds.filter((_, customer) => refused[customer]) : []);
  return evidence.filter(({ customer }) => customer === undefined || !ids.has(customer));
}
