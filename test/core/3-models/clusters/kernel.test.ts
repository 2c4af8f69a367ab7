import { expect, test } from 'vitest';
import { openKernel, type Kernel } from '../../../../src/core/3-models/clusters/kernel';
import { plainKernel } from '../../../../src/core/3-models/clusters/plain-kernel';
import { createRandom } from '../../../../src/core/kit/random';

const draw = (n: number, seed: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => random.normal());
};

const nRows = 101;
const shapes = [1, 2, 5, 16].flatMap((d) => [1, 2, 5, 8, 11, 14].map((k) => ({ d, k })));

/** The same work by both kernels on the same rows and points. */
function compare(
  { d, k }: { d: number; k: number },
  work: (kernel: Kernel, rows: Float64Array, points: Float64Array) => unknown,
) {
  const rows = draw(nRows * d, d);
  const points = draw(k * d, 99 + k);
  const kernel = openKernel({
    doubles: nRows * (2 * d + k + 2) + k * (d + 1),
    integers: 3 * nRows,
    nPoints: k,
    nColumns: d,
  });
  const plain = plainKernel(d);
  expect(kernel.hold(rows), 'WebAssembly has a memory of its own').not.toBe(rows);
  expect(work(kernel, kernel.hold(rows), points)).toEqual(work(plain, plain.hold(rows), points));
}

test.each(shapes)('Lloyd steps give the same bits in both kernels: %o', (shape) => {
  const { d, k } = shape;
  compare(shape, (kernel, rows, points) => {
    const members = {
      labels: kernel.integers(nRows).fill(-1),
      sums: kernel.doubles(k * d).fill(0),
      counts: kernel.doubles(k).fill(0),
      safeUntil: kernel.doubles(nRows).fill(-1),
    };
    const moved = points.map((value) => value * 0.9);
    const changed = [kernel.reassign(rows, points, members, 0), kernel.reassign(rows, moved, members, 0.05)];
    const inertia = kernel.measure(rows, points, members.labels);
    kernel.label(rows, points, members.labels);
    const lists = Object.values(members).map((list) => [...list]);
    return { changed, inertia, lists };
  });
});

test.each(shapes)('distances to the nearest chosen row are the same bits in both kernels: %o', (shape) => {
  compare(shape, (kernel, rows, points) => {
    const nearest = kernel.doubles(nRows).fill(3);
    const found = kernel.doubles(nRows * shape.k);
    return [[...kernel.spread(rows, points, nearest, found)], [...found]];
  });
});

test('sums of distances by label are the same bits in both kernels', () => {
  compare({ d: 5, k: 8 }, (kernel, rows, points) => {
    const labels = kernel.integers(2 * nRows);
    labels.forEach((_, i) => (labels[i] = (i % 4) - 1));
    return [...kernel.sumDistances(rows, points, labels, 3)];
  });
});
