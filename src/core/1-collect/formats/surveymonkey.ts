import type { KnownExport } from './known-export';

/** A second row under the header names the choices. */
export const surveymonkey: KnownExport = {
  id: 'surveymonkey',
  label: 'SurveyMonkey answers',
  kind: 'surveys',
  signatures: [['respondent id', 'collector id']],
  roles: {
    customer: 'email address|respondent id',
    name: 'first name|last name',
    time: 'end date|start date',
    ignore: 'respondent id|collector id|start date|ip address|custom data 1',
  },
  // The e-mail asked for in the survey itself: "Contact information: Email Address".
  patterns: [[/ e ?mail address$/, 'email']],
  others: 'guess',
  personal: { ip: 'ip address' },
};
