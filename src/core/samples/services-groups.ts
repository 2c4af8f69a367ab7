/** How one kind of client orders services; days count back from the last day of the books, money is a job's in euros. */
export type ClientGroup = {
  name: string;
  description: string;
  share: number;
  /** First invoice between these days before the end. */
  joined: [number, number];
  /** Typical days between invoices; Infinity = one job and no more. */
  rhythmDays: number;
  /** Days after the first invoice at which they stop; null = they stay. */
  stops: [number, number] | null;
  /** Positions on an invoice, units of each, and what a unit costs. */
  nLines: [number, number];
  units: [number, number];
  price: [number, number];
  /** Which of the services they buy. */
  services: number[];
  employees: [number, number];
};

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

/** The known truth of the sample services firm: six ways of being a client. */
export const clientGroups: ClientGroup[] = [
  {
    name: 'Retainer clients',
    description: 'pay the same sum every month',
    share: 0.2,
    joined: [500, 720],
    rhythmDays: 30,
    stops: null,
    nLines: [1, 1],
    units: [1, 1],
    price: [2400, 3600],
    services: [0],
    employees: [40, 400],
  },
  {
    name: 'Project clients',
    description: 'order a few large projects a year',
    share: 0.18,
    joined: [420, 720],
    rhythmDays: 95,
    stops: null,
    nLines: [2, 4],
    units: [1, 1],
    price: [7000, 14000],
    services: [1, 2, 3],
    employees: [200, 5000],
  },
  {
    name: 'Small jobs',
    description: 'call every fortnight or so for little things',
    share: 0.2,
    joined: [400, 700],
    rhythmDays: 16,
    stops: null,
    nLines: [2, 5],
    units: [1, 5],
    price: [15, 35],
    services: [6, 7, 8, 9, 10, 11, 12],
    employees: [3, 40],
  },
  {
    name: 'Lapsed clients',
    description: 'ordered every fortnight in the first year, then stopped',
    share: 0.16,
    joined: [600, 720],
    rhythmDays: 13,
    stops: [150, 260],
    nLines: [2, 4],
    units: [1, 3],
    price: [400, 900],
    services: [1, 2, 3, 7, 8],
    employees: [20, 300],
  },
  {
    name: 'One training',
    description: 'booked a single training for a whole group, long ago',
    share: 0.14,
    joined: [200, 680],
    rhythmDays: Infinity,
    stops: null,
    nLines: [1, 1],
    units: [8, 16],
    price: [80, 130],
    services: [4, 5],
    employees: [10, 200],
  },
  {
    name: 'New clients',
    description: 'got their first invoice within the last two months',
    share: 0.12,
    joined: [4, 55],
    rhythmDays: 28,
    stops: null,
    nLines: [1, 2],
    units: [1, 2],
    price: [800, 2400],
    services: [1, 6, 8],
    employees: [10, 500],
  },
];
