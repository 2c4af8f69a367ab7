import type { Consent } from '../1-collect/canonical';
import type { Prediction } from '../3-models/results/prediction';
import type { Segmentation } from '../3-models/results/segmentation';
import type { SegmentsPredict } from '../3-models/results/segments-predict';
import type { ValueResult } from '../3-models/results/value-result';
import type { Reviewable } from '../governance/reviews';
import type { Source } from '../governance/sources';
import { isByRule } from '../4-decisions/wording';
import { tellBadge } from './how-good';
import { nameSegments } from './segment-charts';
import {
  closed,
  eventWords,
  formatCount,
  formatPoints,
  formatTimes,
  listOf,
  plural,
  sayStability,
  stabilityWord,
} from './words';

const seasonDays = 90;
const halfYearDays = 182;
const monthDays = 30;

/** What was computed and noted of a project, whatever there is of it. */
export type Tested = {
  segmentation: Segmentation | null;
  segmentNames: string[];
  foretold: SegmentsPredict | null;
  prediction: Prediction | null;
  value: ValueResult | null;
  consents: readonly Consent[];
  sources: readonly Source[];
};

/** What should be looked at again, each with a checklist made from its own tests. */
export function reviewables(tested: Tested): Reviewable[] {
  const found = [
    ofSegments(tested),
    ofPrediction(tested.prediction),
    ofValue(tested.value),
    ofConsent(tested.consents),
    ofRetention(tested.sources),
  ];
  return found.filter((one) => one !== null);
}

function ofSegments({ segmentation, segmentNames, foretold }: Tested): Reviewable | null {
  if (!segmentation?.segments.length) return null;
  const isFound = !isByRule(segmentation);
  const shakiest = nameSegments(segmentation, segmentNames).sort((a, b) => a.stability - b.stability);
  const told = shakiest.map(({ name, size, stability }) =>
    isFound
      ? `${name}, ${plural(size, 'customer')}: ${stabilityWord(stability)}, ${sayStability(stability)}.`
      : `${name}, ${plural(size, 'customer')} by its rule: does the rule still say whom you mean?`,
  );
  const outcome =
    foretold && !foretold.blocked
      ? [
          foretold.predictsReturn || foretold.predictsSpend
            ? `They foretold what came in ${plural(foretold.horizonDays, 'day')}: see whether they still do.`
            : 'They foretold nothing beyond chance: see whether that has changed.',
        ]
      : [];
  const dissolved = isFound ? ['Fewer than 60 of 100 come back? Stop using that list.'] : [];
  const again = isFound ? 'Load the newest files, group again and see who moved.' : 'Load the newest files and see who moved.'; // prettier-ignore
  return {
    subject: 'segments',
    title: 'are the segments still true?',
    usualDays: seasonDays,
    checklist: [again, ...told, ...dissolved, ...outcome],
  };
}

function ofPrediction(prediction: Prediction | null): Reviewable | null {
  if (!prediction || prediction.blocked !== null || prediction.chosen === 'none') return null;
  const { target, horizonDays, origins, ladder, chosen, ece, suspects } = prediction;
  const isDated = target.kind !== 'column';
  const words = eventWords(target, horizonDays);
  const step = ladder.find(({ model }) => model === chosen);
  const badge = tellBadge(prediction);
  const tests = isDated ? `${plural(origins.length, 'later date')}` : 'customers held back';
  const lift = step
    ? [
        `Tested on ${tests}: the likeliest tenth held ${formatTimes(step.liftTop10)} as many ${words.people} as chance. Below 1.5×, learn anew.`,
      ]
    : [];
  const telling = suspects?.filter(({ isDated }) => !isDated).map(({ label }) => label) ?? [];
  const leaks = telling.length
    ? [`${listOf(telling.slice(0, 3))} may give the answer away: known beforehand?`]
    : [];
  return {
    subject: 'predictions',
    title: `is it still right? ${words.question}`,
    usualDays: isDated ? horizonDays : seasonDays,
    checklist: [
      isDated
        ? `Load newer files: what was foretold for ${plural(horizonDays, 'day')} has come by then, or not. Predict again.`
        : 'Load newer files and predict again.',
      closed(`${badge.mark.word}: ${badge.sentence}`),
      ...lift,
      `Likelihoods were ${formatPoints(ece)} off what came true, on average. Above 5, do not read them as percentages.`,
      ...leaks,
    ],
  };
}

function ofValue(value: ValueResult | null): Reviewable | null {
  if (!value?.holdOut || value.blocked) return null;
  const { predicted, actual, days } = value.holdOut;
  return {
    subject: 'value',
    title: 'are customers worth what was said?',
    usualDays: halfYearDays,
    checklist: [
      'Load newer files and value customers again.',
      `Tested on the last ${plural(days, 'day')}: ${formatCount(Math.round(predicted))} orders were expected, ${formatCount(actual)} came. Further apart now? Do not plan with the sums.`,
    ],
  };
}

function ofConsent(consents: readonly Consent[]): Reviewable | null {
  const purposes = [...new Set(consents.map(({ purpose }) => purpose))];
  if (purposes.length === 0) return null;
  return {
    subject: 'consent',
    title: 'who has agreed to be contacted?',
    usualDays: monthDays,
    checklist: [
      `Lists go by what your files say of consent (${listOf(purposes)}): load the newest before the next list.`,
      'Delete lists that were downloaded before.',
    ],
  };
}

function ofRetention(sources: readonly Source[]): Reviewable | null {
  const kept = sources.filter(({ retentionDays }) => retentionDays !== null);
  if (kept.length === 0) return null;
  return {
    subject: 'retention',
    title: 'is anything kept too long?',
    usualDays: monthDays,
    checklist: kept.map(
      ({ file, retentionDays }) =>
        `${file}: rows older than ${plural(retentionDays!, 'day')} must go; the Data screen says how many there are.`,
    ),
  };
}
