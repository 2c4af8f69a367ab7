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
