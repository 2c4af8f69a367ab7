// The built app on a free port of this machine, with the headers of vite.config.ts.
import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['src', 'workers', 'index.html', 'package-lock.json', 'vite.config.ts'];

/** Time of the newest change in a file or folder; 0 when there is none. @param {string} path @returns {number} */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(`${path}/${name}`)));
}

/** Builds the app when it is missing or older than its sources. */
export async function ensureBuilt() {
  const built = newest(`${root}dist/index.html`);
  if (built > Math.max(...sources.map((name) => newest(root + name)))) return;
  console.error('Building the app');
  try {
    await build({ root, logLevel: 'error' });
  } catch (error) {
    throw new Error(`the app could not be built: ${String(error).split('\n    at ')[0]}`);
  }
}

/** @returns {Promise<number>} */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Serves the built app; `close` ends it. */
export async function serveBuilt() {
  const server = await preview({
    root,
    logLevel: 'error',
    preview: { host: '127.0.0.1', port: await freePort(), strictPort: true, open: false },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the app could not be served on this machine');
  return { url, close: () => server.close() };
}
