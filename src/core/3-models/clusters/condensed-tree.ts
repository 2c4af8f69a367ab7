/** An edge of a spanning tree: two rows and their distance. */
export type Edge = { a: number; b: number; distance: number };

/**
 * Clusters that split only into parts of at least `minClusterSize` rows; 0 is the root. A row leaves its last cluster at
 * `rowLambda` (1 / distance); a cluster lives from `birth` on; parents come before their children.
 */
export type CondensedTree = {
  parent: number[];
  birth: number[];
  rowCluster: Int32Array;
  rowLambda: Float64Array;
};

/** Distances below this count as it: rows that are equal are infinitely dense. */
const leastDistance = 1e-10;

/** Merges as a binary tree: nodes below nRows are rows, node nRows + m joins left[m] and right[m] at distance[m]. */
function linkRows(edges: Edge[], nRows: number) {
  const parent = Int32Array.from({ length: 2 * nRows }, (_, i) => i);
  const rootOf = (node: number): number => {
    let root = node;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
    return root;
  };
  const size = new Int32Array(2 * nRows).fill(1);
  const left = new Int32Array(nRows);
  const right = new Int32Array(nRows);
  edges.forEach(({ a, b }, m) => {
    left[m] = rootOf(a);
    right[m] = rootOf(b);
    const node = nRows + m;
    parent[left[m]!] = parent[right[m]!] = node;
    size[node] = size[left[m]!]! + size[right[m]!]!;
  });
  return { left, right, size };
}

/** The tree of merges without splits in which a part is smaller than `minClusterSize`. Edges: shortest first. */
export function condense(edges: Edge[], nRows: number, minClusterSize: number): CondensedTree {
  const { left, right, size } = linkRows(edges, nRows);
  const tree: CondensedTree = {
    parent: [-1],
    birth: [0],
    rowCluster: new Int32Array(nRows),
    rowLambda: new Float64Array(nRows),
  };
  const shed = (node: number, cluster: number, lambda: number) => {
    for (const stack = [node]; stack.length > 0;) {
      const one = stack.pop()!;
      if (one >= nRows) stack.push(left[one - nRows]!, right[one - nRows]!);
      else {
        tree.rowCluster[one] = cluster;
        tree.rowLambda[one] = lambda;
      }
    }
  };
  for (const open = [{ node: nRows + edges.length - 1, cluster: 0 }]; open.length > 0;) {
    const { node, cluster } = open.pop()!;
    const m = node - nRows;
    const lambda = 1 / Math.max(edges[m]!.distance, leastDistance);
    const parts = [left[m]!, right[m]!];
    const large = parts.filter((part) => size[part]! >= minClusterSize);
    for (const part of parts) if (!large.includes(part)) shed(part, cluster, lambda);
    for (const part of large) {
      const own = large.length === 1 ? cluster : tree.parent.push(cluster) - 1;
      if (large.length === 2) tree.birth.push(lambda);
      open.push({ node: part, cluster: own });
    }
  }
  return tree;
}

/** Each cluster's sum over its rows, those of its descendants too, of (lambda at which they leave it − its birth). */
function measureStabilities({ parent, birth, rowCluster, rowLambda }: CondensedTree): Float64Array {
  const stability = new Float64Array(parent.length);
  const sizes = new Float64Array(parent.length);
  rowCluster.forEach((cluster, row) => {
    stability[cluster]! += rowLambda[row]! - birth[cluster]!;
    sizes[cluster]! += 1;
  });
  for (let c = parent.length - 1; c > 0; c--) {
    const up = parent[c]!;
    sizes[up]! += sizes[c]!;
    stability[up]! += sizes[c]! * (birth[c]! - birth[up]!);
  }
  return stability;
}

/**
 * Excess of mass: the clusters, none within another, whose stabilities sum to most; the root, everybody, is no cluster.
 * `reach` is the distance at which a row left its cluster, how far it can be reached from.
 */
export function selectClusters(tree: CondensedTree) {
  const { parent, rowCluster, rowLambda } = tree;
  const stability = measureStabilities(tree);
  const below = new Float64Array(parent.length);
  const isChosen = new Uint8Array(parent.length);
  for (let c = parent.length - 1; c > 0; c--) {
    isChosen[c] = stability[c]! >= below[c]! ? 1 : 0;
    below[parent[c]!]! += Math.max(stability[c]!, below[c]!);
  }
  const label = new Int32Array(parent.length).fill(-1);
  let nClusters = 0;
  for (let c = 1; c < parent.length; c++) {
    const above = label[parent[c]!]!;
    label[c] = above >= 0 ? above : isChosen[c] ? nClusters++ : -1;
  }
  return {
    labels: rowCluster.map((cluster) => label[cluster]!),
    reach: rowLambda.map((lambda) => 1 / lambda),
    nClusters,
  };
}
