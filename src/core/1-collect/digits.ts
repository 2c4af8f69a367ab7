/** Whether the text is digits and nothing else from `start` on; a loop, since patterns leave garbage behind every text. */
export function isDigits(text: string, start = 0): boolean {
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return text.length > start;
}
