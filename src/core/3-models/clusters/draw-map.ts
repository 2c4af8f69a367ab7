import { UMAP } from 'umap-js';
import type { Matrix } from '../../kit/matrix';
import { createRandom } from '../../kit/random';
import type { Report } from '../estimator';
import { fillDistances, sampleRows, takeRows } from '../rows';
import { toDoubles } from './centroids';

const nLandmarks = 1_500;
const nNeighbours = 15;
const nEpochs = 200;
/** Rows that are no landmarks stand between this many of the nearest ones. */
const nGuides = 3;

/** A row's place: that of its nearest landmarks, the nearer the heavier. `squares` are its distances to all of them. */
function placeRow(squares: Float64Array, places: number[][]): [number, number] {
  const guides: number[] = [];
  for (let g = 0; g < Math.min(nGuides, squares.length); g++) {
    let nearest = -1;
    for (let i = 0; i < squares.length; i++)
      if (!guides.includes(i) && (nearest < 0 || squares[i]! < squares[nearest]!)) nearest = i;
    guides.push(nearest);
  }
  let [x, y, total] = [0, 0, 0];
  for (const guide of guides) {
    const weight = 1 / (squares[guide]! + 1e-12);
    x += weight * places[guide]![0]!;
    y += weight * places[guide]![1]!;
    total += weight;
  }
  return [x / total, y / total];
}

/**
 * A map by UMAP (McInnes and Healy 2018), nRows x 2: neighbours stay neighbours, distances between groups say little.
 * Up to 1,500 landmarks drawn by the seed are laid out, the others stand between their nearest landmarks.
 */
export function drawUmap(X: Matrix, seed: number, report?: Report): Float32Array {
  const rows = toDoubles(X);
  const map = new Float32Array(X.nRows * 2);
  if (X.nRows < 4) return map.map((_, at) => (at % 2 === 0 ? at / 2 : 0));
  const index = sampleRows(X.nRows, nLandmarks, seed);
  const landmarks = takeRows(rows, index);
  const d = X.nColumns;
  const random = createRandom(seed);
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(nNeighbours, landmarks.nRows - 1),
    nEpochs,
    random: () => random.next(),
  });
  const vectors = Array.from(index, (_, i) => Array.from(landmarks.data.subarray(i * d, i * d + d)));
  umap.initializeFit(vectors);
  for (let epoch = 0; epoch < nEpochs; epoch++) {
    umap.step();
    if (epoch % 10 === 0) report?.(0.1 + (0.6 * epoch) / nEpochs, 'drawing the map');
  }
  const places = umap.getEmbedding();
  const all = { data: new Float64Array((landmarks.nRows + 1) * d), nRows: landmarks.nRows + 1, nColumns: d };
  all.data.set(landmarks.data);
  const squares = new Float64Array(all.nRows);
  for (let i = 0; i < X.nRows; i++) {
    all.data.set(rows.data.subarray(i * d, i * d + d), landmarks.data.length);
    fillDistances(all, landmarks.nRows, squares);
    map.set(placeRow(squares.subarray(0, landmarks.nRows), places), i * 2);
    if (i % 1024 === 0) report?.(0.7 + (0.3 * i) / X.nRows, 'drawing the map');
  }
  return map;
}
