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
import { type AccountGroup, accountGroups } from './subscription-groups';

type Payment = { time: number; cents: number; what: string };
type Account = {
  id: string;
  email: string;
  group: number;
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
const leaveChance = 0.006;
const failChance = 0.02;
const usedDays = 120;
const formerGroup = 4;
/** Cancelled for longer than this at the end, an account counts as a former customer. */
const formerDays = 120;

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
    truth: accounts.map(({ id, group }) => ({ customerId: id, group })),
    groups: accountGroups.map(({ name, description }) => ({ name, description })),
    dirt,
  };
}

function openAccount(random: Random, i: number): Account {
  const group = drawGroup(random, accountGroups);
  const kind = accountGroups[group]!;
  const joined = lastMoment - between(random, kind.joined) * dayMs + random.below(dayMs / 1000) * 1000;
  const start = onWorkday(joined);
  const company = `${pick(random, words)}-${pick(random, trades)}${i}`;
  const domain = random.next() < 0.2 ? pick(random, freeMail) : `${company}.example`;
  const account: Account = {
    id: `cus_${(i * 7919 + 1_000_003).toString(36).padStart(6, '0').toUpperCase()}${i}`,
    email: `${pick(random, people)}.${company}@${domain}`,
    group,
    seats: between(random, kind.seats),
    start,
    end: NaN,
    isDormant: false,
    payments: [],
  };
  bill(random, account, kind);
  if (lastMoment - account.end > formerDays * dayMs) account.group = formerGroup;
  return account;
}

/** One invoice after another until they cancel or the books end; dormant accounts cancel ten times as often. */
function bill(random: Random, account: Account, kind: AccountGroup) {
  const nStays = kind.stays ? between(random, kind.stays) : Infinity;
  const price = Math.round(seatCents * (kind.billingDays > 100 ? 10 : 1) * (0.9 + 0.2 * random.next()));
  let seats = account.seats;
  for (let n = 0, time = account.start; time < lastMoment; n++, time += kind.billingDays * dayMs) {
    account.isDormant ||= n > 2 && random.next() < 0.015;
    const isLeaving = n >= nStays || (n > 0 && random.next() < leaveChance * (account.isDormant ? 10 : 1));
    if (isLeaving) {
      account.end = time;
      return;
    }
    account.payments.push({
      time: Math.min(onWorkday(time), lastMoment - 1000),
      cents: price * Math.round(seats),
      what: 'Subscription update',
    });
    const buyExtra = (what: string, prices: number[], when: (time: number) => number) => {
      const bought = when(time + random.below(kind.billingDays) * dayMs);
      if (bought < lastMoment) account.payments.push({ time: bought, cents: pick(random, prices), what });
    };
    for (let n = between(random, kind.packs); n > 0; n--) buyExtra('Credit pack', packCents, onWeekend);
    for (let n = between(random, kind.addOns); n > 0; n--)
      buyExtra(pick(random, addOns), addOnCents, onWorkday);
    seats *= 1 + kind.growth * (0.7 + 0.6 * random.next());
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
    const { id, email, start, end, group, seats } = account;
    const isYearly = accountGroups[group]!.billingDays > 100;
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
  for (const { id, start, end, group, isDormant } of accounts) {
    const last = Number.isNaN(end) ? lastMoment : end;
    const until = isDormant ? last - 100 * dayMs : last;
    const from = Math.max(start, lastMoment - usedDays * dayMs);
    const aMonth = between(random, accountGroups[group]!.activeDays);
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
  for (const { email, group } of accounts) {
    const score = between(random, accountGroups[group]!.score);
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
