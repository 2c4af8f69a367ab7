import type { Consent } from '../1-collect/canonical';
import { allowed, refusedModels } from '../1-collect/consents';
import { formatExact, plural } from './words';

/** How many refused to be measured or profiled and are in nothing that is made of the data; null when nobody did. */
export function sayRefused(consents: readonly Consent[]): string | null {
  const refused = refusedModels(consents);
  if (!refused) return null;
  const n = refused.reduce((sum, flag) => sum + flag, 0);
  return `Left out: ${formatExact(n)} of ${plural(refused.length, 'customer')} refused profiling or measurement, so ${n === 1 ? 'they are' : 'these are'} in no segment, prediction, list or count here.`;
}

/** How many of these customers a list for the purpose leaves out; null where it leaves out nobody. */
export function sayNotAgreed(
  customers: Int32Array,
  consents: readonly Consent[],
  purpose: string | null,
): string | null {
  const agreed = purpose === null ? null : allowed([...consents], purpose);
  if (!agreed) return null;
  const n = customers.reduce((sum, customer) => sum + 1 - agreed[customer]!, 0);
  const what = purpose === 'marketing' ? purpose : `${purpose} marketing`;
  return n === 0
    ? null
    : `Lists are for ${what}: ${formatExact(n)} of ${plural(customers.length, 'customer')} are left out, having no consent to this in your data.`;
}
