// The words of `npm run segment`, read into what the app's `run` takes. Nothing is decided here.
import { parseArgs } from 'node:util';

/**
 * What `globalThis.coterie.run` takes; what is left out is for the app to choose.
 * @typedef {{
 *   sample?: string, asOf?: string, refunds?: string, features?: string, nClusters?: 'auto' | number,
 *   algorithm?: string, seed?: number, target?: string, horizonDays?: number, nOrigins?: number,
 *   splitRule?: string, knownBefore?: string[], valueHorizonDays?: number, margin?: number, discountRate?: number, answers?: { role: string, column: string }[], currency?: string,
 *   rates?: { code: string, rate: number }[], tax?: string, shipping?: string, timeZone?: string, only?: string[],
 *   personal?: { kind: string, treatment: string }[],
 *   transforms?: { purpose: string, trait: string, transform: string }[],
 * }} RunOptions
 */

export const usage = `npm run segment -- FILE… --out DIR [options]

With no FILE it runs on a sample company; with no --out it prints and saves nothing.

  --sample KIND          with no FILE: shop (default), subscription or services
  --as-of YYYY-MM-DD     end of observation (default: the day after the last order)
  --refunds net|drop     net cancellations against orders (default), or drop cancelled and non-positive lines
  --features all|rfm|full   rfm = days since the last order, number of orders and spend only; full = every trait
  --n-clusters auto|N    number of segments (default: the app recommends one)
  --algorithm NAME       how segments are found: kmeans (default), miniBatchKmeans, kPrototypes (numbers and
                         categories), gaussianMixture, ward or density (finds their number, leaves some in none)
  --seed N               same data, options and seed give the same results (default 42)
  --target churn|repurchase|cancel|upgrade|event:NAME|column:NAME[=VALUE]   what to predict (default: the end of
                         subscriptions, else no more orders, else a column such as "Churn")
  --horizon DAYS         how far ahead to predict (default 90)
  --origins N            on how many dates to test the prediction (default 3)
  --known-before COLUMN  learn from a column although it gives the answer away (repeatable)
  --split RULE           where there are no dates: which rows test, e.g. index%5==0
  --map ROLE=COLUMN      settle a column that the app would ask about (repeatable)
  --currency CODE        tell all money in this currency
  --rate CODE=RATE       what one unit of another currency is worth in it (repeatable; 0 leaves its rows out)
  --tax with|without     amounts with or without tax, where the file tells them apart (default: as the file has it)
  --shipping with|without   the same for shipping
  --time-zone ZONE       the clock that days and hours are told by, such as Europe/Berlin (default UTC)
  --personal KIND=WHAT   keep, hash or drop name, email, phone, card, address, birthday or ip columns before
                         anything is stored (repeatable; default: cards are dropped, all else is kept)
  --read PURPOSE:TRAIT=WAY   how groups or predictions read one trait, by its name on the Traits tab (repeatable), as
                         groups:monetary=quantileScale; numbers: standardScale, log, winsorise, robustScale (groups
                         only), quantileScale; categories: oneHot, and for predictions frequencyEncode, targetEncode
  --value-horizon DAYS   how far ahead customers are valued (default 365)
  --margin SHARE         share of an order that is kept as profit, 0 to 1 (default 1: value is revenue)
  --discount-rate SHARE  a year's loss of worth of money to come, such as 0.1 (default 0)
  --only PARTS           check, segments, predictions, clv; separated by commas
`;

/** @param {string} wanted @param {string} got @returns {never} */
const refuse = (wanted, got) => {
  throw new Error(`${wanted}; got ${got}`);
};

/** @param {string} flag @param {readonly string[]} words */
const oneOf = (flag, words) => (/** @type {string} */ text) =>
  words.includes(text) ? text : refuse(`${flag} takes ${words.join(' or ')}`, `"${text}"`);

/** @param {string} flag @param {number} least */
const wholeNumber = (flag, least) => (/** @type {string} */ text) =>
  /^-?\d{1,15}$/.test(text) && Number(text) >= least
    ? Number(text)
    : refuse(`${flag} takes a whole number${least > -Infinity ? ` of ${least} or more` : ''}`, `"${text}"`);

/** @param {string} text */
function day(text) {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  const isReal = Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
  return isReal ? text : refuse('--as-of takes a day as YYYY-MM-DD', `"${text}"`);
}

/** @param {string} text */
function target(text) {
  return /^(churn|repurchase|cancel|upgrade|(event|column):.+)$/s.test(text)
    ? text
    : refuse(
        '--target takes churn, repurchase, cancel, upgrade, event:NAME or column:NAME[=VALUE]',
        `"${text}"`,
      );
}

/** @param {string} text */
function answer(text) {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) return refuse('--map takes ROLE=COLUMN', `"${text}"`);
  return { role: text.slice(0, at), column: text.slice(at + 1) };
}

const kinds = ['name', 'email', 'phone', 'card', 'address', 'birthday', 'ip'];
const treatments = ['keep', 'hash', 'drop'];

/** @param {string} text */
function personal(text) {
  const [kind = '', treatment = '', ...rest] = text.split('=');
  return kinds.includes(kind) && treatments.includes(treatment) && rest.length === 0
    ? { kind, treatment }
    : refuse(`--personal takes KIND=${treatments.join('|')} where KIND is ${kinds.join(', ')}`, `"${text}"`);
}

