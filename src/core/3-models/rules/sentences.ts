export { splitFlag } from '../../2-features/rule/rule-names';

/** "A", "A and B", "A, B and C". */
export function joinWords(parts: string[], last = 'and'): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${last} ${parts[parts.length - 1]!}`;
}

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
