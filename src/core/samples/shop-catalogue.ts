import type { Random } from '../kit/random';

export type ShopProduct = { name: string; category: number; priceCents: number };

export const shopCategories = ['Kitchen', 'Bath', 'Textiles', 'Storage', 'Garden', 'Lighting', 'Gifts'];

const things = [
  ['Bowl', 'Mug', 'Teapot', 'Pan', 'Cutting board', 'Whisk'],
  ['Soap dish', 'Towel rail', 'Bath mat', 'Mirror', 'Brush set', 'Hook'],
  ['Throw', 'Cushion', 'Curtain', 'Table runner', 'Apron', 'Quilt'],
  ['Basket', 'Crate', 'Shelf', 'Tin', 'Trunk', 'Peg board'],
  ['Planter', 'Watering can', 'Lantern', 'Bird feeder', 'Trowel', 'Bench'],
  ['Table lamp', 'Candle', 'Light chain', 'Floor lamp', 'Shade', 'Night light'],
  ['Gift box', 'Music box', 'Photo frame', 'Keepsake', 'Card set', 'Ornament'],
];
const looks = ['oak', 'linen', 'blue', 'white', 'striped', 'stoneware'];

/** Six looks of each thing; prices crowd just below 20, as shops do. */
export function createCatalogue(random: Random): ShopProduct[] {
  return things.flatMap((names, category) =>
    names.flatMap((thing) =>
      looks.map((look) => ({ name: `${thing}, ${look}`, category, priceCents: drawPrice(random) })),
    ),
  );
}

function drawPrice(random: Random): number {
  const kind = random.next();
  if (kind < 0.4) return 495 + 100 * random.below(10);
  if (kind < 0.7) return 1690 + 100 * random.below(4);
  return 2090 + 200 * random.below(15);
}
