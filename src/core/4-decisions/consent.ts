import type { Consent } from '../1-collect/canonical';

/** What people agree to without being written to. */
const withoutContact = new Set([
  'terms',
  'data processing',
  'cookies',
  'third parties',
  'analytics',
  'profiling',
]);

/** What a list of people to contact could be for; e-mail first, because lists mostly become e-mails. */
export function purposesOf(consents: readonly Consent[]): string[] {
  const all = new Set(consents.map(({ purpose }) => purpose));
  const purposes = [...all].filter((purpose) => !withoutContact.has(purpose));
  return [
    ...purposes.filter((purpose) => purpose === 'e-mail'),
    ...purposes.filter((purpose) => purpose !== 'e-mail'),
  ];
}