const purposes = { groups: 'grouping', predictions: 'predicting' };
const numberWays = ['standardScale', 'log', 'winsorise', 'robustScale', 'quantileScale'];
const ways = [...numberWays, 'oneHot', 'frequencyEncode', 'targetEncode'];

/** @param {string} text */
function reading(text) {
  const [, purpose = '', trait, transform = ''] = /^(groups|predictions):(.+)=(\w+)$/s.exec(text) ?? [];
  return ways.includes(transform)
    ? { purpose: purposes[/** @type {keyof typeof purposes} */ (purpose)], trait, transform }
    : refuse(
        `--read takes groups:TRAIT=WAY or predictions:TRAIT=WAY where WAY is ${ways.join(', ')}`,
        `"${text}"`,
      );
}

/** @param {string} text */
function currency(text) {
  return /^[a-z]{3}$/i.test(text)
    ? text.toUpperCase()
    : refuse('--currency takes a code of three letters such as EUR', `"${text}"`);
}

/** @param {string} text */
function rate(text) {
  const [, code = '', value = ''] = /^([a-z]{3})=(\d+(?:\.\d+)?)$/i.exec(text) ?? [];
  return code === ''
    ? refuse('--rate takes CODE=RATE such as USD=0.92', `"${text}"`)
    : { code: code.toUpperCase(), rate: Number(value) };
}

/** @param {string} text */
function timeZone(text) {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: text });
    return text;
  } catch {
    return refuse('--time-zone takes a name such as Europe/Berlin', `"${text}"`);
  }
}

/** @param {string} flag */
const share = (flag) => (/** @type {string} */ text) =>
  /^(0?\.\d+|[01](\.0*)?)$/.test(text)
    ? Number(text)
    : refuse(`${flag} takes a share from 0 to 1 such as 0.4`, `"${text}"`);

const algorithms = ['kmeans', 'miniBatchKmeans', 'kPrototypes', 'gaussianMixture', 'ward', 'density'];
const parts = ['check', 'segments', 'predictions', 'clv'];
/** @param {string} text */
const only = (text) => text.split(',').map((part) => oneOf('--only', parts)(part.trim()));

/** Each option: its name in `run` and how its text is read. @type {Record<string, [string, (text: string) => unknown]>} */
const readers = {
  sample: ['sample', oneOf('--sample', ['shop', 'subscription', 'services'])],
  'as-of': ['asOf', day],
  refunds: ['refunds', oneOf('--refunds', ['net', 'drop'])],
  features: ['features', oneOf('--features', ['all', 'rfm', 'full'])],
  'n-clusters': ['nClusters', (text) => (text === 'auto' ? text : wholeNumber('--n-clusters', 2)(text))],
  algorithm: ['algorithm', oneOf('--algorithm', algorithms)],
  seed: ['seed', wholeNumber('--seed', -Infinity)],
  target: ['target', target],
  horizon: ['horizonDays', wholeNumber('--horizon', 1)],
  origins: ['nOrigins', wholeNumber('--origins', 1)],
  split: ['splitRule', (text) => text],
  'known-before': ['knownBefore', (text) => text],
  map: ['answers', answer],
  currency: ['currency', currency],
  rate: ['rates', rate],
  tax: ['tax', oneOf('--tax', ['with', 'without'])],
  shipping: ['shipping', oneOf('--shipping', ['with', 'without'])],
  'time-zone': ['timeZone', timeZone],
  'value-horizon': ['valueHorizonDays', wholeNumber('--value-horizon', 1)],
  margin: ['margin', share('--margin')],
  'discount-rate': ['discountRate', share('--discount-rate')],
  personal: ['personal', personal],
  read: ['transforms', reading],
  only: ['only', only],
};

const repeatable = ['read', 'map', 'personal', 'rate', 'known-before'];

/**
 * Reads the command line; throws an Error with one sentence when it cannot.
 * @param {string[]} args
 * @returns {{ files: string[], out: string | null, help: boolean, run: RunOptions }}
 */
export function readOptions(args) {
  const { tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      [...Object.keys(readers), 'out'].map((name) => [name, { type: /** @type {const} */ ('string') }]),
    ),
  });
  /** @type {string[]} */
  const files = [];
  /** @type {Record<string, unknown>} */
  const run = {};
  /** @type {string | null} */
  let out = null;
  for (const token of tokens) {
    if (token.kind === 'positional') files.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (name === 'help' || name === 'h') return { files, out, help: true, run };
    const reader = readers[name];
    if (!reader && name !== 'out') throw new Error(`there is no option ${rawName}; --help lists them`);
    if (typeof value !== 'string' || value === '' || (value.startsWith('--') && !token.inlineValue))
      throw new Error(`${rawName} needs a value; --help says which`);
    if (!reader) out = value;
    else if (repeatable.includes(name))
      run[reader[0]] = [.../** @type {unknown[]} */ (run[reader[0]] ?? []), reader[1](value)];
    else run[reader[0]] = reader[1](value);
  }
  if (run.rates && !run.currency)
    throw new Error('--rate needs --currency, the one that money is told in; --help says how');
  if (files.length > 0 && run.sample) throw new Error('--sample goes without files; leave one of them out');
  if (files.length === 0) run.sample ??= 'shop';
  return { files, out, help: false, run };
}
