import type { PersonalKind } from './collected';

const hidden = '•••';

/** A value as it may stand on a screen: enough to know which column it is, too little to know the person. */
export function maskPersonal(kind: PersonalKind, text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  switch (kind) {
    case 'email':
      return trimmed.includes('@')
        ? `${trimmed[0]}${hidden}@${hidden}${/\.[^.@]+$/.exec(trimmed)?.[0] ?? ''}`
        : hidden;
    case 'card':
    case 'phone':
      return `${hidden} ${trimmed.replace(/\D/g, '').slice(-2)}`;
    case 'birthday':
      return /\b(19|20)\d\d\b/.exec(trimmed)?.[0]
        ? `${hidden} ${/\b(19|20)\d\d\b/.exec(trimmed)![0]}`
        : hidden;
    case 'ip':
      return hidden;
    default:
      return trimmed
        .split(/\s+/)
        .slice(0, 3)
        .map((word) => `${[...word][0]}${hidden}`)
        .join(' ');
  }
}
