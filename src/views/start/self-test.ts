export type Attempt = { way: string; isRefused: boolean };

/** A name that by standard (RFC 2606) belongs to nobody; nothing about any customer is in the attempts. */
const host = 'egress-test.invalid';
const nowhere = `https://${host}/`;

/** True when the page carries its policy; under the development server it does not, and nothing is tried there. */
export const hasPolicy = (): boolean =>
  document.querySelector('meta[http-equiv="Content-Security-Policy"]') !== null;

/** Runs `attempt` and reports whether the browser's policy refused it, by the browser's own violation event. */
function refused(directive: string, attempt: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isRefused: boolean) => {
      document.removeEventListener('securitypolicyviolation', onViolation);
      clearTimeout(timer);
      resolve(isRefused);
    };
    const onViolation = (event: SecurityPolicyViolationEvent) => {
      if (event.effectiveDirective === directive && event.blockedURI.includes(host)) settle(true);
    };
    const timer = setTimeout(() => settle(false), 2000);
    document.addEventListener('securitypolicyviolation', onViolation);
    attempt();
  });
}

/** Tries to send in four ways and says of each whether the browser refused. */
export async function tryToSend(): Promise<Attempt[]> {
  const attempts: [string, string, () => void][] = [
    ['By a web request', 'connect-src', () => void fetch(nowhere).catch(() => undefined)],
    ['By a beacon', 'connect-src', () => void navigator.sendBeacon(nowhere, 'test')],
    ['By a live connection', 'connect-src', openSocket],
    // Not an image: Chromium lists a refused one among the page's requests, though none was made.
    ['By loading a sound', 'media-src', () => new Audio(nowhere).load()],
  ];
  const results: Attempt[] = [];
  for (const [way, directive, attempt] of attempts)
    results.push({ way, isRefused: await refused(directive, attempt) });
  return results;
}

function openSocket() {
  try {
    new WebSocket(`wss://${host}/`);
  } catch {
    // Some browsers throw instead; the violation event tells.
  }
}
