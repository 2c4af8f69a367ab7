import { averageOrder, itemPrice, itemsPerOrder, linesPerOrder } from './measures/basket';
import * as calendar from './measures/calendar';
import { channelCount, onlineShare } from './measures/channels';
import * as deals from './measures/deals';
import * as events from './measures/events';
import * as gaps from './measures/gaps';
import * as lately from './measures/lately';
import type { OrderMeasure } from './measures/order-measure';
import * as value from './measures/order-value';
import * as price from './measures/price';
import * as range from './measures/range';
import * as refunds from './measures/refunds';
import { frequency, monetary, recency } from './measures/rfm';
import { activeSpan, gapMean, gapRatio, gapSpread, orderDays, tenure } from './measures/rhythm';
import * as subscriptions from './measures/subscriptions';
import * as surveys from './measures/surveys';
import * as touches from './measures/touches';

/** The three of RFM, in their order. */
export const rfmMeasures: OrderMeasure[] = [recency, frequency, monetary];

/** What segments and predictions are made from unless a person chooses: few enough to say different things. */
export const coreMeasures: OrderMeasure[] = [
  ...rfmMeasures,
  tenure,
  averageOrder,
  gapMean,
  gapSpread,
  gapRatio,
  lately.trend,
  lately.orders90,
  lately.spend90,
  range.breadth,
  range.categories,
  itemsPerOrder,
  price.discountShare,
  refunds.refundShare,
  calendar.weekendShare,
];

/** Every further feature made from orders: a new one is a file (or a place in its family's) and a line here. */
export const furtherMeasures: OrderMeasure[] = [
  activeSpan,
  orderDays,
  value.medianOrder,
  value.largestOrder,
  value.smallestOrder,
  value.firstOrder,
  value.lastOrder,
  value.lastOrderRatio,
  value.orderSpread,
  lately.orders30,
  lately.orders60,
  lately.orders180,
  lately.orders365,
  lately.spend30,
  lately.spend60,
  lately.spend180,
  lately.spend365,
  lately.trendMonth,
  lately.trendYear,
  lately.spendTrend,
  gaps.gapMedian,
  gaps.gapShortest,
  gaps.gapLongest,
  gaps.lastGap,
  gaps.gapVariation,
  gaps.gapTrend,
  gaps.gapRatioMedian,
  gaps.gapRatioLongest,
  gaps.regularity,
  range.categoryConcentration,
  range.topCategoryShare,
  range.repeatProductShare,
  range.newProductShare,
  linesPerOrder,
  itemPrice,
  price.discountedOrders,
  price.couponOrders,
  price.listPaidShare,
  refunds.refundedOrders,
  refunds.daysSinceRefund,
  refunds.hasRefunded,
  calendar.favouriteDayShare,
  calendar.nightShare,
  calendar.morningShare,
  calendar.afternoonShare,
  calendar.eveningShare,
  onlineShare,
  channelCount,
];

/** What foretelling who stays away needs beside the core: groups of customers are no clearer for it. */
export const silenceMeasures: OrderMeasure[] = [
  gaps.gapMedian,
  gaps.gapLongest,
  gaps.gapRatioMedian,
  gaps.gapRatioLongest,
];

export const eventMeasures: events.EventMeasure[] = [
  events.depth,
  events.events30,
  events.events90,
  events.eventCount,
  events.activeDays,
  events.sessions,
  events.eventVariety,
  events.daysSinceEvent,
];

export const touchMeasures: touches.TouchMeasure[] = [
  touches.openRate,
  touches.clickRate,
  touches.messagesSent,
  touches.messages30,
  touches.daysSinceOpen,
  touches.hasUnsubscribed,
];

export const surveyMeasures: surveys.SurveyMeasure[] = [
  ...surveys.npsMeasures,
  ...surveys.ratingMeasures,
  surveys.surveyAnswers,
  surveys.daysSinceAnswer,
];

export const subscriptionMeasures: subscriptions.SubscriptionMeasure[] = [
  subscriptions.activeSubscriptions,
  subscriptions.planAge,
  subscriptions.daysToRenewal,
  subscriptions.onTrial,
  subscriptions.monthlyRevenue,
  subscriptions.cancellations,
  subscriptions.daysSinceCancellation,
];

export const dealMeasures: deals.DealMeasure[] = [
  deals.openDeals,
  deals.wonDeals,
  deals.lostDeals,
  deals.openDealAmount,
  deals.wonDealAmount,
];

/** What stands in for the core where there are no orders to tell customers apart by. */
export const coreWithoutOrders = new Set([
  'activeDays',
  'sessions',
  'eventVariety',
  'daysSinceEvent',
  'openRate',
  'lastNps',
  'lastRating',
  'activeSubscriptions',
  'planAge',
  'monthlyRevenue',
  'cancellations',
  'wonDeals',
  'wonDealAmount',
]);
