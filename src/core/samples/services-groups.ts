/** How one kind of client orders services, once the first invoices are over; money is a job's in euros. */
export type ClientKind = {
  share: number;
  /** Clients of this kind came in these campaigns, and whether they began with small trial jobs as most do. */
  campaigns: number[];
  hasTrial: boolean;
  /** Mean days between invoices, and the chance to leave for good after one. */
  rhythmDays: number;
  leaveChance: number;
  /** Positions on an invoice, units of each, and what a unit costs. */
  nLines: [number, number];
  units: [number, number];
  price: [number, number];
  /** Which of the services they buy. */
  services: number[];
  employees: [number, number];
  /** Share of the newsletters that they open. */
  opens: number;
};

/** First invoices come in two campaigns a year: days back from the last day or from half a year, a year … before. */
export const campaignEvery = 182;
export const joinedDays: [number, number] = [4, 50];

/** A new client's first invoices: small jobs a month apart, whatever follows. */
export const trial = {
  nInvoices: 2,
  rhythmDays: 28,
  nLines: [1, 2],
  units: [1, 2],
  price: [800, 2400],
  services: [1, 6, 8],
} satisfies Partial<ClientKind> & { nInvoices: number };

export const services = [
  ['Betreuung monatlich', 'Betreuung'],
  ['Konzept', 'Projekt'],
  ['Umsetzung', 'Projekt'],
  ['Abnahme', 'Projekt'],
  ['Schulung vor Ort', 'Schulung'],
  ['Schulung online', 'Schulung'],
  ['Fehlersuche', 'Stunden'],
  ['Wartung', 'Stunden'],
  ['Einrichtung', 'Stunden'],
  ['Beratung am Telefon', 'Stunden'],
  ['Datenpflege', 'Stunden'],
  ['Korrektur', 'Stunden'],
  ['Bildbearbeitung', 'Stunden'],
] as const;

/** The known truth of the sample services firm: five kinds of clients, whatever has become of them. */
export const clientKinds: ClientKind[] = [
  {
    share: 0.25,
    campaigns: [0, 1, 2, 3],
    hasTrial: true,
    rhythmDays: 30,
    leaveChance: 0.003,
    nLines: [1, 1],
    units: [1, 1],
    price: [2400, 3600],
    services: [0],
    employees: [40, 400],
    opens: 0.5,
  },
  {
    share: 0.22,
    campaigns: [0, 1, 2, 3],
    hasTrial: true,
    rhythmDays: 95,
    leaveChance: 0.003,
    nLines: [2, 4],
    units: [1, 1],
    price: [7000, 14000],
    services: [1, 2, 3],
    employees: [200, 5000],
    opens: 0.35,
  },
  {
    share: 0.23,
    campaigns: [0, 1, 2, 3],
    hasTrial: true,
    rhythmDays: 16,
    leaveChance: 0.003,
    nLines: [2, 5],
    units: [1, 5],
    price: [15, 35],
    services: [6, 7, 8, 9, 10, 11, 12],
    employees: [3, 40],
    opens: 0.3,
  },
  {
    share: 0.16,
    campaigns: [2, 3],
    hasTrial: true,
    rhythmDays: 13,
    leaveChance: 0.12,
    nLines: [2, 4],
    units: [1, 3],
    price: [400, 900],
    services: [1, 2, 3, 7, 8],
    employees: [20, 300],
    opens: 0.1,
  },
  {
    share: 0.14,
    campaigns: [1, 2, 3],
    hasTrial: false,
    rhythmDays: 30,
    leaveChance: 1,
    nLines: [1, 1],
    units: [8, 16],
    price: [80, 130],
    services: [4, 5],
    employees: [10, 200],
    opens: 0.12,
  },
];

/** What the kinds look like on the last day, each kind's own group first. */
export const clientGroups = [
  { name: 'Retainer clients', description: 'pay the same sum every month' },
  { name: 'Project clients', description: 'order a few large projects a year' },
  { name: 'Small jobs', description: 'call every fortnight or so for little things' },
  { name: 'Lapsed clients', description: 'ordered every fortnight for some months, then stopped' },
  { name: 'One training', description: 'booked a single training for a whole group, long ago' },
  { name: 'New clients', description: 'got their first invoice within the last two months' },
];

const newGroup = 5;
const newDays = 60;

/** The group of a client on the last day, by their kind and how many days ago they came. */
export const groupAtEnd = (kind: number, daysSinceFirst: number): number =>
  daysSinceFirst <= newDays ? newGroup : kind;
