import type { Consent } from '../1-collect/canonical';

/** What people could have agreed to; e-mail first, because lists mostly become e-mails. */
export function purposesOf(consents: readonly Consent[]): string[] {
  const purposes = [...new Set(consents.map(({ purpose }) => purpose))];
  return [
    ...purposes.filter((purpose) => purpose === 'e-mail'),
    ...purposes.filter((purpose) => purpose !== 'e-mail'),
  ];
}
