// Finds a Chromium for tests and `npm run segment`, or installs one. Run directly: prints the path it will use.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

/** Quiet start: no look-ups of the browser's own, and no sandbox where the system forbids one to root. */
export const launchArguments = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const systemPaths = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
    '/usr/bin/microsoft-edge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** Path of a usable browser: CHROMIUM_PATH, then the system's, then Playwright's own; null when there is none. */
export function findBrowser() {
  const candidates = [
    process.env.CHROMIUM_PATH,
    ...(systemPaths[/** @type {keyof typeof systemPaths} */ (process.platform)] ?? []),
    chromium.executablePath(),
  ];
  return candidates.find((path) => path && existsSync(path)) ?? null;
}

const run = (/** @type {string} */ command, /** @type {string[]} */ args) => {
  console.error(`> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: ['ignore', 2, 'inherit'], timeout: 600_000 }).status === 0;
};

const has = (/** @type {string} */ command) => {
  try {
    execFileSync(process.platform === 'win32' ? 'where' : 'which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

function installBySystem() {
  const asRoot =
    process.getuid?.() === 0
      ? []
      : spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
        ? ['sudo', '-n']
        : null;
  if (!asRoot) return false;
  const root = (/** @type {string[]} */ ...words) => {
    const [command = '', ...args] = [...asRoot, ...words];
    return run(command, args);
  };
  if (has('apt-get')) return root('apt-get', 'update') && root('apt-get', 'install', '-y', 'chromium');
  if (has('dnf')) return root('dnf', 'install', '-y', 'chromium');
  if (has('apk')) return root('apk', 'add', 'chromium');
  if (has('pacman')) return root('pacman', '-Sy', '--noconfirm', 'chromium');
  return false;
}

/** A browser for certain, or an Error whose message says what to do. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  console.error('No Chromium or Chrome found; installing one.');
  run(process.execPath, [
    fileURLToPath(new URL('../../node_modules/playwright/cli.js', import.meta.url)),
    'install',
    'chromium',
  ]);
  const installed = findBrowser() ?? (installBySystem() ? findBrowser() : null);
  if (installed) return installed;
  throw new Error(
    'No Chromium or Chrome could be found or installed: install one, or set CHROMIUM_PATH to its program, and run this again.',
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(`Browser: ${ensureBrowser()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
