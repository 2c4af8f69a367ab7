import type { PersonalKind } from '../core/1-collect/collected';
import type { PersonalChoice } from '../core/1-collect/minimise';
import type { Treatment } from '../core/1-collect/raw-table';
import type { Privacy, Surveyed } from '../pipeline-files';

/** A personal column as the review shows it; `isNew` = nothing was chosen for it before. */
export type ReviewColumn = { choice: PersonalChoice; fileName: string; example: string; isNew: boolean };

/** What becomes of a kind of personal data unless the person says otherwise. */
export type PersonalDefaults = { kind: PersonalKind; treatment: Treatment }[];

/** Cards are of no use to a segment; all else may be the id that joins the files. */
const usual = (kind: PersonalKind): Treatment => (kind === 'card' ? 'drop' : 'keep');

const isSameColumn = (a: PersonalChoice, b: PersonalChoice) =>
  a.kind === b.kind && a.name.toLowerCase() === b.name.toLowerCase();

/** Every personal column of the files with what is proposed for it: what was chosen before, else the default. */
export function proposeChoices(
  surveyed: readonly { fileName: string; file: number; found: Surveyed }[],
  earlier: readonly PersonalChoice[],
  defaults: PersonalDefaults,
): ReviewColumn[] {
  return surveyed.flatMap(({ fileName, file, found }) =>
    found.personal.map(({ column, kind, example }) => {
      const name = found.columnNames[column]!;
      const choice: PersonalChoice = { file, column, name, kind, treatment: usual(kind) };
      const before = earlier.find((other) => isSameColumn(other, choice));
      const asked = defaults.findLast((other) => other.kind === kind);
      choice.treatment = before?.treatment ?? asked?.treatment ?? choice.treatment;
      return { choice, fileName, example, isNew: before === undefined };
    }),
  );
}

/** A lone e-mail column is how a file says who somebody is; anything beyond is the person's to decide. */
export function mustReview(columns: readonly ReviewColumn[]): boolean {
  const unsettled = columns.filter(({ isNew }) => isNew);
  const files = new Set(unsettled.map(({ choice }) => choice.file));
  return unsettled.some(({ choice }) => choice.kind !== 'email') || unsettled.length > files.size;
}

/** A key of its own for each project, made here and never exported: hashes of two projects cannot be matched. */
export const newPrivacy = (): Privacy => ({ key: crypto.getRandomValues(new Uint8Array(32)), choices: [] });
