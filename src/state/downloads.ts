const types = new Map([
  ['json', 'application/json'],
  ['ics', 'text/calendar'],
]);

/** Saves a text as a file on the person's device; only ever called from something they did. */
export function saveFile(name: string, text: string): void {
  const type = types.get(name.split('.').at(-1)!) ?? 'text/csv';
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
