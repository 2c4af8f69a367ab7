import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import {
  contactListCsv,
  contactListName,
  customersCsv,
  refusedCsv,
} from '../../../src/core/4-decisions/lists';
import {
  audienceRows,
  type CustomerRow,
  type ScoredCustomers,
  sortByIdInSteps,
} from '../../../src/core/4-decisions/audience';
import { finish } from '../../../src/core/kit/steps';
import { check, prediction, scored } from './example-results';

const customer: CustomerRow = {
  customer: 0,
  id: '',
  segment: null,
  segmentName: null,
  lifecycle: null,
  rfmCell: null,
  recency: null,
  frequency: null,
  monetary: null,
  propensity: null,
  valueRow: null,
  hasHappened: false,
};

test('sortByIdInSteps puts many customers in the order of their numbers, and lets others work in between', () => {
  const ids = Array.from({ length: 9001 }, (_, i) => String((i * 7919) % 9001));
  const steps = sortByIdInSteps(ids.map((id) => ({ ...customer, id })));
  let nSteps = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) nSteps++;
  expect(step.value.map(({ id }) => id)).toEqual(Array.from({ length: 9001 }, (_, i) => String(i)));
  expect(nSteps).toBeGreaterThan(5);
});

const wholeCsv = (scored: ScoredCustomers) => finish(customersCsv(scored));

const records = (text: string) =>
  Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;

describe('customersCsv', () => {
  test('has one row for each customer in any result, by number where ids are integers', () => {
    expect(wholeCsv(scored)).toBe(
      [
        'customer_id,recency_days,frequency,monetary,rfm_cell,lifecycle,segment,churn_propensity',
        "9,200,1,0.30,112,Lost,'=Quiet,0.9",
        '10,,,,,,Regulars,',
        '100,1,12,1234.50,554,Champions,Regulars,0.123456789012345',
        '',
      ].join('\n'),
    );
  });

  test('orders by text as soon as one id is not an integer', () => {
    const mixed = { ...scored, customerIds: ['b2', '10', '9'] };
    expect(records(wholeCsv(mixed)).map((row) => row['customer_id'])).toEqual(['10', '9', 'b2']);
  });

  test('writes the name the person gave', () => {
    const rows = records(wholeCsv({ ...scored, names: ['', 'Sleepers'] }));
    expect(rows.map((row) => row['segment'])).toEqual(['Sleepers', 'Regulars', 'Regulars']);
  });

  test('leaves the columns of RFM empty without orders, and has no likelihood without a prediction', () => {
    const rows = records(wholeCsv({ ...scored, rfm: null, prediction: null }));
    expect(rows[0]).toEqual({
      customer_id: '9',
      recency_days: '',
      frequency: '',
      monetary: '',
      rfm_cell: '',
      lifecycle: '',
      segment: "'=Quiet",
    });
  });

  test('tells the strongest reasons beside the likelihood where they were kept', () => {
    const about = { label: 'days since last order', unit: 'days', isPersonal: false } as const;
    const reasons = {
      features: [{ feature: 'recency', ...about }],
      perCustomer: 3,
      feature: Int16Array.of(-1, -1, -1, 0, -1, -1),
      part: Float32Array.of(0, 0, 0, Math.log(3), 0, 0),
      value: Float64Array.of(0, 0, 0, 200, 0, 0),
      explained: 2,
    };
    const told = { ...scored, prediction: { ...prediction, reasons } };
    expect(records(wholeCsv(told)).map((row) => row['churn_reasons'])).toEqual([
      'Last order 200 days ago makes leaving likelier (×3.0)',
      '',
      '',
    ]);
    const list = records(contactListCsv(told, { minPropensity: 0.5 }));
    expect(list.map((row) => row['reasons'])).toEqual([
      'Last order 200 days ago makes leaving likelier (×3.0)',
    ]);
  });

  test('names the likelihood after the column it is about', () => {
    const target = { kind: 'column', column: 'Left, really', value: 'Yes' } as const;
    const [header] = wholeCsv({ ...scored, prediction: { ...prediction, target } }).split('\n');
    expect(header).toMatch(/,segment,"Left, really_propensity"$/);
  });

  test('has no likelihood where nothing could be learned', () => {
    const blocked = { ...prediction, blocked: 'needs 40 more customers' };
    expect(wholeCsv({ ...scored, prediction: blocked })).not.toContain('propensity');
  });

  describe('contactListCsv', () => {
    test('holds the people of a segment with its sentence as the reason', () => {
      expect(contactListCsv(scored, { segment: 0 })).toBe(
        [
          'customer_id,segment,why,likelihood,last_order,frequency,monetary',
          '100,Regulars,"Regulars, in a sentence",0.1235,2011-12-09,12,1234.50',
          '10,Regulars,"Regulars, in a sentence",,,,',
          '',
        ].join('\n'),
      );
    });

    test('holds everyone at or above a cut-off, the likeliest first, with the likelihood as the reason', () => {
      const rows = records(contactListCsv(scored, { minPropensity: 0.1 }));
      expect(rows.map((row) => [row['customer_id'], row['why']])).toEqual([
        ['9', '90% likely not to order in the next 90 days'],
        ['100', '12% likely not to order in the next 90 days'],
      ]);
      expect(records(contactListCsv(scored, { minPropensity: 0.9 }))).toHaveLength(1);
      expect(records(contactListCsv(scored, { minPropensity: 0.91 }))).toHaveLength(0);
    });

    test('holds a lifecycle group with what each did as the reason', () => {
      const rows = records(contactListCsv(scored, { lifecycle: 'Lost' }));
      expect(rows.map((row) => row['why'])).toEqual(['Lost: 1 order, the last 200 days ago']);
    });
  });

  test('audienceRows puts the biggest spenders first where there is no prediction', () => {
    const chosen = audienceRows({ ...scored, prediction: null }, {});
    expect(chosen.map(({ id }) => id)).toEqual(['100', '9', '10']);
  });

  test('refusedCsv lists file, row, column, value and reason, formulas made harmless', () => {
    expect(refusedCsv(check.refused)).toBe("file,row,column,value,why\norders.csv,3,who,'=1+1,no customer\n");
  });
});

test('audienceRows leaves out the lost and those to whom it has happened, and can put the biggest spenders first', () => {
  const everyone = audienceRows(scored, {});
  const lifecycle = everyone.find((row) => row.lifecycle !== null)!.lifecycle!;
  const withoutLost = audienceRows(scored, { withoutLifecycles: [lifecycle] });
  expect(withoutLost).toEqual(everyone.filter((row) => row.lifecycle !== lifecycle));
  const happened = new Uint8Array(prediction.customers.length);
  happened[0] = 1;
  const known = { ...scored, prediction: { ...prediction, happened } };
  expect(audienceRows(known, { withoutHappened: true })).toHaveLength(everyone.length - 1);
  const spends = audienceRows(scored, { sortBy: 'monetary' }).map((row) => row.monetary ?? 0);
  expect(spends).toEqual([...spends].sort((a, b) => b - a));
});

test('contactListName says who is on the list and as of when', () => {
  expect(contactListName(scored, { lifecycle: "Can't lose them" })).toMatch(
    /^can-t-lose-them-\d{4}-\d\d-\d\d\.csv$/,
  );
  expect(contactListName(scored, { minPropensity: 0.5 })).toMatch(/^likely-to-leave-/);
});
