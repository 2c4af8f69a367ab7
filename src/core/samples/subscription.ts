import { createRandom, type Random } from '../kit/random';
import {
  between,
  dayMs,
  drawGroup,
  isoMoment,
  lastMoment,
  onWeekend,
  onWorkday,
  pick,
  repeatRows,
  type SampleCompany,
  twoDigits,
} from './sample-company';
import { cancels, chanceOfCancelling, daysToNext, fallsAsleep } from './contract-law';
import {
  accountGroups,
  type AccountKind,
  accountKinds,
  bookDays,
  campaignEvery,
  campaigns,
  groupAtEnd,
  joinedDays,
  trialInvoices,
  trialSeats,
} from './subscription-groups';

type Payment = { time: number; cents: number; what: string };
type Account = {
  id: string;
  email: string;
  kind: number;
  seats: number;
  start: number;
  /** When the subscription ended, NaN while it runs; `isDormant` = runs, but nobody logs in any more. */
  end: number;
  isDormant: boolean;
  payments: Payment[];
};

const words = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'harbour', 'iris', 'juniper'];
const trades = [
  'studio',
  'labs',
  'works',
  'partners',
  'media',
  'foods',
  'clinic',
  'school',
  'travel',
  'craft',
];
const people = ['ana', 'bo', 'chris', 'dana', 'eli', 'fran', 'gabe', 'hana', 'ines', 'jo', 'kim', 'lou'];
const freeMail = ['gmail.com', 'outlook.com', 'gmx.net'];
const reasons = ['too expensive', 'missing features', 'switched service', 'unused', ''];
const eventNames = [
  'project_created',
  'task_completed',
  'report_exported',
  'member_invited',
  'login',
  'comment',
];
const sources = ['direct', 'google / organic', 'newsletter / email', 'google / cpc'];
const praise = [
  'The reports save me hours every week',
  'Great support, quick answers',
  'Easy to invite the team',
  'Easy planning, the team loves it',
];
const blame = [
  'Too expensive for what we use',
  'The price went up again',
  'Slow when projects get big',
  'Missing an export to our accounting',
];

const seatCents = 1200;
const packCents = [1900, 2900, 4900];
const addOns = ['Onboarding', 'Training', 'Priority support', 'Interface', 'Extra storage'];
const addOnCents = [9900, 14900, 24900];
const failChance = 0.02;
const usedDays = 120;

/**
 * A company that sells software by subscription and never was: payments and subscriptions as a payment service exports
 * them, an event log and a survey. Who stops logging in is likelier to cancel. Same seed, same files, byte for byte.
 */
export function sampleSubscription(seed: number, nCustomers = 6_000): SampleCompany {
  const random = createRandom(seed);
  const accounts = Array.from({ length: nCustomers }, (_, i) => openAccount(random, i));
  const dirt: SampleCompany['dirt'] = [];
  const files = [
    { name: 'payments.csv', text: writePayments(random, accounts, dirt) },
    { name: 'subscriptions.csv', text: writeSubscriptions(random, accounts, dirt) },
    { name: 'events.csv', text: writeEvents(random, accounts, dirt) },
    { name: 'nps-survey.csv', text: writeSurvey(random, accounts, dirt) },
  ];
  return {
    files,
    truth: accounts.map(({ id, kind, start, end }) => ({
      customerId: id,
      group: groupAtEnd(kind, (lastMoment - start) / dayMs, (lastMoment - end) / dayMs),
    })),
    groups: accountGroups,
    dirt,
    chanceOfLeaving: (place, asOf, horizonDays) => {
      const { seats, start, end } = accounts[place]!;
      if (start > asOf || end <= asOf) return NaN;
      return chanceOfCancelling(seats, (asOf - start) / dayMs, horizonDays);
    },
  };
}

