import { averageOrder, itemsPerOrder, weekendShare } from './measures/basket';
import { orders90, spend90, trend } from './measures/lately';
import type { OrderMeasure } from './measures/order-measure';
import { discountShare, refundShare } from './measures/price';
import { breadth, categories } from './measures/range';
import { frequency, monetary, recency } from './measures/rfm';
import { gapMean, gapRatio, gapSpread, tenure } from './measures/rhythm';

/** The three of RFM, in their order. */
export const rfmMeasures: OrderMeasure[] = [recency, frequency, monetary];

/** Every feature made from orders: a new one is a file (or a place in its family's) and a line here. */
export const orderMeasures: OrderMeasure[] = [
  ...rfmMeasures,
  tenure,
  averageOrder,
  gapMean,
  gapSpread,
  gapRatio,
  trend,
  orders90,
  spend90,
  breadth,
  categories,
  itemsPerOrder,
  discountShare,
  refundShare,
  weekendShare,
];
