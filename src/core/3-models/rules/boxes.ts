/** Limits on columns cut into bins: `low` to `high`, both included, by column. All hold at once. */
export type Box = Map<number, { low: number; high: number }>;

/** Rows by their bins, with 1 where a row should be covered. A missing value lies in no interval. */
export type BoxData = { bins: Uint8Array[]; nBins: number[]; isMember: Uint8Array };

export const missingBin = 255;
const mostConditions = 3;
const mostBoxes = 3;
const mostPasses = 6;

/** Finding the members weighs more than sparing the others (van Rijsbergen's F with this squared beta). */
const recallWeight = 2;
/** A condition must earn this much; an "or" as much as three. */
const conditionCost = 0.005;
const boxCost = 0.015;

type Tally = { members: number; covered: number; both: number };

const scoreTally = ({ members, covered, both }: Tally): number =>
  both === 0 ? 0 : ((1 + recallWeight) * both) / (recallWeight * members + covered);

export function coverBox(box: Box, { bins }: BoxData, cover: Uint8Array): void {
  cover.fill(1);
  for (const [column, { low, high }] of box) {
    const own = bins[column]!;
    for (let i = 0; i < cover.length; i++) if (own[i]! < low || own[i]! > high) cover[i] = 0;
  }
}

const costOf = (boxes: Box[], { isMember }: BoxData): number => {
  const small = 0.5 / isMember.length;
  const nConditions = boxes.reduce((sum, box) => sum + box.size, 0);
  return (conditionCost + small) * nConditions + (boxCost + small) * Math.max(0, boxes.length - 1);
};

/** How well boxes cover the members and nobody else, 1 = exactly, less what their length costs. */
export function scoreBoxes(boxes: Box[], data: BoxData): number {
  const { isMember } = data;
  const covered = coverOthers(boxes, -1, data);
  const tally = { members: 0, covered: 0, both: 0 };
  for (let i = 0; i < isMember.length; i++) {
    tally.members += isMember[i]!;
    tally.covered += covered[i]!;
    tally.both += covered[i]! & isMember[i]!;
  }
  return scoreTally(tally) - costOf(boxes, data);
}

/** 1 where any box but the one at `except` covers. */
function coverOthers(boxes: Box[], except: number, data: BoxData): Uint8Array {
  const covered = new Uint8Array(data.isMember.length);
  const one = new Uint8Array(data.isMember.length);
  boxes.forEach((box, b) => {
    if (b === except) return;
    coverBox(box, data, one);
    for (let i = 0; i < covered.length; i++) covered[i]! |= one[i]!;
  });
  return covered;
}

type Interval = { low: number; high: number; score: number };

/** The interval of one column that scores best for the `open` rows, on top of what is covered anyway. */
function findInterval(data: BoxData, column: number, open: Int32Array, sure: Tally): Interval {
  const nBins = data.nBins[column]!;
  const all = new Float64Array(nBins + 1);
  const both = new Float64Array(nBins + 1);
  const own = data.bins[column]!;
  for (const row of open) {
    const bin = own[row]!;
    if (bin === missingBin) continue;
    all[bin + 1]!++;
    both[bin + 1]! += data.isMember[row]!;
  }
  for (let b = 0; b < nBins; b++) {
    all[b + 1]! += all[b]!;
    both[b + 1]! += both[b]!;
  }
  const best = { low: 0, high: nBins - 1, score: -1 };
  for (let low = 0; low < nBins; low++)
    for (let high = nBins - 1; high >= low; high--) {
      if (low === 0 && high === nBins - 1) continue;
      // An interval with two ends is longer to say than one with one.
      const twoEnds = low > 0 && high < nBins - 1 ? conditionCost / 2 : 0;
      const covered = sure.covered + all[high + 1]! - all[low]!;
      const found = sure.both + both[high + 1]! - both[low]!;
      const score = scoreTally({ members: sure.members, covered, both: found }) - twoEnds;
      if (score > best.score) Object.assign(best, { low, high, score });
    }
  return best;
}

/** The boxes with one of them changed in one column, the best way there is; null when nothing scores better. */
function changeBox(
  boxes: Box[],
  at: number,
  data: BoxData,
  score: number,
): { box: Box; score: number } | null {
  const { isMember } = data;
  const others = coverOthers(boxes, at, data);
  const sure: Tally = { members: 0, covered: 0, both: 0 };
  for (let i = 0; i < isMember.length; i++) {
    sure.members += isMember[i]!;
    sure.covered += others[i]!;
    sure.both += others[i]! & isMember[i]!;
  }
  const box = boxes[at]!;
  const rows = new Int32Array(isMember.length);
  const covered = new Uint8Array(isMember.length);
  const listOpen = (of: Box) => {
    coverBox(of, data, covered);
    let n = 0;
    for (let row = 0; row < covered.length; row++) if (covered[row]! > others[row]!) rows[n++] = row;
    return rows.slice(0, n);
  };
  const open = listOpen(box);
  let best: { box: Box; score: number } | null = null;
  const take = (changed: Box, found: number) => {
    const net = found - costOf(boxes.with(at, changed), data);
    if (net > (best?.score ?? score) + 1e-9) best = { box: changed, score: net };
  };
  for (let column = 0; column < data.bins.length; column++) {
    const isUsed = box.has(column);
    if (!isUsed && box.size >= mostConditions) continue;
    const without = new Map(box);
    without.delete(column);
    const { low, high, score: found } = findInterval(data, column, isUsed ? listOpen(without) : open, sure);
    if (found >= 0) take(new Map(without).set(column, { low, high }), found);
    if (isUsed && without.size > 0) take(without, scoreBoxes(boxes.with(at, without), data) + costOf(boxes.with(at, without), data)); // prettier-ignore
  }
  return best;
}

/** Boxes changed one limit at a time, left out or added, while that scores better. */
export function improveBoxes(start: Box[], data: BoxData): { boxes: Box[]; score: number } {
  let boxes = start.slice(0, mostBoxes);
  let score = boxes.length > 0 ? scoreBoxes(boxes, data) : 0;
  for (let pass = 0; pass < mostPasses; pass++) {
    const before = score;
    for (let at = 0; at < boxes.length; at++)
      for (
        let change = changeBox(boxes, at, data, score);
        change;
        change = changeBox(boxes, at, data, score)
      ) {
        boxes = boxes.with(at, change.box);
        score = change.score;
      }
    for (let at = boxes.length - 1; at >= 0 && boxes.length > 1; at--) {
      const fewer = boxes.toSpliced(at, 1);
      const found = scoreBoxes(fewer, data);
      if (found >= score) [boxes, score] = [fewer, found];
    }
    const grown = boxes.length < mostBoxes ? addBox(boxes, data) : null;
    if (grown && grown.score > score + 1e-9) ({ boxes, score } = grown);
    if (score <= before + 1e-6) break;
  }
  return { boxes, score };
}

/** One box more, grown condition by condition from everybody. */
function addBox(boxes: Box[], data: BoxData): { boxes: Box[]; score: number } | null {
  let grown: Box[] = [...boxes, new Map()];
  let score = scoreBoxes(grown, data);
  for (;;) {
    const change = changeBox(grown, boxes.length, data, score);
    if (!change) break;
    grown = grown.with(boxes.length, change.box);
    score = change.score;
  }
  return grown[boxes.length]!.size > 0 ? { boxes: grown, score } : null;
}