function openAccount(random: Random, i: number): Account {
  const company = `${pick(random, words)}-${pick(random, trades)}${i}`;
  const domain = random.next() < 0.2 ? pick(random, freeMail) : `${company}.example`;
  const id = `cus_${(i * 7919 + 1_000_003).toString(36).padStart(6, '0').toUpperCase()}${i}`;
  const email = `${pick(random, people)}.${company}@${domain}`;
  for (;;) {
    const kind = drawGroup(random, accountKinds);
    const campaign = drawGroup(random, campaigns);
    if (accountKinds[kind]!.isYearly && campaign === 0) continue;
    const back = campaignEvery * campaign + between(random, joinedDays);
    const start = onWorkday(lastMoment - back * dayMs + random.below(dayMs / 1000) * 1000);
    const seats = between(random, accountKinds[kind]!.seats);
    const account = { id, email, kind, seats, start, end: NaN, isDormant: false, payments: [] };
    bill(random, account, accountKinds[kind]!);
    if (account.payments.length > 0) return account;
  }
}

/** One invoice after another until they cancel or the books end; what was paid before the books is not in them. */
function bill(random: Random, account: Account, kind: AccountKind) {
  const booksBegin = lastMoment - bookDays * dayMs;
  const price = Math.round(seatCents * (0.9 + 0.2 * random.next()));
  let seats = between(random, trialSeats);
  const pay = (time: number, cents: number, what: string) => {
    if (time >= booksBegin && time < lastMoment) account.payments.push({ time, cents, what });
  };
  for (let n = 0, time = account.start; time < lastMoment; n++) {
    const isTrial = !kind.isYearly && n < trialInvoices;
    if (!isTrial && n <= trialInvoices) seats = account.seats;
    account.isDormant ||= fallsAsleep(random, n);
    if (n > 0 && cancels(random, kind, account.isDormant)) {
      account.end = time;
      return;
    }
    const billingDays = daysToNext(kind, n);
    const months = kind.isYearly ? 10 : 1;
    const due = Math.min(onWorkday(time), lastMoment - 1000);
    pay(due, price * months * Math.round(seats), 'Subscription update');
    const during = () => time + random.below(billingDays) * dayMs;
    for (let left = isTrial ? 0 : between(random, kind.packs); left > 0; left--)
      pay(onWeekend(during()), pick(random, packCents), 'Credit pack');
    for (let left = isTrial ? 0 : between(random, kind.addOns); left > 0; left--)
      pay(onWorkday(during()), pick(random, addOnCents), pick(random, addOns));
    if (time - account.start < 364 * dayMs) seats *= 1 + kind.growth * (0.7 + 0.6 * random.next());
    time += billingDays * dayMs;
  }
}

const paymentHeader =
  'id,Description,Created (UTC),Amount,Amount Refunded,Currency,Mode,Status,Customer ID,Customer Email,Card Last4,Card Brand,Card Name\n';

/** Failed tries stand among the payments, as such exports have them, and cards that must not be kept. */
function writePayments(random: Random, accounts: Account[], dirt: SampleCompany['dirt']): string {
  const payments = accounts
    .flatMap((account) => account.payments.map((payment) => ({ account, payment })))
    .sort((a, b) => a.payment.time - b.payment.time);
  let nFailed = 0;
  let nRefunds = 0;
  const rows = payments.flatMap(({ account, payment }, i) => {
    const refunded = random.next() < 0.008 ? payment.cents : 0;
    if (refunded > 0) nRefunds++;
    const card = `${1000 + random.below(9000)},${pick(random, ['Visa', 'MasterCard'])},${account.email.split('.')[0]}`;
    const row = (id: string, status: string, back: number) =>
      `ch_${id},${payment.what},${isoMoment(payment.time)},${(payment.cents / 100).toFixed(2)},${(back / 100).toFixed(2)},eur,Live,${status},${account.id},${account.email},${card}\n`;
    if (random.next() >= failChance) return [row(`${i}`, refunded > 0 ? 'Refunded' : 'Paid', refunded)];
    nFailed++;
    return [row(`${i}f`, 'Failed', 0), row(`${i}`, refunded > 0 ? 'Refunded' : 'Paid', refunded)];
  });
  const nRepeated = repeatRows(random, rows, 30);
  const file = 'payments.csv';
  dirt.push(
    { file, what: 'failed payments among the paid ones', rows: nFailed },
    { file, what: 'payments refunded in full', rows: nRefunds },
    { file, what: 'rows exported twice', rows: nRepeated },
    { file, what: 'card columns that no segment needs', rows: rows.length },
  );
  return paymentHeader + rows.join('');
}

