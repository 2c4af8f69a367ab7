import { describe, expect, test } from 'vitest';
import { accountKey } from '../../../src/core/1-collect/account-names';
import { readAccounts } from '../../../src/core/1-collect/accounts';
import { countryCode } from '../../../src/core/1-collect/country-codes';
import { industryName, readFirmographics, sizeBand } from '../../../src/core/1-collect/firmographics';
import { companyDomain, isFreeMail, mailDomain } from '../../../src/core/1-collect/free-mail-domains';
import { readJobTitle } from '../../../src/core/1-collect/job-titles';
import { customersBy, readTable, textsOf } from './read-tables';

/** Labelled by hand before the dictionary was run on them. */
const titles = `
CEO | Founder or C-level | General management
Co-Founder & CTO | Founder or C-level | IT and engineering
Owner | Founder or C-level | General management
Chief Marketing Officer | Founder or C-level | Marketing
Chief Financial Officer | Founder or C-level | Finance
Managing Director | Founder or C-level | General management
President | Founder or C-level | General management
VP Sales | VP or director | Sales
Vice President of Engineering | VP or director | IT and engineering
SVP, Global Marketing | VP or director | Marketing
Director of Operations | VP or director | Operations
Head of Human Resources | VP or director | Human resources
Head of Procurement | VP or director | Purchasing
IT Director | VP or director | IT and engineering
Finance Director | VP or director | Finance
Marketing Manager | Manager | Marketing
Sales Manager | Manager | Sales
Customer Success Manager | Manager | Customer service
HR Manager | Manager | Human resources
Product Manager | Manager | Product and design
Engineering Manager | Manager | IT and engineering
Team Lead Support | Manager | Customer service
Warehouse Supervisor | Manager | Operations
Legal Counsel | Individual | Legal
Accountant | Individual | Finance
Software Engineer | Individual | IT and engineering
Senior Data Scientist | Individual | IT and engineering
Sales Representative | Individual | Sales
Executive Assistant to the CEO | Individual | General management
UX Designer | Individual | Product and design
Recruiter | Individual | Human resources
Buyer | Individual | Purchasing
Chief Executive Officer | Founder or C-level | General management
Chief Operating Officer | Founder or C-level | Operations
VP Eng | VP or director | IT and engineering
Inkoper | Individual | Purchasing
DSI | Founder or C-level | IT and engineering
Geschäftsführer | Founder or C-level | General management
Geschäftsführerin | Founder or C-level | General management
Gründer | Founder or C-level | General management
Inhaber | Founder or C-level | General management
Vorstand Finanzen | Founder or C-level | Finance
Leiter Marketing | VP or director | Marketing
Vertriebsleiter | VP or director | Sales
Leiterin Einkauf | VP or director | Purchasing
IT-Leiter | VP or director | IT and engineering
Personalleiterin | VP or director | Human resources
Projektleiter | Manager | Operations
Teamleiter Kundenservice | Manager | Customer service
Buchhalterin | Individual | Finance
Softwareentwickler | Individual | IT and engineering
Vertriebsmitarbeiter | Individual | Sales
Einkäufer | Individual | Purchasing
PDG | Founder or C-level | General management
Gérante | Founder or C-level | General management
Fondateur | Founder or C-level | General management
Directeur général | Founder or C-level | General management
Directrice marketing | VP or director | Marketing
Directeur des ventes | VP or director | Sales
Directeur financier | VP or director | Finance
Responsable RH | Manager | Human resources
Chef de produit | Manager | Product and design
Comptable | Individual | Finance
Développeur web | Individual | IT and engineering
Acheteuse | Individual | Purchasing
Director General | Founder or C-level | General management
Fundadora | Founder or C-level | General management
Director de Marketing | VP or director | Marketing
Directora de Recursos Humanos | VP or director | Human resources
Director Comercial | VP or director | Sales
Jefe de Ventas | Manager | Sales
Gerente de Operaciones | Manager | Operations
Responsable de Compras | Manager | Purchasing
Contador | Individual | Finance
Desarrolladora de software | Individual | IT and engineering
Abogada | Individual | Legal
Atención al cliente | Individual | Customer service`
  .trim()
  .split('\n')
  .map((line) => line.split(' | '));

