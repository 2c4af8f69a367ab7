/** Answers 9 and 10 promote, 0 to 6 detract; the standard error is that of the score, in points. */
export type NetPromoter = {
  nAnswers: number;
  promoters: number;
  passives: number;
  detractors: number;
  score: number;
  standardError: number;
};

/** Per cent of 9 and 10 less per cent of 0 to 6; missing scores (NaN) do not count. NaN without any. */
export function netPromoterScore(scores: ArrayLike<number>): NetPromoter {
  let promoters = 0;
  let passives = 0;
  let detractors = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score >= 9) promoters++;
    else if (score > 6) passives++;
    else if (score >= 0) detractors++;
  }
  const nAnswers = promoters + passives + detractors;
  const share = (promoters - detractors) / nAnswers;
  const variance = (promoters + detractors) / nAnswers - share * share;
  return {
    nAnswers,
    promoters,
    passives,
    detractors,
    score: 100 * share,
    standardError: 100 * Math.sqrt(variance / nAnswers),
  };
}