function writeSubscriptions(random: Random, accounts: Account[], dirt: SampleCompany['dirt']): string {
  let nBlank = 0;
  const rows = accounts.map((account, i) => {
    const { id, email, start, end, kind, seats } = account;
    const { isYearly } = accountKinds[kind]!;
    const plan = isYearly ? 'Business yearly' : seats > 4 ? 'Team' : 'Starter';
    const isPadded = random.next() < 0.01;
    if (isPadded) nBlank++;
    const ended = Number.isNaN(end) ? '' : isoMoment(end);
    const cells = [
      `sub_${i}`,
      id,
      isPadded ? ` ${email.toUpperCase()} ` : email,
      isPadded ? `${plan} ` : plan,
      String(seats),
      isYearly ? 'year' : 'month',
      ((seats * seatCents * (isYearly ? 10 : 1)) / 100).toFixed(2),
      'eur',
      ended ? 'canceled' : 'active',
      isoMoment(start - 14 * dayMs),
      isoMoment(start - 14 * dayMs),
      isoMoment(start),
      ended,
      ended,
      ended ? pick(random, reasons) : '',
    ];
    return `${cells.join(',')}\n`;
  });
  dirt.push({
    file: 'subscriptions.csv',
    what: 'plans and e-mails with stray blanks and capitals',
    rows: nBlank,
  });
  return `id,Customer ID,Customer Email,Plan,Quantity,Interval,Amount,Currency,Status,Created (UTC),Start (UTC),Trial End (UTC),Canceled At (UTC),Ended At (UTC),Cancellation Reason\n${rows.join('')}`;
}

/** Half a year of use; an account gone quiet leaves no trace after its last good month. */
function writeEvents(random: Random, accounts: Account[], dirt: SampleCompany['dirt']): string {
  const events: { time: number; row: string }[] = [];
  for (const { id, start, end, kind, isDormant } of accounts) {
    const last = Number.isNaN(end) ? lastMoment : end;
    const until = isDormant ? last - 100 * dayMs : last;
    const from = Math.max(start, lastMoment - usedDays * dayMs);
    const aMonth = between(random, accountKinds[kind]!.activeDays);
    const n = Math.round((aMonth * Math.max(0, until - from)) / (30 * dayMs));
    const source = pick(random, sources);
    for (let i = 0; i < n; i++) {
      const time = from + Math.floor(random.next() * (until - from));
      const zoned = `${isoMoment(time).replace(' ', 'T')}Z`;
      events.push({ time, row: `${id},${pick(random, eventNames)},${zoned},${source}\n` });
    }
  }
  const rows = events.sort((a, b) => a.time - b.time).map(({ row }) => row);
  const nRepeated = repeatRows(random, rows, Math.floor(rows.length / 500));
  dirt.push({ file: 'events.csv', what: 'events sent twice', rows: nRepeated });
  return `user_id,event,timestamp,source\n${rows.join('')}`;
}

/** One account in five answers, happy ones more readily; some answer twice, some write no score. */
function writeSurvey(random: Random, accounts: Account[], dirt: SampleCompany['dirt']): string {
  const rows: string[] = [];
  let nTwice = 0;
  let nEmpty = 0;
  for (const { email, kind } of accounts) {
    const score = between(random, accountKinds[kind]!.score);
    if (random.next() > 0.06 + 0.025 * score) continue;
    const comment = random.next() < 0.6 ? pick(random, score >= 8 ? praise : blame) : '';
    const time = lastMoment - (5 + random.below(40)) * dayMs;
    const [year, month, day] = isoMoment(time).slice(0, 10).split('-');
    const answer = (given: string, hour: number) =>
      `${email};${given};"${comment}";${day}/${month}/${year} ${twoDigits(hour)}:15\n`;
    if (random.next() < 0.02) {
      nTwice++;
      rows.push(answer(String(Math.max(0, score - 2)), 9));
    }
    const isEmpty = random.next() < 0.02;
    if (isEmpty) nEmpty++;
    rows.push(answer(isEmpty ? '' : String(score), 17));
  }
  const file = 'nps-survey.csv';
  dirt.push(
    { file, what: 'people who answered twice: the later answer counts', rows: nTwice },
    { file, what: 'answers without a score', rows: nEmpty },
  );
  return `respondent_email;How likely are you to recommend us? (0-10);What is the main reason?;answered_at\n${rows.join('')}`;
}
