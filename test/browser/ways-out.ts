// Ways by which a page or a worker could send something away. Each runs inside the browser, so it may use nothing from
// outside itself; each asks for an address that ends in its own name.
export type Way = string | ((address: string) => void);

const anywhere: Record<string, Way> = {
  fetch: (address) => void fetch(address, { mode: 'no-cors' }).catch(() => {}),
  keepalive: (address) =>
    void fetch(address, { mode: 'no-cors', keepalive: true, method: 'POST' }).catch(() => {}),
  request: (address) => {
    const request = new XMLHttpRequest();
    request.open('GET', address);
    request.send();
  },
  socket: (address) => void new WebSocket(address.replace('http', 'ws')),
  events: (address) => void new EventSource(address),
  // As text, since the test's own bundler would rewrite it.
  module: 'address => void import(address).catch(() => {})',
  cache: (address) =>
    void caches
      .open('x')
      .then((cache) => cache.add(address))
      .catch(() => {}),
  font: (address) => void new FontFace('x', `url(${address})`).load().catch(() => {}),
};

export const fromPage: Record<string, Way> = {
  ...anywhere,
  beacon: (address) => void navigator.sendBeacon(address, 'x'),
  image: (address) => {
    new Image().src = address;
  },
  form: (address) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    frame.name = 'form-target';
    const form = document.body.appendChild(document.createElement('form'));
    Object.assign(form, { action: address, method: 'post', target: 'form-target' });
    form.submit();
  },
  frame: (address) => {
    document.body.appendChild(document.createElement('iframe')).src = address;
  },
  style: (address) => {
    Object.assign(document.head.appendChild(document.createElement('link')), {
      rel: 'stylesheet',
      href: address,
    });
  },
  background: (address) => {
    document.body.style.backgroundImage = `url(${address})`;
  },
  video: (address) => {
    document.body.appendChild(document.createElement('video')).src = address;
  },
  script: (address) => {
    document.head.appendChild(document.createElement('script')).src = address;
  },
  ping: (address) => {
    const link = document.body.appendChild(document.createElement('a'));
    Object.assign(link, { href: '#', ping: address });
    link.click();
  },
};

export const fromWorker: Record<string, Way> = {
  ...anywhere,
  importScripts: (address) => {
    (globalThis as unknown as { importScripts(address: string): void }).importScripts(address);
  },
  nested: (address) => {
    const source = `fetch(${JSON.stringify(address)}, { mode: 'no-cors' }).catch(() => {})`;
    new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  },
};
