// Distances between rows and a few points, added up column by column as plain numbers are, so that both give the same
// bits. `lanes` holds the points turned on their side: column by column `nLanes` (even) numbers, one a point.

/** Room for so many bytes in all, whatever was there before. */
export function room(nBytes: u32): usize {
  const at = (__heap_base + 15) & ~15;
  const nPages = <i32>((at + nBytes + 0xffff) >> 16) - memory.size();
  if (nPages > 0 && memory.grow(nPages) < 0) unreachable();
  return at;
}

function addSquare(sum: v128, x: v128, point: usize): v128 {
  const gap = f64x2.sub(x, v128.load(point));
  return f64x2.add(sum, f64x2.mul(gap, gap));
}

function fillEight(row: usize, end: usize, lanes: usize, stride: usize, gaps: usize): void {
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (; row < end; row += 8, lanes += stride) {
    const x = v128.load64_splat(row);
    a = addSquare(a, x, lanes);
    b = addSquare(b, x, lanes + 16);
    c = addSquare(c, x, lanes + 32);
    d = addSquare(d, x, lanes + 48);
  }
  v128.store(gaps, a);
  v128.store(gaps + 16, b);
  v128.store(gaps + 32, c);
  v128.store(gaps + 48, d);
}

function fillSix(row: usize, end: usize, lanes: usize, stride: usize, gaps: usize): void {
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  for (; row < end; row += 8, lanes += stride) {
    const x = v128.load64_splat(row);
    a = addSquare(a, x, lanes);
    b = addSquare(b, x, lanes + 16);
    c = addSquare(c, x, lanes + 32);
  }
  v128.store(gaps, a);
  v128.store(gaps + 16, b);
  v128.store(gaps + 32, c);
}

function fillFour(row: usize, end: usize, lanes: usize, stride: usize, gaps: usize): void {
  let a = f64x2.splat(0);
  let b = a;
  for (; row < end; row += 8, lanes += stride) {
    const x = v128.load64_splat(row);
    a = addSquare(a, x, lanes);
    b = addSquare(b, x, lanes + 16);
  }
  v128.store(gaps, a);
  v128.store(gaps + 16, b);
}

function fillTwo(row: usize, end: usize, lanes: usize, stride: usize, gaps: usize): void {
  let a = f64x2.splat(0);
  for (; row < end; row += 8, lanes += stride) a = addSquare(a, v128.load64_splat(row), lanes);
  v128.store(gaps, a);
}

/** Squared distances from one row to all points. */
function fill(row: usize, d: u32, lanes: usize, nLanes: u32, gaps: usize): void {
  const end = row + (d << 3);
  const stride = nLanes << 3;
  let left = nLanes;
  for (; left >= 8; left -= 8, lanes += 64, gaps += 64) fillEight(row, end, lanes, stride, gaps);
  if (left == 6) fillSix(row, end, lanes, stride, gaps);
  else if (left == 4) fillFour(row, end, lanes, stride, gaps);
  else if (left == 2) fillTwo(row, end, lanes, stride, gaps);
}

/** Adds a row to the sums of one cluster and takes it from those of another. */
function moveRow(row: usize, d: u32, to: usize, from: usize): void {
  let j: u32 = 0;
  for (; j + 1 < d; j += 2, row += 16, to += 16) {
    const x = v128.load(row);
    v128.store(to, f64x2.add(v128.load(to), x));
    if (!from) continue;
    v128.store(from, f64x2.sub(v128.load(from), x));
    from += 16;
  }
  if (j == d) return;
  store<f64>(to, load<f64>(to) + load<f64>(row));
  if (from) store<f64>(from, load<f64>(from) - load<f64>(row));
}

/** Puts each row to its nearest of `k` points and moves it between their sums; tells how many moved. */
export function reassign(
  rows: usize,
  n: u32,
  d: u32,
  lanes: usize,
  nLanes: u32,
  k: u32,
  gaps: usize,
  labels: usize,
  safeUntil: usize,
  drift: f64,
  sums: usize,
  counts: usize,
): u32 {
  let changed: u32 = 0;
  for (let i: u32 = 0; i < n; i++, rows += d << 3, labels += 4, safeUntil += 8) {
    if (load<f64>(safeUntil) > drift) continue;
    fill(rows, d, lanes, nLanes, gaps);
    let best: u32 = 0;
    let first = load<f64>(gaps);
    let second = Infinity;
    for (let c: u32 = 1; c < k; c++) {
      const gap = load<f64>(gaps + (c << 3));
      const isNearer = gap < first;
      second = select(first, select(gap, second, gap < second), isNearer);
      first = select(gap, first, isNearer);
      best = select(c, best, isNearer);
    }
    store<f64>(safeUntil, drift + sqrt(second) - sqrt(first));
    const from = load<i32>(labels);
    if (from == <i32>best) continue;
    changed++;
    store<i32>(labels, best);
    const width = d << 3;
    moveRow(rows, d, sums + best * width, from < 0 ? 0 : sums + <u32>from * width);
    store<f64>(counts + (best << 3), load<f64>(counts + (best << 3)) + 1);
    if (from >= 0) store<f64>(counts + ((<u32>from) << 3), load<f64>(counts + ((<u32>from) << 3)) - 1);
  }
  return changed;
}

