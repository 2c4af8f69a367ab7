import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url&inline';
import { env, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';

const patience = 5_000;

/** The bytes inside a base64 data: address. */
function decodeDataUrl(url: string): Uint8Array<ArrayBuffer> {
  const text = atob(url.slice(url.indexOf(',') + 1));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** True once the WebAssembly backend runs; false when the browser refuses it or says nothing in time. */
async function startWasm(): Promise<boolean> {
  // The threaded binary breaks when minified, and is no faster.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths('', true);
  const bytes = decodeDataUrl(simd);
  env().platform.fetch = () =>
    Promise.resolve(new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } }));
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), patience));
  // A refused compilation rejects nowhere but here, and leaves setBackend waiting for ever.
  const refused = new Promise<boolean>((resolve) =>
    addEventListener('unhandledrejection', () => resolve(false), { once: true }),
  );
  return Promise.race([setBackend('wasm').catch(() => false), late, refused]);
}

async function startBackend(): Promise<string> {
  if (!(await startWasm())) await setBackend('cpu');
  await ready();
  return getBackend();
}

let started: Promise<string> | null = null;

/** Starts the fastest backend this browser allows, once; without any request. Says which. */
export const startTensors = (): Promise<string> => (started ??= startBackend());
