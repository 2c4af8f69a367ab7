import type { CollectSettings } from '../core/1-collect/collected';
import type { PersonalChoice } from '../core/1-collect/minimise';
import type { Source } from '../core/governance/sources';
import type { Surveyed } from '../pipeline-files';
import type { ProjectManifest } from '../storage/manifest';

/** For each newer file the stored one with the same columns, each at most once; null = it is added. */
export function matchFiles(
  { files }: ProjectManifest,
  found: readonly Surveyed[],
  choices: readonly PersonalChoice[],
): (number | null)[] {
  const taken = new Set<number>();
  return found.map(({ columnNames }) => {
    const at = files.findIndex((stored, index) => {
      const dropped = choices.filter((c) => c.file === index && c.treatment === 'drop').map((c) => c.name);
      return !taken.has(index) && isSameSet([...stored.columnNames, ...dropped], columnNames);
    });
    if (at < 0) return null;
    taken.add(at);
    return at;
  });
}

const isSameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && new Set([...a, ...b]).size === new Set(a).size;

/** Decisions and fixes go by position; where a newer file has its columns in another order they follow their names. */
export function moveDecisions(
  settings: CollectSettings,
  before: ProjectManifest,
  after: ProjectManifest,
): CollectSettings {
  const place = (file: number, column: number) => {
    const name = before.files[file]?.columnNames[column];
    return name === undefined ? -1 : (after.files[file]?.columnNames.indexOf(name) ?? -1);
  };
  const decisions = settings.decisions.flatMap((decision) => {
    const column = place(decision.file, decision.column);
    return column < 0 ? [] : [{ ...decision, column }];
  });
  const fixes = settings.fixes?.flatMap((fix) => {
    const column = fix.column === null ? null : place(fix.file, fix.column);
    return column === -1 ? [] : [{ ...fix, column }];
  });
  return { ...settings, decisions, ...(fixes && { fixes }) };
}

/** What the register says of a file holds for the newer one in its place, whatever that is called. */
export const renameSources = (
  sources: readonly Source[],
  before: ProjectManifest,
  after: ProjectManifest,
): Source[] =>
  sources.map((source) => {
    const at = before.files.findIndex(({ fileName }) => fileName === source.file);
    return { ...source, file: after.files[at]?.fileName ?? source.file };
  });
