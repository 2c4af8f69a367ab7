import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { build, type Plugin, type Rolldown } from 'vite';
import { configDefaults, defineConfig } from 'vitest/config';
import { findBrowser, launchArguments } from './test/terminal/find-browser.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One policy for the page (meta), the server's header and, through blob:, every worker. No request can leave. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  'worker-src blob:',
  "connect-src 'none'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html worker-boot',
].join('; ');

/** The headers we recommend to hosts; `npm start` sends them too. */
const headers = {
  'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
};

const policyMeta = (): Plugin => ({
  name: 'policy-meta',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
      injectTo: 'head-prepend',
    },
  ],
});

// danfojs ships with a TensorFlow.js, a plot and a spreadsheet library of its own; workers get the lean parts.
const lean = [
  { find: /^danfojs$/, replacement: here('node_modules/danfojs/dist/danfojs-base/index.js') },
  { find: /^@tensorflow\/tfjs$/, replacement: here('workers/shims/danfo-tfjs.ts') },
  { find: /^mathjs$/, replacement: here('workers/shims/danfo-mathjs.ts') },
  { find: /^table$/, replacement: here('workers/shims/danfo-table.ts') },
];

const ascOptions = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--enable', 'bulk-memory', '--noAssert'];

/** The AssemblyScript file and its neighbours, compiled; kept by what is in them, since compiling takes seconds. */
async function compileWasm(entry: string): Promise<Buffer> {
  const folder = dirname(entry);
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  const options = [basename(entry), ...ascOptions].join();
  const key = createHash('sha256').update(Buffer.concat(sources)).update(options).digest('hex');
  const kept = here(`node_modules/.cache/wasm/${key}.wasm`);
  if (existsSync(kept)) return readFileSync(kept);
  const { default: asc } = await import('assemblyscript/asc');
  let compiled: Uint8Array = new Uint8Array(0);
  const { error, stderr } = await asc.main([entry, '--outFile', 'out.wasm', ...ascOptions], {
    readFile: (name, base) => {
      const path = isAbsolute(name) ? name : join(base, name);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    writeFile: (name, contents) => void (name === 'out.wasm' && (compiled = contents as Uint8Array)),
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, compiled);
  return Buffer.from(compiled);
}

/** `import instantiate from './x.ts?wasm'`: AssemblyScript as WebAssembly within the script, so that nothing is fetched. */
const wasmSource = (): Plugin => ({
  name: 'wasm-source',
  enforce: 'pre',
  async load(id) {
    if (!id.endsWith('?wasm')) return;
    const entry = id.slice(0, -'?wasm'.length);
    for (const name of readdirSync(dirname(entry))) this.addWatchFile(join(dirname(entry), name));
    const bytes = await compileWasm(entry);
    return `const text = atob('${bytes.toString('base64')}');
const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
let compiled;
export default (host) => {
  try {
    compiled ??= new WebAssembly.Module(bytes);
    const imports = WebAssembly.Module.imports(compiled).map(({ module }) => [module, host]);
    return new WebAssembly.Instance(compiled, Object.fromEntries(imports)).exports;
  } catch {
    return null;
  }
};`;
  },
});

/** `import text from './x.worker.ts?source'`: the worker bundled into one script, as text, for a blob: worker. */
const workerSource = (): Plugin => ({
  name: 'worker-source',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (!source.endsWith('?source')) return;
    const resolved = await this.resolve(source.slice(0, -'?source'.length), importer);
    return resolved && `${resolved.id}?source`;
  },
  async load(id) {
    if (!id.endsWith('?source')) return;
    const result = (await build({
      configFile: false,
      plugins: [wasmSource()],
      logLevel: 'warn',
      publicDir: false,
      resolve: { alias: lean },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        write: false,
        target: 'es2022',
        license: { fileName: 'licences.md' },
        lib: { entry: id.slice(0, -'?source'.length), formats: ['iife'], name: 'worker' },
        rolldownOptions: { output: { comments: false } },
      },
    })) as Rolldown.RolldownOutput[];
    const [chunk, ...rest] = result[0]!.output;
    const notices = rest.find((file) => file.fileName === 'licences.md');
    if (notices?.type === 'asset' && this.environment.mode === 'build') {
      const worker = id.match(/([a-z]+)\.worker/)?.[1];
      this.emitFile({ type: 'asset', fileName: `third-party-licences-${worker}.md`, source: notices.source });
    }
    for (const file of chunk.moduleIds) if (!file.includes('node_modules')) this.addWatchFile(file);
    return `export default ${JSON.stringify(chunk.code)}`;
  },
});

// Tests against results of trusted software on real files, which stand beside the repository, not in it.
const onRealFiles = ['test/golden/**', 'test/core/1-collect/real-files.test.ts'];
const hasRealFiles = existsSync(here('../shared/reference'));
if (process.env['VITEST'] && !hasRealFiles)
  console.error('The real files beside the repository are absent: tests run on generated samples only.');

export default defineConfig({
  base: './',
  appType: 'mpa',
  plugins: [svelte({ configFile: false }), policyMeta(), workerSource(), wasmSource()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    license: { fileName: 'third-party-licences.md' },
  },
  preview: { host: '127.0.0.1', port: 4173, headers },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/*.test.ts', 'test/{core,contract,golden,terminal}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...(hasRealFiles ? [] : onRealFiles)],
          testTimeout: 60_000,
          // The core is pure: its files may share modules, which are then loaded once a worker instead of once a file.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'storage',
          include: ['test/storage/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: findBrowser() ?? undefined, args: launchArguments },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
