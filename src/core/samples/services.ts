import { createRandom, type Random } from '../kit/random';
import {
  between,
  dayMs,
  drawGroup,
  germanDay,
  germanMoney,
  isoMoment,
  lastMoment,
  pick,
  repeatRows,
  type SampleCompany,
} from './sample-company';
import { type BuyingLaw, chanceOfSilence, drawNextDay, settleDay } from './buying-law';
import {
  campaignEvery,
  clientGroups,
  type ClientKind,
  clientKinds,
  groupAtEnd,
  joinedDays,
  services,
  trial,
} from './services-groups';

const lastDay = lastMoment / dayMs;

type Client = {
  /** As the bookkeeping and the contact list number them: two systems, two numbers, one e-mail. */
  id: string;
  recordId: string;
  email: string;
  phone: string;
  company: string;
  kind: number;
  employees: number;
  from: number;
  invoices: { time: number; lines: { service: number; units: number; cents: number }[] }[];
};

const places = ['Aachen', 'Bremen', 'Celle', 'Dresden', 'Erfurt', 'Fulda', 'Gera', 'Halle', 'Jena', 'Kiel'];
const trades = ['Bau', 'Druck', 'Energie', 'Handel', 'Logistik', 'Medizin', 'Optik', 'Technik'];
const industries = [
  'Construction',
  'Printing',
  'Energy',
  'Retail',
  'Logistics',
  'Health',
  'Optics',
  'Machinery',
];
const forms = ['GmbH', 'AG', 'KG', 'GmbH & Co. KG'];
const firstNames = ['Anna', 'Bernd', 'Clara', 'Dirk', 'Eva', 'Frank', 'Grit', 'Heike', 'Ines', 'Jan'];
const lastNames = ['Albers', 'Böhm', 'Conrad', 'Decker', 'Engel', 'Frey', 'Groß', 'Hahn', 'Jäger', 'Kranz'];
const titles = [
  'Managing Director',
  'Head of Marketing',
  'Marketing Manager',
  'IT Director',
  'Einkauf',
  'Office Manager',
];
const lostStages = ['Closed lost', 'Closed Lost', 'closedlost'];
const openStages = ['Proposal sent', 'Qualified to buy', 'Contract sent'];
const quotes = [
  ['Retainer clients', 'They value a fixed contact', '"I know whom to call, that is worth the money"', 'yes'],
  ['Retainer clients', 'They value a fixed contact', '"It does not matter who answers"', 'no'],
  ['Small jobs', 'They would pay monthly for faster answers', '"A flat fee? Only if it is cheaper"', 'no'],
  ['Project clients', 'They decide in the first quarter', '"Budgets are settled in February"', 'yes'],
  ['Lapsed clients', 'They left over one missed deadline', '"After the delay we went elsewhere"', 'yes'],
] as const;

/**
 * A firm that sells services to companies and never was: German bookkeeping, a contact list and deals from another
 * system, an e-mail log and interview notes. The same seed gives the same files, byte for byte.
 */
export function sampleServices(seed: number, nCustomers = 900): SampleCompany {
  const random = createRandom(seed);
  const clients = Array.from({ length: nCustomers }, (_, i) => openClient(random, i));
  const dirt: SampleCompany['dirt'] = [];
  const files = [
    { name: 'rechnungen.csv', text: writeInvoices(random, clients, dirt) },
    { name: 'contacts.csv', text: writeContacts(random, clients, dirt) },
    { name: 'deals.csv', text: writeDeals(random, clients, dirt) },
    { name: 'emails.ndjson', text: writeEmails(random, clients, dirt) },
    { name: 'interviews.csv', text: writeInterviews() },
  ];
  return {
    files,
    truth: clients.map(({ id, kind, from }) => ({
      customerId: id,
      group: groupAtEnd(kind, (lastMoment - from) / dayMs),
    })),
    groups: clientGroups,
    dirt,
    chanceOfLeaving: (place, asOf, horizonDays) => {
      const { kind, invoices } = clients[place]!;
      const seen = invoices.filter(({ time }) => time < asOf);
      if (seen.length === 0) return NaN;
      const soFar = { nOrders: seen.length, lastDay: seen.at(-1)!.time / dayMs };
      return chanceOfSilence(lawOf(clientKinds[kind]!, seen.length), soFar, asOf / dayMs, horizonDays);
    },
  };
}

