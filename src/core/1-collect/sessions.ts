/** A visit ends after so much silence. */
export const SILENCE_MS = 30 * 60_000;

/**
 * Visits of people: `rows` go person by person and in order of time within each. A row with a session id of its own
 * (`given` >= 0) belongs to that session of the person; the others are cut where nothing happened for 30 minutes.
 * Returns by row the session, numbered in the order of `rows`.
 */
export function cutSessions(
  rows: Uint32Array,
  person: Int32Array,
  time: Float64Array,
  given: Int32Array | null,
): { session: Int32Array; nSessions: number } {
  const session = new Int32Array(person.length).fill(-1);
  const known = new Map<number, number>();
  let nSessions = 0;
  let last = NaN;
  let current = -1;
  let who = -1;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (person[row] !== who) {
      who = person[row]!;
      last = NaN;
      if (known.size > 0) known.clear();
    }
    const id = given ? given[row]! : -1;
    if (id >= 0) {
      const own = known.get(id) ?? nSessions++;
      known.set(id, own);
      session[row] = own;
      continue;
    }
    if (!(time[row]! - last <= SILENCE_MS)) current = nSessions++;
    last = time[row]!;
    session[row] = current;
  }
  return { session, nSessions };
}

/** Numbers sessions by their first row instead, so that they run with the table. */
export function renumberSessions(session: Int32Array, nSessions: number): Int32Array {
  const numbers = new Int32Array(nSessions).fill(-1);
  let n = 0;
  const renumbered = new Int32Array(session.length);
  for (let i = 0; i < session.length; i++) {
    const own = session[i]!;
    if (numbers[own] === -1) numbers[own] = n++;
    renumbered[i] = numbers[own]!;
  }
  return renumbered;
}
