import type { ColumnReading, DataCheck, Issue, PersonalKind } from '../1-collect/collected';
import { maskPersonal } from '../1-collect/mask-personal';

/** What a personal column holds, in the person's words. */
export const personalNames: Record<PersonalKind, string> = {
  name: 'names of people',
  email: 'e-mail addresses',
  phone: 'telephone numbers',
  card: 'cards or accounts',
  address: 'addresses',
  birthday: 'birthdays',
  ip: 'device addresses (IP)',
};

/** Example cells as they may stand on a screen: those of people masked, on both sides of the arrow. */
export function shownExamples({ personal, isHashed, examples }: ColumnReading): ColumnReading['examples'] {
  if (!personal) return examples;
  if (isHashed) return examples.slice(0, 1).map(() => ({ written: 'hashed', read: 'hashed' }));
  return examples.map(({ written }) => {
    const masked = maskPersonal(personal, written);
    return { written: masked, read: masked };
  });
}

/** A value of a kind of personal data as it may stand on a screen. */
export const shownPersonal = (kind: PersonalKind | undefined, value: string): string =>
  kind ? maskPersonal(kind, value) : value;

/** A value that could not be read, as it may stand on a screen. */
export const shownValue = ({ personal }: ColumnReading, value: string): string =>
  shownPersonal(personal, value);

/** The cell an issue points at, as it may stand on a screen. */
export function shownCell(
  { files }: DataCheck,
  { file, column, value }: NonNullable<Issue['example']>,
): string {
  const reading = files.find(({ name }) => name === file)?.columns.find(({ name }) => name === column);
  return reading ? shownValue(reading, value) : value;
}
