/** Unique names on one line, trimmed: an empty name becomes "column 3", a repeated one "amount 2". */
export function uniqueNames(written: string[]): string[] {
  const taken = new Set<string>();
  const wanted = new Set(written.map((name) => name.replace(/\s+/g, ' ').trim().toLowerCase()));
  return written.map((text, i) => {
    const base = text.replace(/\s+/g, ' ').trim().normalize('NFC') || `column ${i + 1}`;
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()) || (n > 2 && wanted.has(name.toLowerCase())); n++)
      name = `${base} ${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
