import { headerWords } from './role-words';

/** How a deal stands by the words of its stage, in English, German, French, Spanish and Dutch. */
const words: [RegExp, 'won' | 'lost'][] = [
  [
    /\b(lost|closedlost|disqualified|abandoned|rejected|dead|no decision|verloren|abgelehnt|abgesagt|perdue?s?|refuse\w*|perdid[oa]s?|rechazad[oa]|afgewezen|geannuleerd|cancell?ed)\b/,
    'lost',
  ],
  [
    /\b(won|closedwon|signed|gewonnen|abgeschlossen|unterschrieben|gagnee?s?|signee?s?|conclue?|ganad[oa]s?|firmad[oa]|gewonnen|getekend|success\w*|sold)\b/,
    'won',
  ],
];

/** "closed" alone is neither; a stage that says nothing of an end is open. */
export function outcomeOf(stage: string): 'open' | 'won' | 'lost' {
  const text = headerWords(stage);
  if (/\b(not won|nicht gewonnen)\b/.test(text)) return 'open';
  return words.find(([pattern]) => pattern.test(text))?.[1] ?? 'open';
}
