import type { Accounts } from './canonical';
import type { CustomerAttribute, Issue } from './collected';
import { type RoleLevel, roleLevels } from './job-titles';
import { plural } from './wording';

/** Which ranks of those who decide on a purchase together are known at a company, and which are not. */
export type CommitteeCoverage = {
  name: string;
  /** People of it whose rank is known. */
  contacts: number;
  known: RoleLevel[];
  missing: RoleLevel[];
  /** Known ranks of all four. */
  share: number;
};

const deciding: readonly RoleLevel[] = ['Founder or C-level', 'VP or director'];

/** By company, in the order of `accounts`: the ranks of its people; without those of whom no rank is known. */
export function coverCommittees(
  { names, ofCustomer }: Pick<Accounts, 'names' | 'ofCustomer'>,
  level: Extract<CustomerAttribute, { kind: 'category' }>,
): CommitteeCoverage[] {
  const found = names.map(() => ({ contacts: 0, levels: new Set<string>() }));
  ofCustomer.forEach((account, customer) => {
    const code = level.codes[customer]!;
    if (account < 0 || code < 0) return;
    found[account]!.contacts++;
    found[account]!.levels.add(level.levels[code]!);
  });
  return found.flatMap(({ contacts, levels }, account) => {
    if (contacts === 0) return [];
    const known = roleLevels.filter((one) => levels.has(one));
    const missing = roleLevels.filter((one) => !levels.has(one));
    return [{ name: names[account]!, contacts, known, missing, share: known.length / roleLevels.length }];
  });
}

/** At how many companies somebody who decides is known; none where no company has two people with a rank. */
export function tellCommittees(coverage: readonly CommitteeCoverage[]): Issue[] {
  const several = coverage.filter(({ contacts }) => contacts > 1);
  if (several.length === 0) return [];
  const open = several.filter(({ known }) => !known.some((one) => deciding.includes(one)));
  const whole = several.filter(({ missing }) => missing.length === 0).length;
  const example = open[0]
    ? ` Nobody who decides is known at ${open.length} of them, ${open[0].name} for one.`
    : '';
  const sentence = `${plural(several.length, 'company', 'companies')} with two contacts or more whose job title says their rank: all four ranks are known at ${whole}.${example}`;
  return [
    { kind: 'who decides at companies', severity: 'info', sentence, rows: several.length, example: null },
  ];
}
