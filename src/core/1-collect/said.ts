import type { Coding, Consent, Evidence } from './canonical';
import { readCodings } from './codings';
import type { Collected } from './collected';
import { refusedModels } from './consents';
import { shownEvidence } from './count-evidence';

/** One survey's answers by who is among the customers; `scores` are NaN where none was given. */
export type SurveyAnswers = {
  name: string;
  kind: 'nps' | 'rating';
  customers: Int32Array;
  scores: Float64Array;
};

/** What customers said, and what people noted of them: little enough to be kept beside the results. */
export type Said = {
  consents: Consent[];
  codings: Coding[];
  evidence: Evidence[];
  surveys: SurveyAnswers[];
};

/** None of it from who refused to be profiled, but that they did. */
export function tellSaid(collected: Collected): Said {
  const { consents = [], surveys = [] } = collected;
  const refused = refusedModels(consents);
  return {
    consents,
    codings: readCodings(collected),
    evidence: shownEvidence(collected),
    surveys: surveys.map(({ name, kind, customer, score }) => {
      const isShown = (_: number, row: number) => customer[row]! >= 0 && !refused?.[customer[row]!];
      return { name, kind, customers: customer.filter(isShown), scores: score.filter(isShown) };
    }),
  };
}