describe('readJobTitle', () => {
  test(`reads rank and function of at least 95% of ${titles.length} titles in four languages`, () => {
    expect(titles.length).toBeGreaterThanOrEqual(60);
    const wrong = (part: 'level' | 'field', at: number) =>
      titles.filter((line) => readJobTitle(line[0]!)?.[part] !== line[at]).map((line) => [...line, readJobTitle(line[0]!)?.[part]]); // prettier-ignore
    const wrongLevels = wrong('level', 1);
    const wrongFields = wrong('field', 2);
    expect(wrongLevels.length, JSON.stringify(wrongLevels)).toBeLessThanOrEqual(titles.length * 0.05);
    expect(wrongFields.length, JSON.stringify(wrongFields)).toBeLessThanOrEqual(titles.length * 0.05);
  });
  test('says nothing of no title, and "Other" of one it does not know', () => {
    expect(readJobTitle(' ')).toBeNull();
    expect(readJobTitle('Zookeeper')).toEqual({ level: 'Individual', field: 'Other' });
  });
});

describe('mail domains', () => {
  test.each(['gmail.com', 'yahoo.co.uk', 'hotmail.fr', 'web.de', 't-online.de', 'orange.fr', 'libero.it', 'ziggo.nl', 'qq.com', 'comcast.net', 'bigpond.com', 'live.nl', 'yandex.kz', 'privaterelay.appleid.com', 'mailinator.com'])(
    '%s is a free mail host',
    (domain) => expect(isFreeMail(domain)).toBe(true),
  ); // prettier-ignore
  test.each(['example.com', 'mail.example.org', 'example.net', 'shop.test', 'a.b.invalid', 'localhost', 'web.localhost'])('nobody works at %s', (domain) => expect(isFreeMail(domain)).toBe(true)); // prettier-ignore
  test.each(['testing.com', 'contest.de', 'acme.com', 'mail.acme.co.uk', 'gmail.acme.com', 'liveworld.com', 'outlookgroup.de'])('%s is not', (domain) => expect(isFreeMail(domain)).toBe(false)); // prettier-ignore
  test('the registered part of a domain is the company’s', () => {
    expect(companyDomain('mail.eu.acme.co.uk')).toBe('acme.co.uk');
    expect(companyDomain('news.acme.com')).toBe('acme.com');
    expect(mailDomain(' Ann.B@Acme.COM ')).toBe('acme.com');
    expect(mailDomain('not an address')).toBe('');
    expect(mailDomain('0a1b@hashed.invalid')).toBe('');
  });
});

test('accountKey is the same for one company’s names and differs between companies', () => {
  const key = accountKey('ACME GmbH & Co. KG');
  for (const name of ['Acme, Inc.', 'acme', 'The Acme Corporation', 'ACME S.A.', 'Acme Pty Ltd']) expect(accountKey(name)).toBe(key); // prettier-ignore
  expect(accountKey('Müller AG')).toBe('muller');
  expect(accountKey('Acme Tools Ltd')).not.toBe(key);
  expect(accountKey('Group')).toBe('group');
});

