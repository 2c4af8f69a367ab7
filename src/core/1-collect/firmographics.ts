import type { Accounts } from './canonical';
import type { CustomerAttribute } from './collected';
import { countryCode } from './country-codes';
import { readJobTitle } from './job-titles';
import type { Column, ReadTable } from './read-table';
import { type CustomerOf, findColumn } from './spread-columns';
import { columnName } from './wording';

export const sizeBands = ['1–10', '11–50', '51–200', '201–1,000', '1,001–5,000', 'over 5,000'];
const bandEnds = [10, 50, 200, 1000, 5000];

/** The band of a number of people or of a range of them by its start: "42", "11-50", "1000+", "10,001 or more". */
export function sizeBand(text: string): string {
  const start = /\d[\d.,’' ]*/.exec(text)?.[0].replace(/\D/g, '');
  if (!start || Number(start) < 1) return '';
  const band = bandEnds.findIndex((end) => Number(start) <= end);
  return sizeBands[band < 0 ? bandEnds.length : band]!;
}

/** "COMPUTER_SOFTWARE" and "Computer Software " are "Computer software"; "Oil & Gas" is "Oil and gas". */
export function industryName(text: string): string {
  const words = text.replace(/&/g, ' and ').replace(/_/g, ' ').replace(/\s+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

/** A trait that a column tells in its own words and the app in fewer: what is shown, and how a cell reads. */
type Trait = {
  name: string;
  columns: RegExp;
  read(text: string): string;
  /** The same for everybody at a company, so that colleagues tell it of one another. */
  isOfCompany?: boolean;
  /** What cannot be read keeps its own words. */
  isKept?: boolean;
};

const titles =
  /^(job ?title|jobtitle|title|position|job|job role|role|berufsbezeichnung|beruf|stelle|poste|fonction|cargo|puesto|functie|functietitel)$/;
const traits: Trait[] = [
  { name: 'Role level', columns: titles, read: (text) => readJobTitle(text)?.level ?? '' },
  { name: 'Job function', columns: titles, read: (text) => readJobTitle(text)?.field ?? '' },
  {
    name: 'Company size',
    columns:
      /^(company size|number of employees|num(ber)? employees|no of employees|employees|employee count|headcount|mitarbeiter(zahl|anzahl)?|unternehmensgrosse|effectif|nombre d employes|empleados|numero de empleados|aantal (werknemers|medewerkers))$/,
    read: sizeBand,
    isOfCompany: true,
  },
  {
    name: 'Industry',
    columns: /^(industry|company industry|sector|branche|industrie|secteur|industria|bedrijfstak)$/,
    read: industryName,
    isOfCompany: true,
  },
  {
    name: 'Country',
    columns:
      /^(country|country code|country region|default address country( code)?|billing country|land|pays|pais)$/,
    read: countryCode,
    isKept: true,
  },
];

/** Forms of address: a column of these is no column of job titles. */
const salutation =
  /^(mr|mrs|ms|miss|mx|dr|prof|herr|frau|mme|mlle|m|monsieur|madame|sr|sra|dhr|mevr|mw)\.?$/i;

const present = ({ profile }: Column): string[] =>
  profile.levels.filter((_, code) => !profile.isMissing[code] && profile.counts[code]! > 0);

/**
 * Rank and function from job titles, company size in bands, industry, country as one code. `replaced` names the
 * columns (as attributes name their source) that say the same in more words; numbers of people stay beside the bands.
 */
export function readFirmographics(
  tables: ReadTable[],
  customerOf: CustomerOf,
  nCustomers: number,
  accounts: Accounts | null,
): { attributes: CustomerAttribute[]; replaced: Set<string> } {
  const replaced = new Set<string>();
  const attributes = traits.flatMap((trait): CustomerAttribute[] => {
    const levels: string[] = [];
    const codes = new Int32Array(nCustomers).fill(-1);
    const sources: string[] = [];
    for (const table of tables) {
      const column = findColumn(
        table,
        trait.name === 'Country' ? 'country' : null,
        trait.columns,
        (c) => !c.dates,
      );
      if (!column || !isReadable(column, trait)) continue;
      const source = `${table.profile.fileName}, ${columnName(column.reading.name)}`;
      sources.push(source);
      if (column.reading.type !== 'number') replaced.add(source);
      fillTrait(codes, levels, column, customerOf(table), trait);
    }
    if (sources.length === 0) return [];
    if (trait.isOfCompany && accounts) fillFromColleagues(codes, levels.length, accounts);
    return [{ name: trait.name, kind: 'category', codes, levels, source: sources.join('; ') }];
  });
  return { attributes, replaced };
}

/** Most of what stands in the column must be readable, or it means something else. */
function isReadable(column: Column, { columns, read }: Trait): boolean {
  const texts = present(column);
  if (columns === titles && texts.every((text) => salutation.test(text.trim()))) return false;
  const isCount = columns !== titles || !column.numbers;
  return isCount && texts.filter((text) => read(text.trim()) !== '').length > texts.length / 2;
}

function fillTrait(
  codes: Int32Array,
  levels: string[],
  { profile }: Column,
  customer: Int32Array,
  { read, isKept }: Trait,
): void {
  const byLevel = profile.levels.map((text, code) => {
    const value =
      profile.isMissing[code] || profile.counts[code] === 0
        ? ''
        : read(text.trim()) || (isKept ? text.trim() : '');
    if (value === '') return -1;
    const known = levels.indexOf(value);
    return known >= 0 ? known : levels.push(value) - 1;
  });
  for (let row = 0; row < customer.length; row++) {
    const index = customer[row]!;
    if (index >= 0 && codes[index] === -1) codes[index] = byLevel[profile.codes[row]!]!;
  }
}

/** Who says nothing of the company has what most of those at the same company say. */
function fillFromColleagues(codes: Int32Array, nLevels: number, { names, ofCustomer }: Accounts): void {
  const counts = new Map<number, number>();
  const best = new Int32Array(names.length).fill(-1);
  codes.forEach((code, customer) => {
    const account = ofCustomer[customer]!;
    if (account < 0 || code < 0) return;
    const n = (counts.get(account * nLevels + code) ?? 0) + 1;
    counts.set(account * nLevels + code, n);
    if (best[account] === -1 || n > counts.get(account * nLevels + best[account]!)!) best[account] = code;
  });
  ofCustomer.forEach((account, customer) => {
    if (account >= 0 && codes[customer] === -1) codes[customer] = best[account]!;
  });
}
