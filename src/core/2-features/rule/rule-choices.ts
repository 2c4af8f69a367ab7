import type { Collected } from '../../1-collect/collected';
import { refusedModels } from '../../1-collect/consents';
import { namesOf, type RuleContext } from './rule-context';
import type { RuleNames } from './rule-names';

/** A name and how many rows have it, most first; rows of who refused to be profiled are not counted. */
export type Choice = { name: string; n: number };

/** What a rule can be built from here. `names` are all, the traits among them; the lists are the most frequent. */
export type RuleChoices = {
  names: RuleNames;
  attributes: { name: string; missing: number; levels: Choice[] }[];
  events: Choice[];
  categories: Choice[];
  products: Choice[];
  channels: Choice[];
  messages: Choice[];
};

const mostShown = 50;

export function listRuleChoices(context: RuleContext, collected: Collected): RuleChoices {
  const { lines, events, touches } = collected;
  const { customers } = context;
  const own = (codes: Int32Array) => Int32Array.from(customers, (customer) => codes[customer]!);
  const refused = refusedModels(collected.consents);
  const counted = (codes: Int32Array, customer: Int32Array | undefined) =>
    refused && customer ? codes.filter((_, row) => !refused[customer[row]!]) : codes;
  const top = (codes: Int32Array | null | undefined, levels: string[] | undefined, customer?: Int32Array) =>
    codes && levels ? topLevels(counted(codes, customer), levels) : [];
  return {
    names: namesOf(context, collected),
    attributes: context.attributes.flatMap((attribute) => {
      if (attribute.kind !== 'category') return [];
      const codes = own(attribute.codes);
      const missing = codes.reduce((n, code) => n + (code < 0 ? 1 : 0), 0);
      return [{ name: attribute.name, missing, levels: topLevels(codes, attribute.levels) }];
    }),
    events: top(events?.name.codes, events?.name.levels, events?.customer),
    categories: top(lines?.category, lines?.categoryNames, lines?.customer),
    products: top(lines?.product, lines?.productNames, lines?.customer),
    channels: top(lines?.channel?.codes, lines?.channel?.levels, lines?.customer),
    messages: countTexts(touches?.kinds.filter((_, row) => !refused?.[touches.customer[row]!]) ?? []),
  };
}

function topLevels(codes: Int32Array, levels: string[]): Choice[] {
  const counts = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const all = levels.map((name, code) => ({ name, n: counts[code]! })).filter(({ n }) => n > 0);
  return all.sort((a, b) => b.n - a.n).slice(0, mostShown);
}

function countTexts(texts: readonly string[]): Choice[] {
  const levels = [...new Set(texts)];
  return topLevels(
    Int32Array.from(texts, (text) => levels.indexOf(text)),
    levels,
  );
}
