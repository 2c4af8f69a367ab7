import type { CollectSettings, Issue } from './collected';
import { type Column, columnOf, type ReadTable } from './read-table';
import { plural } from './wording';

/** The currency of each row as an index into `codes`; -1 = not said. Null where a file tells of one at most. */
export type Currencies = { of: Int8Array; codes: string[]; column: Column };

const signs: Record<string, string> = { '€': 'EUR', '£': 'GBP', '¥': 'JPY', '₹': 'INR', $: 'USD', US$: 'USD', zł: 'PLN', Kč: 'CZK', '₺': 'TRY', 'Fr.': 'CHF', CA$: 'CAD', AU$: 'AUD', A$: 'AUD', C$: 'CAD', NZ$: 'NZD', HK$: 'HKD', R$: 'BRL' }; // prettier-ignore
const signOf = new Map(Object.entries(signs));

/** "eur", "EUR" and "€" are EUR; '' for what names no currency. */
function currencyCode(text: string): string {
  const trimmed = text.trim();
  const sign = signOf.get(trimmed);
  return sign ?? (/^[a-z]{3}$/i.test(trimmed) ? trimmed.toUpperCase() : '');
}

/** What stands beside the digits of an amount: "€ 5" and "5 EUR" are EUR, "5 kr" is KR, "5" and "5%" are ''. */
function currencyIn(text: string): string {
  const beside = text.replace(/[\d.,'’()%+\s\u00a0\u202f−-]+/g, '');
  return /^e?$/i.test(beside) ? '' : currencyCode(beside) || beside.toUpperCase();
}

/** By the currency column, else by the signs in the cells of the amounts. */
export function readCurrencies(table: ReadTable): Currencies | null {
  const named = columnOf(table, 'currency');
  const column = named ?? columnOf(table, 'amount') ?? columnOf(table, 'price');
  if (!column) return null;
  const { levels, isMissing, codes } = column.profile;
  const known: string[] = [];
  const byLevel = levels.map((text, code) => {
    const found = isMissing[code] ? '' : named ? currencyCode(text) : currencyIn(text);
    if (found === '') return -1;
    const at = known.indexOf(found);
    return at >= 0 ? at : known.length < 127 ? known.push(found) - 1 : -1;
  });
  if (known.length === 0) return null;
  const of = new Int8Array(codes.length);
  for (let row = 0; row < of.length; row++) of[row] = byLevel[codes[row]!]!;
  return { of, codes: known, column };
}

type Part = { table: ReadTable; currencies: Currencies | null; isCounted(row: number): boolean };

/** The rates to take for each part by currency, NaN = none; and what stops everything or is to know about them. */
export type Exchange = { rateOf(code: string | null): number; issues: Issue[] };

/**
 * Money in one currency stays as it is. Where there are several, each needs a rate into the one that is reported in;
 * a rate of 0 leaves its rows out. Rows that name no currency are in the one that is reported in.
 */
export function settleCurrencies(parts: Part[], settings: CollectSettings['currency']): Exchange {
  const rows = new Map<string, number>();
  for (const { currencies, isCounted } of parts)
    currencies?.of.forEach((at, row) => {
      const code = currencies.codes[at];
      if (code !== undefined && isCounted(row)) rows.set(code, (rows.get(code) ?? 0) + 1);
    });
  const found = [...rows].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const report = settings ? currencyCode(settings.report) : '';
  const rates = new Map((settings?.rates ?? []).map(({ code, rate }) => [code.trim().toUpperCase(), rate]));
  if (found.length === 0 || (found.length === 1 && (!settings || found[0]![0] === report)))
    return { rateOf: () => 1, issues: [] };
  const rateOf = (code: string | null) =>
    code === null || code === report ? 1 : settings ? (rates.get(code) ?? NaN) : NaN;
  const lacking = found.filter(([code]) => Number.isNaN(rateOf(code)));
  const where = parts.map(({ table }) => table.profile.fileName).join(', ');
  const issue =
    lacking.length > 0
      ? refuse(where, found, lacking, settings ? report : '')
      : tell(where, found, rateOf, report);
  return { rateOf, issues: [issue] };
}

type Found = [code: string, rows: number][];

const listRows = (found: Found): string =>
  found.map(([code, n]) => `${plural(n, 'row')} in ${code}`).join(', ');

function refuse(where: string, found: Found, lacking: Found, report: string): Issue {
  const main = report || found[0]![0];
  const asked = lacking.filter(([code]) => code !== main).map(([code]) => code);
  const rates = asked.map((code) => `--rate ${code}=…`).join(' ');
  const names = asked.join(' and ');
  return {
    kind: 'several currencies',
    severity: 'blocking',
    sentence: `${where}: need amounts in one currency; got ${listRows(found)}. Add a rate for ${names} into ${main} (--currency ${main} ${rates}), or leave these rows out with a rate of 0.`,
    brief: `The amounts are in several currencies: add a rate for ${names} into ${main}, or leave these rows out.`,
    rows: lacking.reduce((n, [, rows]) => n + rows, 0),
    example: null,
  };
}

function tell(where: string, found: Found, rateOf: Exchange['rateOf'], report: string): Issue {
  const others = found.filter(([code]) => code !== report);
  const each = others.map(([code, n]) => {
    const rate = rateOf(code);
    return rate > 0 ? `${plural(n, 'row')} in ${code} at ${rate}` : `${plural(n, 'row')} in ${code} left out`;
  });
  return {
    kind: 'several currencies',
    severity: 'info',
    sentence: `${where}: all money is told in ${report}: ${each.join(', ')}.`,
    rows: others.reduce((n, [, rows]) => n + rows, 0),
    example: null,
  };
}
