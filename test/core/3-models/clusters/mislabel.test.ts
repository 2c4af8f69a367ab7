import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../../src/core/kit/random';
import type { Matrix } from '../../../../src/core/kit/matrix';
import { findDoubtful, mislabelScore } from '../../../../src/core/3-models/clusters/mislabel';
import { fitColumn } from '../../../../src/core/2-features/transforms/fit-column';
import { blobTable } from '../../../fixtures/blobs';

/** Groups in five dimensions that overlap a little, one in twenty of them given another label. */
function flippedGroups(seed: number, nRows = 1_200, nLabels = 4) {
  const random = createRandom(seed);
  const nColumns = 5;
  const centres = Array.from({ length: nLabels * nColumns }, () => 2.2 * random.normal());
  const data = new Float64Array(nRows * nColumns);
  const labels = new Int32Array(nRows);
  const isFlipped = new Uint8Array(nRows);
  for (let i = 0; i < nRows; i++) {
    const group = random.below(nLabels);
    for (let j = 0; j < nColumns; j++)
      data[i * nColumns + j] = centres[group * nColumns + j]! + random.normal();
    isFlipped[i] = random.next() < 0.05 ? 1 : 0;
    labels[i] = isFlipped[i] ? (group + 1 + random.below(nLabels - 1)) % nLabels : group;
  }
  const X: Matrix = { data, nRows, nColumns };
  return { X, labels, isFlipped };
}

/** Of the rows with the highest scores, as many as 5%, the share that was flipped. */
function precisionAtTop(score: Float64Array, isFlipped: Uint8Array): number {
  const top = [...score.keys()]
    .sort((a, b) => score[b]! - score[a]!)
    .slice(0, Math.floor(score.length * 0.05));
  return top.filter((row) => isFlipped[row]).length / top.length;
}

describe('mislabelScore(X, labels)', () => {
  test.each([1, 2, 3, 4, 5])('finds one flip in twenty: at least 0.7 of the top 5% (seed %i)', (seed) => {
    const { X, labels, isFlipped } = flippedGroups(seed);
    expect(precisionAtTop(mislabelScore(X, labels).score, isFlipped)).toBeGreaterThanOrEqual(0.7);
  });

  test('with labels given by lot the flips are found no more often than by chance', () => {
    const { X, isFlipped } = flippedGroups(1);
    const random = createRandom(9);
    const labels = Int32Array.from(isFlipped, () => random.below(4));
    expect(precisionAtTop(mislabelScore(X, labels).score, isFlipped)).toBeLessThan(0.25);
  });

  test('findDoubtful names the customers who were put into another segment, the most doubtful first', () => {
    const { table, truth } = blobTable(400, 3, 3, 5);
    const transform = table.features.map(({ definition, values }) => fitColumn(definition.name, values));
    const labels = truth.slice();
    const moved = [7, 70, 170];
    for (const row of moved) labels[row] = (labels[row]! + 1) % 3;
    const customers = Int32Array.from(truth, (_, row) => row + 1000);
    const found = findDoubtful(table, { transform, customers, labels }, 10);
    expect(found.map(({ customer }) => customer - 1000).sort((a, b) => a - b)).toEqual(moved);
    for (const { customer, segment, likelier } of found)
      expect([segment, likelier]).toEqual([labels[customer - 1000], truth[customer - 1000]]);
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
    expect(findDoubtful(table, { transform, customers, labels }, 2)).toEqual(found.slice(0, 2));
  });

  test('says which label the neighbours have', () => {
    const data = Float64Array.from([0, 0.1, 0.2, 0.15, 9, 9.1, 9.2, 9.15]);
    const labels = Int32Array.from([0, 0, 0, 1, 1, 1, 1, 1]);
    const { score, likelier } = mislabelScore({ data, nRows: 8, nColumns: 1 }, labels);
    expect(score.indexOf(Math.max(...score))).toBe(3);
    expect(Math.max(...score)).toBeLessThanOrEqual(1);
    expect(
      mislabelScore({ data, nRows: 8, nColumns: 1 }, new Int32Array(8)).score.every((s) => s === 0),
    ).toBe(true);
    expect(likelier).toHaveLength(8);
  });

  test('numbering the labels otherwise or permuting the rows changes nothing but the places', () => {
    const { X, labels } = flippedGroups(6, 300);
    const { score } = mislabelScore(X, labels);
    const renamed = mislabelScore(
      X,
      labels.map((label) => (label + 2) % 4),
    );
    expect([...renamed.score]).toEqual([...score]);
    const order = Array.from({ length: 300 }, (_, i) => (i * 7) % 300);
    const data = Float64Array.from(
      { length: 1500 },
      (_, k) => X.data[order[Math.floor(k / 5)]! * 5 + (k % 5)]!,
    );
    const moved = mislabelScore(
      { ...X, data },
      Int32Array.from(order, (i) => labels[i]!),
    );
    order.forEach((from, to) => expect(moved.score[to]).toBeCloseTo(score[from]!, 12));
  });
});
