/** What people said in interviews against the segments they are in. */
export type Triangulation = {
  n: number;
  kappa: number | null;
  agreed: number;
  /** Fewer than 20 interviews. */
  isThin: boolean;
  disagreements: { customer: string; coded: string; assigned: string }[];
  verdict: string;
};