function openClient(random: Random, i: number): Client {
  const at = drawGroup(random, clientKinds);
  const kind = clientKinds[at]!;
  const place = pick(random, places);
  const trade = random.below(trades.length);
  const company = `${place}er ${trades[trade]!} ${i + 1} ${pick(random, forms)}`;
  const domain = `${trades[trade]!.toLowerCase()}-${place.toLowerCase()}${i + 1}.example`;
  const client: Client = {
    id: String(20_000 + i).padStart(7, '0'),
    recordId: String(48_100_000_000 + i * 37),
    email: `kontakt@${domain}`,
    phone: `+49 ${30 + (i % 60)} ${1_000_000 + i * 613}`,
    company,
    kind: at,
    employees: between(random, kind.employees),
    from:
      settleDay(lastDay - campaignEvery * pick(random, kind.campaigns) - between(random, joinedDays), false) *
      dayMs,
    invoices: [],
  };
  invoice(random, client, kind);
  return client;
}

/** The law a client buys by after so many invoices: trial jobs come first, and nobody leaves during those. */
const lawOf = ({ hasTrial, rhythmDays, leaveChance }: ClientKind, nInvoices: number): BuyingLaw => ({
  rhythmDays: hasTrial && nInvoices < trial.nInvoices ? trial.rhythmDays : rhythmDays,
  steadiness: 25,
  leaveChance,
  safeOrders: hasTrial ? trial.nInvoices : 0,
  weekendChance: 0,
});

function invoice(random: Random, client: Client, kind: ClientKind) {
  const level = 0.9 + 0.2 * random.next();
  let day = client.from / dayMs;
  for (let nOrders = 1; day < lastDay; nOrders++) {
    const { nLines, units, price, services } = kind.hasTrial && nOrders <= trial.nInvoices ? trial : kind;
    const wanted = between(random, nLines);
    const bought = new Set(Array.from({ length: wanted }, () => pick(random, services)));
    const lines = [...bought].map((service) => ({
      service,
      units: between(random, units),
      cents: Math.round(between(random, price) * level) * 100,
    }));
    client.invoices.push({ time: day * dayMs, lines });
    day = drawNextDay(random, lawOf(kind, nOrders), { nOrders, lastDay: day });
  }
}

const worth = (lines: { units: number; cents: number }[]): number =>
  lines.reduce((sum, { units, cents }) => sum + units * cents, 0);

/** German headers, decimal commas, days first, credit notes with a minus, a total on the last row. */
function writeInvoices(random: Random, clients: Client[], dirt: SampleCompany['dirt']): string {
  const file = 'rechnungen.csv';
  const invoices = clients
    .flatMap((client) => client.invoices.map((one) => ({ client, ...one })))
    .sort((a, b) => a.time - b.time);
  let total = 0;
  let nCredits = 0;
  const rows = invoices.flatMap(({ client, time, lines }, i) => {
    const head = (number: string, at: number) => `${number};${client.id};${client.email};${germanDay(at)}`;
    const own = lines.map(({ service, units, cents }) => {
      total += cents * units;
      const [what, kind] = services[service]!;
      return `${head(`RE-${10_000 + i}`, time)};${what};${kind};${units};${germanMoney(cents)};${germanMoney(cents * units)}\n`;
    });
    if (random.next() >= 0.02 || time + 20 * dayMs >= lastMoment) return own;
    nCredits++;
    const [what, kind] = services[lines[0]!.service]!;
    const back = -Math.round(lines[0]!.cents / 1000) * 100;
    total += back;
    const at = time + 20 * dayMs;
    return [
      ...own,
      `${head(`GS-${10_000 + i}`, at)};${what};${kind};-1;${germanMoney(-back)};${germanMoney(back)}\n`,
    ];
  });
  const nRepeated = repeatRows(random, rows, 6);
  rows.push(`Summe;;;;;;;;${germanMoney(total)}\n`);
  dirt.push(
    { file, what: 'credit notes with a minus', rows: nCredits },
    { file, what: 'rows exported twice', rows: nRepeated },
    { file, what: 'a total on the last row', rows: 1 },
  );
  return `Rechnungsnummer;Kundennummer;E-Mail;Rechnungsdatum;Leistung;Leistungsart;Menge;Einzelpreis;Nettobetrag\n${rows.join('')}`;
}

