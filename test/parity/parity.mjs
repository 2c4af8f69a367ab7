// `npm run parity`: every figure of ours that trusted software computed too, side by side, with how close is close enough.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadConfigFromFile, runnerImport } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);

const { values } = parseArgs({
  options: {
    /** Sections to run, by name and comma; all of them when absent. */
    only: { type: 'string' },
    json: { type: 'string', default: join(root, 'out/parity.json') },
  },
});

if (!existsSync('../shared/reference')) {
  console.error(
    'The reference results beside the repository (../shared/reference) are absent: nothing to compare with.',
  );
  process.exit(1);
}

// What the app is built with, for the WebAssembly within the core.
const app = await loadConfigFromFile({ command: 'serve', mode: 'test' }, join(root, 'vite.config.ts'));
/** @type {{ module: { sections: import('./comparison').Section[], start: () => Promise<void>, distance: (one: import('./comparison').Comparison) => number, holds: (one: import('./comparison').Comparison) => boolean } }} */
const { module } = await runnerImport(join(root, 'test/parity/sections.ts'), {
  root,
  plugins: app?.config.plugins,
});
const { sections, start, distance, holds } = module;
await start();

const wanted = values.only?.split(',');
const unknown = wanted?.filter((name) => !sections.some((section) => section.name === name)) ?? [];
if (unknown.length) {
  console.error(
    `There is no section ${unknown.join(', ')}; there are ${sections.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(1);
}

const digits = (/** @type {number} */ value) =>
  Number.isInteger(value) && Math.abs(value) < 1e9 ? String(value) : value.toPrecision(10);
const results = [];
let nApart = 0;
for (const { name, compare } of sections.filter((section) => wanted?.includes(section.name) ?? true)) {
  console.log(`\n${name}`);
  for (const one of compare()) {
    const isClose = holds(one);
    if (!isClose) nApart++;
    results.push({ section: name, ...one, distance: distance(one), holds: isClose });
    console.log(
      [
        isClose ? '  ok   ' : '  APART',
        `${one.subject}: ${one.figure}`.padEnd(70),
        digits(one.ours).padStart(16),
        digits(one.reference).padStart(16),
        `${distance(one).toExponential(1)} (${one.rule} ${one.tolerance})`,
      ].join(' '),
    );
  }
}
mkdirSync(dirname(values.json), { recursive: true });
writeFileSync(values.json, `${JSON.stringify(results, null, 1)}\n`);
console.log(
  `\n${results.length - nApart} of ${results.length} figures hold; ${nApart} are apart. All of them: ${values.json}`,
);
process.exit(nApart ? 1 : 0);
