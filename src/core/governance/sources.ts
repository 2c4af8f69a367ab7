import type { CalendarDay } from './calendar';

const dayMs = 86_400_000;

/** Who answers for a file and how long it may be kept; by the file's name. */
export type Source = {
  file: string;
  owner: string;
  steward: string;
  lawfulBasis: string;
  /** A newer file is due after so many days; null = never. */
  refreshDays: number | null;
  /** Rows older than so many days must go; null = they may stay. */
  retentionDays: number | null;
};

/** When each file was last read, ms. */
export type LoadedFile = { file: string; loadedAt: number };

/** A file whose newer version is late, and whom to ask for it. */
export type Overdue = { file: string; days: number; sentence: string };

export const newSource = (file: string): Source => ({
  file,
  owner: '',
  steward: '',
  lawfulBasis: '',
  refreshDays: null,
  retentionDays: null,
});

const days = (n: number) => (n === 1 ? '1 day' : `${n.toLocaleString('en-US')} days`);

/** Files that should have been read anew by `now` (ms), the latest first. */
export function overdueSources(
  sources: readonly Source[],
  files: readonly LoadedFile[],
  now: number,
): Overdue[] {
  const overdue = files.flatMap(({ file, loadedAt }) => {
    const source = sources.find((other) => other.file === file);
    const due = source?.refreshDays ?? null;
    if (!source || due === null) return [];
    const late = Math.floor((now - loadedAt) / dayMs - due);
    if (late < 0 || now < loadedAt + due * dayMs) return [];
    const whom = source.steward || source.owner;
    const sentence = `${file} is due: a newer one was expected every ${days(due)}, this one was read ${days(late + due)} ago${whom ? `. Ask ${whom}` : ''}.`;
    return [{ file, days: late, sentence }];
  });
  return overdue.sort((a, b) => b.days - a.days);
}

/** 'fresh' only where somebody said how often files are due and none is late; null where nobody did. */
export function freshness(
  sources: readonly Source[],
  files: readonly LoadedFile[],
  now: number,
): 'fresh' | 'overdue' | null {
  if (overdueSources(sources, files, now).length > 0) return 'overdue';
  const isTimed = ({ file }: LoadedFile) =>
    sources.some((source) => source.file === file && source.refreshDays !== null);
  return files.some(isTimed) ? 'fresh' : null;
}

/** Rows before this instant (ms) may not be kept any longer; null where the source sets no limit. */
export const retentionLimit = ({ retentionDays }: Source, now: number): number | null =>
  retentionDays === null ? null : now - retentionDays * dayMs;

/** When a newer version of each file is due, as days of a calendar. */
export const daysOfSources = (
  sources: readonly Source[],
  files: readonly LoadedFile[],
  project: { id: string; name: string },
): CalendarDay[] =>
  files.flatMap(({ file, loadedAt }) => {
    const source = sources.find((other) => other.file === file);
    if (!source?.refreshDays) return [];
    const whom = source.steward || source.owner;
    return {
      id: `${project.id}-${encodeURIComponent(file)}@coterie`,
      day: new Date(loadedAt + source.refreshDays * dayMs).toISOString().slice(0, 10),
      everyDays: source.refreshDays,
      summary: `${project.name}: a newer ${file} is due`,
      description: whom
        ? `Ask ${whom} for it, then load it on the Data screen.`
        : 'Load it on the Data screen.',
    };
  });
