import { headerKey } from './header-key';

/** Headers true of the day of the export: they know what came after any earlier date. */
const snapshotKeys = new Set(
  (
    'total spent|total orders|total spend|orders|number of orders|orders count|order count|aov|average order value|payment count|refunded volume|dispute losses|delinquent|status|' +
    'last active|last order|last order date|last order id|last seen|last login|last purchase|last purchase date|last activity date|last contacted|last engagement date|last open|last click|' +
    'historic customer lifetime value|total customer lifetime value|predicted customer lifetime value|customer lifetime value|clv|ltv|predicted clv|predicted ltv|churn risk prediction|expected date of next order|' +
    'historic number of orders|predicted number of orders|average days between orders|days to close|lifecycle stage|lifecyclestage|lead status|hs lead status|email suppressions|' +
    'number of sales activities|number of times contacted|number of associated deals|number of pageviews|number of sessions|number of form submissions|number of unique forms submitted|' +
    'marketing emails opened|marketing emails clicked|marketing emails replied|last changed|member rating|lifetime value|lifetime revenue|total revenue to date|current month rfm group'
  )
    .split('|')
    .map(headerKey),
);
const snapshotPattern =
  /^last (marketing email .*date|order|purchase|active|activity)\b|\b(historic|predicted|lifetime) .*\bvalue$|\brfm\b.*\b(group|segment|score)$/;

/** Whether a column of a customer table, by its header in words, tells how things stand on the day of the export. */
export const isSnapshotHeader = (words: string): boolean =>
  snapshotKeys.has(headerKey(words)) || snapshotPattern.test(words);