/** The nearest of `k` points for each row; the first of equals. */
export function label(
  rows: usize,
  n: u32,
  d: u32,
  lanes: usize,
  nLanes: u32,
  k: u32,
  gaps: usize,
  labels: usize,
): void {
  for (let i: u32 = 0; i < n; i++, rows += d << 3, labels += 4) {
    fill(rows, d, lanes, nLanes, gaps);
    let best: u32 = 0;
    let first = load<f64>(gaps);
    for (let c: u32 = 1; c < k; c++) {
      const gap = load<f64>(gaps + (c << 3));
      const isNearer = gap < first;
      first = select(gap, first, isNearer);
      best = select(c, best, isNearer);
    }
    store<i32>(labels, best);
  }
}

/**
 * What each row's distance to its nearest chosen row would be if one of `k` points were chosen too, into `found` (n a
 * point), and their sums.
 */
export function spread(
  rows: usize,
  n: u32,
  d: u32,
  lanes: usize,
  nLanes: u32,
  k: u32,
  gaps: usize,
  nearest: usize,
  found: usize,
  sums: usize,
): void {
  memory.fill(sums, 0, k << 3);
  for (let i: u32 = 0; i < n; i++, rows += d << 3, nearest += 8, found += 8) {
    fill(rows, d, lanes, nLanes, gaps);
    const most = load<f64>(nearest);
    for (let t: u32 = 0, at = found; t < k; t++, at += n << 3) {
      const gap = load<f64>(gaps + (t << 3));
      const kept = select(most, gap, most < gap);
      store<f64>(at, kept);
      store<f64>(sums + (t << 3), load<f64>(sums + (t << 3)) + kept);
    }
  }
}

/**
 * Adds the distances from every row to each of eight points to the sums of the row's label: `labels` is `nLabellings`
 * times n labels (-1 = none), `sums` as many times `mostLabels` times eight.
 */
export function sumDistances(
  rows: usize,
  n: u32,
  d: u32,
  lanes: usize,
  gaps: usize,
  labels: usize,
  nLabellings: u32,
  mostLabels: u32,
  sums: usize,
): void {
  memory.fill(sums, 0, (nLabellings * mostLabels) << 6);
  for (let i: u32 = 0; i < n; i++, rows += d << 3, labels += 4) {
    fillEight(rows, rows + (d << 3), lanes, 64, gaps);
    const p = f64x2.sqrt(v128.load(gaps));
    const q = f64x2.sqrt(v128.load(gaps + 16));
    const r = f64x2.sqrt(v128.load(gaps + 32));
    const s = f64x2.sqrt(v128.load(gaps + 48));
    for (let l: u32 = 0; l < nLabellings; l++) {
      const own = load<i32>(labels + ((l * n) << 2));
      if (own < 0) continue;
      const at = sums + ((l * mostLabels + <u32>own) << 6);
      v128.store(at, f64x2.add(v128.load(at), p));
      v128.store(at + 16, f64x2.add(v128.load(at + 16), q));
      v128.store(at + 32, f64x2.add(v128.load(at + 32), r));
      v128.store(at + 48, f64x2.add(v128.load(at + 48), s));
    }
  }
}

/** Sum over rows of the squared distance to the point of their label; four rows at a time, summed in their order. */
export function measure(rows: usize, n: u32, d: u32, points: usize, labels: usize): f64 {
  const width = d << 3;
  let total: f64 = 0;
  let i: u32 = 0;
  for (; i + 3 < n; i += 4, rows += width << 2, labels += 16) {
    let a: f64 = 0;
    let b: f64 = 0;
    let c: f64 = 0;
    let e: f64 = 0;
    let atA = points + load<u32>(labels) * width;
    let atB = points + load<u32>(labels, 4) * width;
    let atC = points + load<u32>(labels, 8) * width;
    let atE = points + load<u32>(labels, 12) * width;
    for (let row = rows, end = rows + width; row < end; row += 8, atA += 8, atB += 8, atC += 8, atE += 8) {
      const gapA = load<f64>(row) - load<f64>(atA);
      const gapB = load<f64>(row + width) - load<f64>(atB);
      const gapC = load<f64>(row + (width << 1)) - load<f64>(atC);
      const gapE = load<f64>(row + width * 3) - load<f64>(atE);
      a += gapA * gapA;
      b += gapB * gapB;
      c += gapC * gapC;
      e += gapE * gapE;
    }
    total = total + a + b + c + e;
  }
  for (; i < n; i++, labels += 4) {
    let sum: f64 = 0;
    let at = points + load<u32>(labels) * width;
    for (const end = rows + width; rows < end; rows += 8, at += 8) {
      const gap = load<f64>(rows) - load<f64>(at);
      sum += gap * gap;
    }
    total += sum;
  }
  return total;
}
