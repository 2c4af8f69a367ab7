// The only place that makes workers. A blob: worker inherits the page's policy; one loaded by address would have none.
type TrustedScript = { createScriptURL(url: string): string };
type TrustedTypes = {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): TrustedScript;
};

const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
const workerBoot = trustedTypes?.createPolicy('worker-boot', {
  createScriptURL: (url) => {
    if (!url.startsWith('blob:')) throw new TypeError('workers start from blob: addresses only');
    return url;
  },
});

/** Starts a classic worker from its whole source text. */
export function spawnWorker(source: string, name: string): Worker {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(workerBoot ? workerBoot.createScriptURL(url) : url, { name });
  worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
  return worker;
}
