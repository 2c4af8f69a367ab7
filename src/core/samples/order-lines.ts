import { createRandom } from '../kit/random';
import { shopHeader, writeLines } from './shop';
import { keepBooks } from './shop-orders';

const customersAShop = 20_000;
const linesAChunk = 5_000;

/** A CSV of exactly `nLines` order lines in chunks of text: the books of one sample shop after another, about a dozen lines a customer. */
export function* orderLinesCsv(seed: number, nLines: number): Generator<string> {
  yield shopHeader;
  let nWritten = 0;
  let nOrders = 0;
  for (let shop = 0; nWritten < nLines; shop++) {
    const random = createRandom(seed + shop);
    const books = keepBooks(random, customersAShop);
    let chunk: string[] = [];
    for (const line of writeLines(random, books, shop * customersAShop, nOrders)) {
      chunk.push(line);
      if (++nWritten === nLines) break;
      if (chunk.length < linesAChunk) continue;
      yield chunk.join('');
      chunk = [];
    }
    yield chunk.join('');
    nOrders += books.orders.length;
  }
}
