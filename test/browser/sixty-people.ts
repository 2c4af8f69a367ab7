import { createRandom } from '../../src/core/kit/random';

export type Order = {
  id: string;
  customer: string;
  email: string;
  name: string;
  time: string;
  amount: number;
};

/** A year of orders of 60 people, the first of each on one of the first days; the same for the same seed. */
function makeOrders(nOrders = 600): Order[] {
  const random = createRandom(11);
  return Array.from({ length: nOrders }, (_, i) => {
    const person = i < 60 ? i : random.below(60);
    const time = Date.UTC(2025, 0, 1) + Math.floor((i * 360 * 86_400_000) / nOrders) + 82_800_000;
    return {
      id: `A${1000 + i}`,
      customer: `C${person}`,
      email: `p${person}@planted.example`,
      name: `${['Ann', 'Ben', 'Cleo', 'Dora'][person % 4]} Planted`,
      time: new Date(time).toISOString(),
      amount: (500 + random.below(9000)) / 100,
    };
  });
}

export const orders = makeOrders();
export const revenue = orders.reduce((sum, { amount }) => sum + amount, 0);
