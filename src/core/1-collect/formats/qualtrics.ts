import type { KnownExport } from './known-export';

/** Rows 2 and 3 hold the questions and their import ids. */
export const qualtrics: KnownExport = {
  id: 'qualtrics',
  label: 'Qualtrics answers',
  kind: 'surveys',
  signatures: [
    ['response id', 'recorded date'],
    ['recipient email', 'duration in seconds'],
    ['response id', 'distribution channel'],
  ],
  roles: {
    customer: 'external reference|external data reference|recipient email|response id',
    email: 'recipient email',
    name: 'recipient first name|recipient last name',
    time: 'recorded date|end date|start date',
    channel: 'distribution channel',
    status: 'finished',
    attribute: 'user language',
    ignore:
      'start date|end date|status|ip address|progress|duration in seconds|response id|location latitude|location longitude',
  },
  patterns: [[/ nps group$/, 'ignore']],
  others: 'guess',
  unmeant: [{ column: 'status', values: /preview|^1$/i }],
};
