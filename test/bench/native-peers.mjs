// Peers outside of the browser, each measured only where it is installed.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const script = fileURLToPath(new URL('peers.py', import.meta.url));
/** Not a dependency of ours: measured where it happens to be. */
const duckDbPackage = '@duckdb/node-api';
const pythons = [process.env.PYTHON, 'python3', '/usr/bin/python3', 'python'].filter(
  (name) => name !== undefined,
);

/** @param {string} python @param {string[]} args */
function ask(python, args) {
  const { status, stdout } = spawnSync(python, [script, ...args], { encoding: 'utf8', maxBuffer: 1e8 });
  return status === 0 ? JSON.parse(stdout) : null;
}

/** The first Python that has most of what we measure, with what it has. */
function findPython() {
  const found = pythons.map((python) => ({
    python,
    has: /** @type {Record<string, string>} */ (ask(python, ['versions']) ?? {}),
  }));
  return found.sort((a, b) => Object.keys(b.has).length - Object.keys(a.has).length)[0];
}

async function findDuckDb() {
  try {
    const require = createRequire(import.meta.url);
    const duckdb = await import(pathToFileURL(require.resolve(duckDbPackage)).href);
    return { duckdb, version: /** @type {string} */ (duckdb.version()) };
  } catch {
    return null;
  }
}

/** @typedef {{ seconds: number, inertia?: number, logLoss?: number, rows?: number }} Measure */
/** @typedef {{ name: string, run: (...args: string[]) => Measure | Promise<Measure> }} Peer */

/** Named peers by what they are peers of. @returns {Promise<Record<'read' | 'kmeans' | 'kmeansSizes' | 'logistic', Peer[]>>} */
export async function findNativePeers() {
  const { python, has } = findPython() ?? { python: '', has: {} };
  const native = await findDuckDb();
  const viaPython =
    (/** @type {string} */ task) =>
    (/** @type {string[]} */ ...args) =>
      ask(python, [task, ...args]);
  /** @type {Record<'read' | 'kmeans' | 'kmeansSizes' | 'logistic', Peer[]>} */
  const peers = { read: [], kmeans: [], kmeansSizes: [], logistic: [] };
  if (has.pandas) peers.read.push({ name: `pandas ${has.pandas}`, run: viaPython('read_pandas') });
  if (native)
    peers.read.push({
      name: `DuckDB ${native.version}`,
      async run(path) {
        const connection = await (await native.duckdb.DuckDBInstance.create()).connect();
        const start = performance.now();
        await connection.run('create table t as select * from read_csv($1, all_varchar = true)', [path]);
        const seconds = (performance.now() - start) / 1000;
        connection.closeSync();
        return { seconds };
      },
    });
  if (has.sklearn) {
    peers.kmeans.push({ name: `scikit-learn ${has.sklearn}, best of 10`, run: viaPython('fit_kmeans') });
    peers.kmeansSizes.push({
      name: `scikit-learn ${has.sklearn}, KMeans alone, 2 to 10 clusters, best of 10 each`,
      run: viaPython('fit_kmeans_sizes'),
    });
    peers.logistic.push({ name: `scikit-learn ${has.sklearn}, lbfgs`, run: viaPython('fit_logistic') });
  }
  return peers;
}
