import type { Issue, TableKind } from './collected';
import { columnOf, type ReadTable } from './read-table';
import { sayOf } from './row-tally';
import type { SortedTables } from './table-kinds';
import { plural } from './wording';

const ofPeople: TableKind[] = [
  'lines',
  'customers',
  'subscriptions',
  'events',
  'touches',
  'surveys',
  'deals',
];

/** Deals that name companies only, where no file names a person: then the companies are the customers. */
export function companiesAsCustomers(sorted: SortedTables): ReadTable[] {
  const namesPeople = (table: ReadTable) =>
    (['customer', 'email', 'phone'] as const).some((role) => columnOf(table, role));
  if (ofPeople.flatMap(sorted.of).some(namesPeople)) return [];
  return sorted.of('deals').filter((table) => {
    const company = columnOf(table, 'account');
    if (company)
      Object.assign(company.reading, {
        role: 'customer',
        roleWhy: 'no file names people: it tells whose deal it is',
      });
    return company !== undefined;
  });
}

export function companyCustomersIssue(table: ReadTable): Issue {
  const { reading } = columnOf(table, 'customer')!;
  const sentence = `no file says which people the deals are with, so each company in column ${reading.name} is taken for one customer: ${plural(reading.distinct, 'company', 'companies')}.`;
  return sayOf(table, 'companies are customers', reading.distinct, sentence);
}
