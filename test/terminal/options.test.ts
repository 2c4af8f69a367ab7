import { describe, expect, test } from 'vitest';
import { readOptions } from './options.mjs';

describe('readOptions', () => {
  test('reads files and every option into what the app runs with', () => {
    const line =
      'orders.csv more.csv --out results --as-of 2011-12-10 --refunds drop --features rfm --n-clusters 4 ' +
      '--algorithm kmeans --seed 7 --target column:Churn=Yes --horizon 60 --origins 2 --split index%5==0 ' +
      '--map customer=Who --map time=When=UTC --personal email=hash --personal name=drop ' +
      '--known-before Plan --known-before tier --value-horizon 180 --margin 0.4 --discount-rate .1 ' +
      '--only check,segments,clv --read groups:monetary=log --read predictions:homeTown=targetEncode ' +
      '--currency eur --rate usd=0.92 --rate GBP=0 --tax without --shipping with --time-zone Europe/Berlin';
    expect(readOptions(line.split(' '))).toEqual({
      files: ['orders.csv', 'more.csv'],
      out: 'results',
      help: false,
      run: {
        asOf: '2011-12-10',
        refunds: 'drop',
        features: 'rfm',
        nClusters: 4,
        algorithm: 'kmeans',
        seed: 7,
        target: 'column:Churn=Yes',
        horizonDays: 60,
        nOrigins: 2,
        splitRule: 'index%5==0',
        knownBefore: ['Plan', 'tier'],
        answers: [
          { role: 'customer', column: 'Who' },
          { role: 'time', column: 'When=UTC' },
        ],
        personal: [
          { kind: 'email', treatment: 'hash' },
          { kind: 'name', treatment: 'drop' },
        ],
        valueHorizonDays: 180,
        margin: 0.4,
        discountRate: 0.1,
        only: ['check', 'segments', 'clv'],
        transforms: [
          { purpose: 'grouping', trait: 'monetary', transform: 'log' },
          { purpose: 'predicting', trait: 'homeTown', transform: 'targetEncode' },
        ],
        currency: 'EUR',
        rates: [
          { code: 'USD', rate: 0.92 },
          { code: 'GBP', rate: 0 },
        ],
        tax: 'without',
        shipping: 'with',
        timeZone: 'Europe/Berlin',
      },
    });
  });

  test('leaves to the app what is not said, and takes the sample shop when there is no file', () => {
    expect(readOptions(['a.csv']).run).toEqual({});
    expect(readOptions([]).run).toEqual({ sample: 'shop' });
    expect(readOptions(['--n-clusters', 'auto', '--seed', '-3']).run).toEqual({
      sample: 'shop',
      nClusters: 'auto',
      seed: -3,
    });
  });

  test('takes --option=value, file names after --, and column names with blanks', () => {
    const { files, out, run } = readOptions(['--out=a dir', '--target=column:My label', '--', '--odd.csv']);
    expect({ files, out, run }).toEqual({
      files: ['--odd.csv'],
      out: 'a dir',
      run: { target: 'column:My label' },
    });
  });

  test('asks for help anywhere', () => expect(readOptions(['a.csv', '--help']).help).toBe(true));

  test.each([
    [['--frobnicate'], 'there is no option --frobnicate; --help lists them'],
    [['--definition', 'x.json'], 'there is no option --definition; --help lists them'],
    [['-x'], 'there is no option -x; --help lists them'],
    [['--out'], '--out needs a value; --help says which'],
    [['--out', '--seed', '3'], '--out needs a value; --help says which'],
    [['--as-of', '10/12/2011'], '--as-of takes a day as YYYY-MM-DD; got "10/12/2011"'],
    [['--as-of', '2011-02-30'], '--as-of takes a day as YYYY-MM-DD; got "2011-02-30"'],
    [['--refunds', 'keep'], '--refunds takes net or drop; got "keep"'],
    [['--features', 'some'], '--features takes all or rfm or full; got "some"'],
    [['--n-clusters', '1'], '--n-clusters takes a whole number of 2 or more; got "1"'],
    [
      ['--algorithm', 'magic'],
      '--algorithm takes kmeans or miniBatchKmeans or kPrototypes or gaussianMixture or ward or density; got "magic"',
    ],
    [['--seed', '1.5'], '--seed takes a whole number; got "1.5"'],
    [['--horizon', '0'], '--horizon takes a whole number of 1 or more; got "0"'],
    [['--origins', 'x'], '--origins takes a whole number of 1 or more; got "x"'],
    [
      ['--target', 'column:'],
      '--target takes churn, repurchase, cancel, upgrade, event:NAME or column:NAME[=VALUE]; got "column:"',
    ],
    [['--map', 'customer'], '--map takes ROLE=COLUMN; got "customer"'],
    [['--personal', 'email=burn'], '--personal takes KIND=keep|hash|drop where KIND is name, email'],
    [['--currency', 'euros'], '--currency takes a code of three letters such as EUR; got "euros"'],
    [['--currency', 'EUR', '--rate', 'USD'], '--rate takes CODE=RATE such as USD=0.92; got "USD"'],
    [['--rate', 'USD=0.92'], '--rate needs --currency, the one that money is told in; --help says how'],
    [['--time-zone', 'Nowhere'], '--time-zone takes a name such as Europe/Berlin; got "Nowhere"'],
    [['--tax', 'maybe'], '--tax takes with or without; got "maybe"'],
    [['--margin', '40'], '--margin takes a share from 0 to 1 such as 0.4; got "40"'],
    [['--only', 'check,all'], '--only takes check or segments or predictions or clv; got "all"'],
  ])('%j is refused in one sentence', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});
