/** A share or mean with the interval it lies in with 95%. */
export type Ranged = { value: number; low: number; high: number };

/** Do segments frozen at `asOf` differ in what their members did in the days after it? */
export type SegmentsPredict = {
  asOf: number | null;
  horizonDays: number;
  nCustomers: number;
  /**
   * Share of the spread of later spend that lies between the segments, less what random groups would show; `raw` is with
   * it. Null where nothing says what was paid.
   */
  spend: { etaSquared: number; low: number; high: number; raw: number; randomEtaSquared: number } | null;
  /** How tightly the segment goes with coming back, 0..1, less what random groups would show; `raw` is with it. */
  comeBack: { cramersV: number; low: number; high: number; raw: number; randomCramersV: number };
  bySegment: {
    id: number;
    name: string;
    n: number;
    /** Null for a segment without customers. */
    cameBack: Ranged | null;
    spendPerCustomer: Ranged | null;
  }[];
  predictsSpend: boolean;
  predictsReturn: boolean;
  /** One sentence a person can repeat. */
  verdict: string;
  /** Set when nothing can be said: what is missing. */
  blocked: string | null;
};
