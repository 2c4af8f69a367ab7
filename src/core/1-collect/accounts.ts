import { accountKey } from './account-names';
import type { Accounts } from './canonical';
import type { Issue } from './collected';
import { companyDomain, isFreeMail, mailDomain } from './free-mail-domains';
import { type Column, columnOf, type ReadTable } from './read-table';
import { sayOf } from './row-tally';
import { type CustomerOf, findColumn } from './spread-columns';
import { count, plural } from './wording';

const companyNames =
  /\b(company|organi[sz]ation|employer|firma|unternehmen|entreprise|societe|empresa|compania|bedrijf|account)( name)?$|^(associated|billing|default address) company$/;

/**
 * The company of each customer: as its column says; where that is empty, as the column says of others with the same
 * e-mail domain; else the domain. An address at a free mail host says nothing. Null when nobody has a company.
 */
export function readAccounts(
  tables: ReadTable[],
  customerOf: CustomerOf,
  nCustomers: number,
): { accounts: Accounts; issues: Issue[] } | null {
  const said = new Array<string>(nCustomers).fill('');
  const domain = new Array<string>(nCustomers).fill('');
  let nFree = 0;
  let where: ReadTable | null = null;
  for (const table of tables) {
    const company = companyColumn(table);
    const email = emailColumn(table);
    if (!company && !email) continue;
    where ??= table;
    const domains = email?.profile.levels.map(mailDomain);
    const customer = customerOf(table);
    for (let row = 0; row < customer.length; row++) {
      const index = customer[row]!;
      if (index < 0) continue;
      if (company && said[index] === '') said[index] = nameAt(company, row);
      if (domains && domain[index] === '') domain[index] = domains[email!.profile.codes[row]!]!;
    }
  }
  const hosts = findMailHosts(domain);
  for (let index = 0; index < nCustomers; index++) {
    if (!hosts.has(domain[index]!)) continue;
    domain[index] = '';
    nFree++;
  }
  const accounts = groupCustomers(said, domain.map(companyDomain));
  if (!where || accounts.names.length === 0) return null;
  return { accounts, issues: [tellAccounts(where, accounts, nFree)] };
}

/** So many customers and such a share of them at one domain are no colleagues: it is a mail host nobody listed. */
const MANY = 30;
const MAX_SHARE = 0.25;

function findMailHosts(domain: string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const name of domain) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  const all = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const isHost = ([name, n]: [string, number]) => n >= Math.max(MANY, all * MAX_SHARE) || isFreeMail(name);
  return new Set([...counts].filter(isHost).map(([name]) => name));
}

/** Words that fill a company field and name none. */
const noCompany =
  /^(-|\.|x|none|no|keine?|privat|private|personal|self|selbst|aucune?|ninguna|geen|n\.?a\.?|freelance|individual)$/i;

function nameAt({ profile }: Column, row: number): string {
  const code = profile.codes[row]!;
  const text = profile.isMissing[code] ? '' : profile.levels[code]!.trim();
  return noCompany.test(text) ? '' : text;
}

const companyColumn = (table: ReadTable): Column | undefined =>
  findColumn(table, 'account', companyNames, ({ numbers, dates }) => !numbers && !dates);

/** The column that holds addresses, whatever part it plays: often it is who the customer is. */
export function emailColumn(table: ReadTable): Column | undefined {
  const hasAddresses = ({ profile }: Column) => {
    const present = profile.levels.filter((_, code) => !profile.isMissing[code] && profile.counts[code]! > 0);
    return (
      present.length > 0 && present.filter((text) => mailDomain(text) !== '').length > present.length / 2
    );
  };
  const named = columnOf(table, 'email');
  if (named) return named;
  return table.columns.find(
    (column) =>
      (column.reading.role === 'customer' || /\be ?mail\b/.test(column.words)) && hasAddresses(column),
  );
}

function groupCustomers(said: string[], domain: string[]): Accounts {
  const keys = said.map(accountKey);
  const ofDomain = commonKeys(keys, domain);
  const numbers = new Map<string, number>();
  const written: Map<string, number>[] = [];
  const ofCustomer = Int32Array.from(keys, (own, customer) => {
    const key =
      own !== ''
        ? own
        : domain[customer] === ''
          ? ''
          : (ofDomain.get(domain[customer]!) ?? domain[customer]!);
    if (key === '') return -1;
    const account = numbers.get(key) ?? written.push(new Map()) - 1;
    numbers.set(key, account);
    const text = own === '' ? '' : said[customer]!;
    written[account]!.set(text, (written[account]!.get(text) ?? 0) + 1);
    return account;
  });
  const keyOf = [...numbers.keys()];
  const names = written.map((texts, account) => {
    texts.delete('');
    const [best] = [...texts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return best?.[0] ?? keyOf[account]!;
  });
  return { names, ofCustomer, source: said.some((text) => text !== '') ? 'column' : 'domain' };
}

/** The company that most customers of a domain name. */
function commonKeys(keys: string[], domain: string[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  keys.forEach((key, customer) => {
    if (key === '' || domain[customer] === '') return;
    const own = counts.get(domain[customer]!) ?? new Map<string, number>();
    own.set(key, (own.get(key) ?? 0) + 1);
    counts.set(domain[customer]!, own);
  });
  return new Map(
    [...counts].map(([name, own]) => [name, [...own].reduce((a, b) => (b[1] > a[1] ? b : a))[0]]),
  );
}

function tellAccounts(table: ReadTable, { ofCustomer, names, source }: Accounts, nFree: number): Issue {
  const nPeople = ofCustomer.reduce((n, account) => n + (account >= 0 ? 1 : 0), 0);
  const by = source === 'column' ? 'by the company column, else the e-mail address' : 'by the e-mail address';
  const free = nFree > 0 ? ` ${count(nFree)} with an address at a free mail host belong to none by it.` : '';
  const sentence = `${plural(nPeople, 'customer')} of ${plural(names.length, 'company', 'companies')}, ${by}.${free}`;
  return sayOf(table, 'companies found', nPeople, sentence);
}
