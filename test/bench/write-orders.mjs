// Order lines of sample shops, one shop after another, as files to measure on.
import { closeSync, openSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const source = fileURLToPath(new URL('../../src/core/samples/order-lines.ts', import.meta.url));

const wideColumns = 'line_id,updated_at,email,payment,landing_page';
const payments = ['card', 'invoice', 'paypal', 'bank transfer'];
const campaigns = ['newsletter', 'spring_sale', 'brand', 'retargeting', 'organic', 'referral', 'partner'];

/** What a shop system adds to a line: a number and a time of its own, so that two columns hardly ever repeat. */
function widen(/** @type {string} */ line, /** @type {number} */ i) {
  const [order = '', customer = '', time = ''] = line.split(',', 3);
  const seconds = String((i * 37) % 60).padStart(2, '0');
  const campaign = campaigns[(i + order.length) % campaigns.length];
  const page = `/${campaign}/sku-${String((i * 7919) % 4000).padStart(5, '0')}`;
  const email = customer && `c${customer}@mail.test`;
  return `${line},${10_000_000 + i},${time}:${seconds},${email},${payments[i % payments.length]},${page}`;
}

/**
 * Writes `nLines` order lines: as the sample shop exports them (about 73 bytes each) or, wide, with five columns more
 * (about 150 bytes).
 * @param {string} path @param {number} nLines @param {boolean} isWide
 */
export async function writeOrders(path, nLines, isWide) {
  const { module } = await runnerImport(source, { configFile: false });
  const file = openSync(path, 'w');
  let i = -1;
  for (const chunk of module.orderLinesCsv(42, nLines)) {
    if (!isWide) {
      writeSync(file, chunk);
      continue;
    }
    const lines = chunk.split('\n');
    lines.pop();
    writeSync(
      file,
      lines
        .map((/** @type {string} */ line) => `${i++ < 0 ? `${line},${wideColumns}` : widen(line, i)}\n`)
        .join(''),
    );
  }
  closeSync(file);
}
