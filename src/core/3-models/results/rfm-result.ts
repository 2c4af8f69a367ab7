/** RFM scores (1..5, 5 best) and the lifecycle name's index for each customer with orders. */
export type RfmResult = {
  customers: Int32Array;
  recency: Float64Array;
  frequency: Float64Array;
  monetary: Float64Array;
  r: Uint8Array;
  f: Uint8Array;
  m: Uint8Array;
  lifecycle: Uint8Array;
  cuts: { recency: number[]; frequency: number[]; monetary: number[] };
  groups: {
    name: string;
    size: number;
    share: number;
    revenue: number;
    revenueShare: number;
    medianRecency: number;
    medianFrequency: number;
    medianMonetary: number;
  }[];
};
