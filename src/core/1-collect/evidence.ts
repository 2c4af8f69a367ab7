import type { Evidence } from './canonical';
import type { Issue } from './collected';
import { claimKey } from './count-evidence';
import { customerTexts } from './customer-ids';
import { type Column, columnOf, type ReadTable } from './read-table';
import { headerWords } from './role-words';
import { createTally, type Reading, type Reason, sayOf } from './row-tally';
import { findColumn, spreadTimes, textAt } from './spread-columns';
import { hasHave, isAre, plural } from './wording';

const noClaim: Reason = {
  kind: 'notes without a claim',
  severity: 'warning',
  role: 'claim',
  sentence: (n) => `${hasHave(n)} no segment or no claim and ${isAre(n)} not used.`,
};
const unsaid: Reason = {
  kind: 'notes for or against nothing',
  severity: 'warning',
  role: 'claim',
  sentence: (n) => `${isAre(n)} neither for nor against the claim they name and ${isAre(n)} not used.`,
};

const against =
  /^(no|n|false|f|0|against|contra|contradicts?|refutes?|disproves?|opposes?|negative|nein|falsch|dagegen|widerspricht|widerlegt|non|faux|contre|contredit|en contra|falso|contradice|nee|onwaar|tegen|weerlegt)$/;
const inFavour =
  /^(yes|y|true|t|1|for|pro|supports?|supporting|confirms?|positive|ja|wahr|dafur|stutzt|bestatigt|oui|vrai|pour|confirme|soutient|si|verdadero|a favor|apoya|confirma|waar|voor|bevestigt|ondersteunt)$/;

/** Notes and quotes tagged to what is claimed of a segment. Without a column for or against, a note supports. */
export function readEvidence(tables: ReadTable[]): Reading<Evidence[]> | null {
  if (tables.length === 0) return null;
  const used = new Map<number, number>();
  const issues: Issue[] = [];
  const found = tables.flatMap((table) => {
    const tally = createTally(table);
    const notes = readNotes(table, tally);
    const nFor = notes.filter(({ supports }) => supports).length;
    const claims = new Set(notes.map(claimKey)).size;
    const sentence = `${plural(notes.length, 'note')} on ${plural(claims, 'claim')}: ${nFor} for, ${notes.length - nFor} against.`;
    used.set(table.index, tally.used());
    issues.push(...tally.issues(), sayOf(table, 'evidence read', notes.length, sentence));
    return notes;
  });
  return { found, used, issues };
}

function readNotes(table: ReadTable, tally: ReturnType<typeof createTally>): Evidence[] {
  const segment = columnOf(table, 'segment');
  const claim = columnOf(table, 'claim');
  const customer = columnOf(table, 'customer');
  const quote = findColumn(table, 'comment', /\b(quote|note|verbatim|zitat|notiz|citation|cita|citaat)s?$/);
  const source = findColumn(table, null, /\b(source|interview|interviewee|participant|quelle|fuente|bron)$/);
  const stance = findColumn(table, null, /\b(supports?|stance|for against|polarity|direction|evidence)\b/);
  const times = spreadTimes(findColumn(table, 'time', /\b(date|time|at)$/, ({ dates }) => dates !== null));
  explainUse(source, 'says where it was heard');
  explainUse(stance, 'says whether the note is for or against the claim');
  const ids = customer && customerTexts(customer);
  const notes: Evidence[] = [];
  for (let row = 0; row < table.profile.nRows; row++) {
    const text = (column: typeof claim) => (column ? textAt(column, row) : '');
    const said = headerWords(text(stance));
    const isAgainst = against.test(said);
    if (text(segment) === '' || text(claim) === '') tally.leaveOut(noClaim, row);
    else if (stance && !isAgainst && !inFavour.test(said)) tally.leaveOut(unsaid, row);
    else
      notes.push({
        segment: text(segment),
        claim: text(claim),
        quote: text(quote),
        source: text(source),
        at: times?.[row] ?? NaN,
        supports: !isAgainst,
        ...(customer && { customer: ids![customer.profile.codes[row]!]! }),
      });
  }
  return notes;
}

/** Columns that no role stands for are used all the same. */
function explainUse(column: Column | undefined, roleWhy: string): void {
  if (column?.reading.role === 'ignore') column.reading.roleWhy = `used: it ${roleWhy}`;
}