describe('readAccounts', () => {
  const roles = { email: 'customer', company: 'account' } as const;
  const rollUp = async (text: string) => {
    const table = await readTable(text, roles);
    const { ids, customerOf } = customersBy([table]);
    return readAccounts([table], customerOf, ids.texts.length);
  };

  test('the company column wins; colleagues by domain join; a free mail address is no company', async () => {
    const { accounts, issues } = (await rollUp('email,company\na@acme.com,Acme GmbH\nb@acme.com,\nc@gmail.com,ACME\nd@gmail.com,\ne@beta.io,\nf@web.de,privat\ng@mail.beta.io,\n'))!; // prettier-ignore
    expect(accounts).toEqual({ names: ['ACME', 'beta.io'], ofCustomer: Int32Array.from([0, 0, 0, -1, 1, -1, 1]), source: 'column' }); // prettier-ignore
    expect(issues[0]!.sentence).toBe('a.csv: 5 customers of 2 companies, by the company column, else the e-mail address. 3 with an address at a free mail host belong to none by it.'); // prettier-ignore
  });

  test('a domain of a quarter of all customers is a mail host, whoever listed it', async () => {
    const people = Array.from({ length: 40 }, (_, i) => `p${i}@stadtnetz.de`);
    const { accounts } = (await rollUp(`email\n${people.join('\n')}\na@acme.com\nb@acme.com\n`))!;
    expect(accounts.names).toEqual(['acme.com']);
  });

  test('with free mail addresses alone nobody has a company', async () => {
    const hosts = ['gmail.com', 'yahoo.com', 'yahoo.de', 'hotmail.com', 'outlook.com', 'icloud.com', 'web.de', 'gmx.at', 'orange.fr', 'free.fr', 'libero.it', 'wp.pl']; // prettier-ignore
    expect(await rollUp(`email\n${hosts.map((host, i) => `p${i}@${host}`).join('\n')}\n`)).toBeNull();
  });
});

describe('readFirmographics', () => {
  test.each([
    ['7', '1–10'], ['10', '1–10'], ['11-50', '11–50'], ['51 to 200 employees', '51–200'], ['1,000', '201–1,000'], ['1001+', '1,001–5,000'], ['10,001 or more', 'over 5,000'], ['many', ''], ['0', ''],
  ])('a company of %s people is in the band %s', (text, band) => expect(sizeBand(text)).toBe(band)); // prettier-ignore

  test.each([
    ['Germany', 'DE'], ['Deutschland', 'DE'], ['de', 'DE'], ['DEU', 'DE'], ['Allemagne', 'DE'], ['Alemania', 'DE'], ['Duitsland', 'DE'],
    ['U.S.A.', 'US'], ['United States', 'US'], ['USA', 'US'], ['UK', 'GB'], ['England', 'GB'], ['EIRE', 'IE'], ['The Netherlands', 'NL'], ['Schweiz', 'CH'], ['España', 'ES'], ['RSA', 'ZA'], ['European Community', ''], ['Unspecified', ''],
  ])('%s is %s', (text, code) => expect(countryCode(text)).toBe(code)); // prettier-ignore

  test('industry names lose case and signs, not words', () => {
    expect(industryName('COMPUTER_SOFTWARE')).toBe('Computer software');
    expect(industryName(' Oil  & Gas')).toBe('Oil and gas');
  });

  test('columns become traits under one name, each with its source; colleagues share what is of the company', async () => {
    const table = await readTable(
      'id,Job Title,Number of Employees,Industry,Country\na,CEO,250,Retail,Germany\nb,Buchhalterin,,RETAIL,DE\nc,Sales Manager,12,,UK\nd,,,,Atlantis\n',
      { id: 'customer' },
    );
    const { customerOf } = customersBy([table]);
    const accounts = { names: ['x'], ofCustomer: Int32Array.from([0, 0, -1, 0]), source: 'column' as const };
    const { attributes, replaced } = readFirmographics([table], customerOf, 4, accounts);
    const shown = attributes.map((a) => [a.name, ...(a.kind === 'category' ? textsOf(a) : [])]);
    expect(shown).toEqual([
      ['Role level', 'Founder or C-level', 'Individual', 'Manager', ''],
      ['Job function', 'General management', 'Finance', 'Sales', ''],
      ['Company size', '201–1,000', '201–1,000', '11–50', '201–1,000'],
      ['Industry', 'Retail', 'Retail', '', 'Retail'],
      ['Country', 'DE', 'DE', 'GB', 'Atlantis'],
    ]);
    expect(attributes[0]!.source).toBe('a.csv, column Job Title');
    expect([...replaced]).toEqual([
      'a.csv, column Job Title',
      'a.csv, column Industry',
      'a.csv, column Country',
    ]);
  });

  test('a column "Title" of forms of address is none of job titles', async () => {
    const table = await readTable('id,Title\na,Mr\nb,Mrs.\n', { id: 'customer' });
    expect(readFirmographics([table], customersBy([table]).customerOf, 2, null).attributes).toEqual([]);
  });
});