/** The contact list numbers the same people otherwise; its counters are true of the day of the export only. */
function writeContacts(random: Random, clients: Client[], dirt: SampleCompany['dirt']): string {
  const file = 'contacts.csv';
  let nTwice = 0;
  const rows = clients.flatMap((client, i) => {
    const { recordId, email, phone, company, employees, from, invoices } = client;
    const last = invoices.at(-1)!.time;
    const name = `${pick(random, firstNames)},${pick(random, lastNames)}`;
    const industry = industries[trades.findIndex((trade) => company.includes(trade))]!;
    const row = (id: string, mail: string) =>
      `${id},${name},${mail},${phone},${pick(random, titles)},${company},Customer,${isoMoment(from - 30 * dayMs).slice(0, 16)},${isoMoment(last).slice(0, 16)},${invoices.length * 2 + random.below(9)},${industry},${employees},Germany,${random.next() < 0.55 ? 'yes' : 'no'}\n`;
    if (i % 60 !== 7) return [row(recordId, email)];
    nTwice++;
    return [row(recordId, email), row(`${Number(recordId) + 1}`, email.toUpperCase())];
  });
  dirt.push({ file, what: 'contacts entered twice under two numbers', rows: nTwice });
  return `Record ID,First Name,Last Name,Email,Phone Number,Job Title,Company Name,Lifecycle Stage,Create Date,Last Activity Date,Number of times contacted,Industry,Number of Employees,Country/Region,Marketing email consent\n${rows.join('')}`;
}

function writeDeals(random: Random, clients: Client[], dirt: SampleCompany['dirt']): string {
  let nSpellings = 0;
  const rows = clients.flatMap(({ company, recordId, invoices }, i) => {
    const big = invoices.filter(({ lines }) => worth(lines) > 300_000);
    const won = big.map(({ time, lines }, n) => {
      return `${7_000_000 + i * 100 + n},${company} ${n + 1},Closed won,${worth(lines) / 100},${isoMoment(time - 14 * dayMs).slice(0, 10)},${recordId}\n`;
    });
    if (random.next() >= 0.3) return won;
    const isLost = random.next() < 0.6;
    const stage = pick(random, isLost ? lostStages : openStages);
    if (isLost && stage !== lostStages[0]) nSpellings++;
    const time = lastMoment - random.below(200) * dayMs;
    return [
      ...won,
      `${7_900_000 + i},${company} next,${stage},${1000 * (1 + random.below(20))},${isoMoment(time).slice(0, 10)},${recordId}\n`,
    ];
  });
  dirt.push({ file: 'deals.csv', what: 'lost deals spelled in other ways', rows: nSpellings });
  return `Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Contact IDs\n${rows.join('')}`;
}

/** One JSON object a line: newsletters sent, opened and clicked; some log lines come twice. */
function writeEmails(random: Random, clients: Client[], dirt: SampleCompany['dirt']): string {
  const rows: string[] = [];
  const log = (email: string, type: string, time: number) =>
    rows.push(
      `${JSON.stringify({ email, type, channel: 'email', timestamp: new Date(time).toISOString() })}\n`,
    );
  for (let week = 26; week > 0; week--) {
    const sent = lastMoment - week * 7 * dayMs;
    for (const { email, kind, from } of clients) {
      if (from > sent || random.next() < 0.5) continue;
      log(email, 'sent', sent);
      if (random.next() >= clientKinds[kind]!.opens) continue;
      log(email, 'open', sent + random.below(2 * dayMs));
      if (random.next() < 0.2) log(email, 'click', sent + 2 * dayMs);
    }
  }
  const nRepeated = repeatRows(random, rows, 40);
  dirt.push({ file: 'emails.ndjson', what: 'log lines sent twice', rows: nRepeated });
  return rows.join('');
}

function writeInterviews(): string {
  const rows = quotes.map(
    ([segment, claim, quote, supports], i) =>
      `${segment},${claim},"${quote.replaceAll('"', '""')}",Interview ${i + 1},${isoMoment(lastMoment - (20 + i) * dayMs).slice(0, 10)},${supports}\n`,
  );
  return `segment,claim,quote,source,date,supports\n${rows.join('')}`;
}
