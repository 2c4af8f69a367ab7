/** The name that takes the fewest changed letters to reach, if these are fewer than half of them; else null. */
export function nearestName(wanted: string, names: string[]): string | null {
  let nearest: string | null = null;
  let fewest = Math.max(wanted.length / 2, 2);
  for (const name of names) {
    const changes = countChanges(wanted.toLowerCase(), name.toLowerCase(), fewest);
    if (changes < fewest) {
      fewest = changes;
      nearest = name;
    }
  }
  return nearest;
}

/** Letters to add, drop or change (Levenshtein), or `limit` when there are at least so many. */
function countChanges(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, above[j]! + 1, row[j - 1]! + 1));
    }
  }
  return row[b.length]!;
}
