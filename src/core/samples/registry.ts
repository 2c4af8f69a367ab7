import type { SampleCompany } from './sample-company';
import { sampleServices } from './services';
import { sampleShop } from './shop';
import { sampleSubscription } from './subscription';

/** Every company that can be made up: a new one is a file and a line here. Sizes are customers, each kind has its own. */
export const sampleCompanies = {
  shop: sampleShop,
  subscription: sampleSubscription,
  services: sampleServices,
} satisfies Record<string, (seed: number, nCustomers?: number) => SampleCompany>;

export type SampleKind = keyof typeof sampleCompanies;
