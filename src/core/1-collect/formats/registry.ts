import { eventLog } from './event-log';
import { ga4Events } from './ga4-events';
import { ga4Totals } from './ga4-totals';
import { hubspotContacts } from './hubspot-contacts';
import { hubspotDeals } from './hubspot-deals';
import { klaviyoProfiles } from './klaviyo-profiles';
import type { KnownExport } from './known-export';
import { mailchimpAudience } from './mailchimp-audience';
import { npsAnswers } from './nps-answers';
import { onlineRetail } from './online-retail';
import { qualtrics } from './qualtrics';
import { shopifyCustomers } from './shopify-customers';
import { shopifyOrders } from './shopify-orders';
import { squareItems } from './square-items';
import { stripeCustomers } from './stripe-customers';
import { stripePayments } from './stripe-payments';
import { stripeSubscriptions } from './stripe-subscriptions';
import { surveymonkey } from './surveymonkey';
import { typeform } from './typeform';
import { woocommerceCustomers } from './woocommerce-customers';
import { woocommerceOrders } from './woocommerce-orders';

/** Every export known by its headers; of several that fit, the one that knows most of them, then the first here. */
export const knownExports: KnownExport[] = [
  shopifyOrders,
  shopifyCustomers,
  woocommerceOrders,
  woocommerceCustomers,
  stripePayments,
  stripeCustomers,
  stripeSubscriptions,
  squareItems,
  onlineRetail,
  hubspotContacts,
  hubspotDeals,
  klaviyoProfiles,
  mailchimpAudience,
  ga4Events,
  surveymonkey,
  typeform,
  qualtrics,
  npsAnswers,
  eventLog,
  ga4Totals,
];
