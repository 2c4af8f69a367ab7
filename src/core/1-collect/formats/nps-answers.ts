import type { KnownExport } from './known-export';

/** Services that ask one question: respondent_… columns, a score and a comment. */
export const npsAnswers: KnownExport = {
  id: 'nps-answers',
  label: 'NPS answers',
  kind: 'surveys',
  signatures: [
    ['respondent email', 'respondent firstname|respondent lastname|respondent phonenumber|score|rating|nps'],
    ['nps score|nps', 'nps comment|nps feedback|nps category|nps group'],
  ],
  roles: {
    customer: 'customer id|respondent id|respondent email|email',
    email: 'respondent email|email',
    phone: 'respondent phonenumber|respondent phone',
    name: 'respondent firstname|respondent lastname|respondent name',
    account: 'respondent company|respondent company name|company|company name',
    score: 'nps score|nps|score|rating',
    comment: 'nps comment|nps feedback|comment|feedback',
    time: 'answered at|responded at|response date|answer date|date|created at|surveyed at',
    ignore: 'nps category|nps group',
  },
  patterns: [[/\bresponsible\b/, 'ignore']],
  others: 'guess',
  personal: { name: 'responsible name|company responsible name|responsible person' },
};
