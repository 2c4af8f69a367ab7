// Every distilled sentence on real files reads back as a rule with the same members.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildFeatures } from '../../src/core/2-features/features';
import type { Feature, FeatureTable } from '../../src/core/2-features/feature-table';
import { frequency, monetary, recency } from '../../src/core/2-features/measures/rfm';
import { evaluateRule } from '../../src/core/2-features/rule/evaluate-rule';
import { parseRule } from '../../src/core/2-features/rule/parse-rule';
import { contextOfCollected, contextOfTable, namesOf } from '../../src/core/2-features/rule/rule-context';
import { namesOfFeatures } from '../../src/core/2-features/rule/rule-names';
import { chooseFeatures } from '../../src/core/3-models/clusters/choose-features';
import { kmeans } from '../../src/core/3-models/clusters/kmeans';
import { segment } from '../../src/core/3-models/clusters/segment';
import { distil, type Distilled } from '../../src/core/3-models/rules/distil';
import type { RoleAnswer } from '../../src/core/1-collect/collected';
import { checkFiles, readBytes } from '../core/1-collect/read-text';
import { readSharedTable } from '../fixtures/reference';
import { startTensors } from '../fixtures/tensors';

beforeAll(startTensors);

const shared = new URL('../../../shared/', import.meta.url);
const collectedOf = async (name: string, answers: RoleAnswer[] = []) => {
  const bytes = new Uint8Array(readFileSync(new URL(`data/${name}`, shared)));
  return checkFiles([await readBytes(bytes, basename(name))], { answers }).collected;
};

/** The sentences' rules, read with the names of the segments' traits and with all names, hold for the same rows. */
function expectRoundTrip(told: Distilled[], table: FeatureTable, features: Feature[]) {
  const names = namesOfFeatures(features.map(({ definition }) => definition));
  const all = namesOfFeatures(table.features.map(({ definition }) => definition));
  const context = contextOfTable(table);
  for (const { sentence, rule } of told) {
    const members = evaluateRule(rule, context);
    expect(parseRule(sentence, names), sentence).toEqual(rule);
    expect(evaluateRule(parseRule(sentence, names), context), sentence).toEqual(members);
    expect(evaluateRule(parseRule(sentence, all), context), sentence).toEqual(members);
  }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** K-means segments of any number: told, read back, and how much of them the rules find on average. */
function tellAll(table: FeatureTable): number {
  const { features, X } = chooseFeatures(table.features);
  const fidelities = [3, 5].flatMap((nClusters) => {
    const model = kmeans.fit(X, { ...kmeans.defaults, nClusters }, { seed: 1 });
    const told = distil(features, kmeans.predict(model, X), 1);
    expectRoundTrip(told, table, features);
    return told.map(({ fidelity }) => fidelity);
  });
  return mean(fidelities);
}

describe('on real files every sentence reads back as its rule, and finds most of its segment', () => {
  test.each<[string, number, RoleAnswer[]]>([
    ['mall-customers/Mall_Customers.csv', 0.85, []],
    ['wholesale-customers/Wholesale customers data.csv', 0.8, []],
    ['telco-churn/Telco-Customer-Churn.csv', 0.9, []],
    ['customer-personality/marketing_campaign.csv', 0.9, []],
    ['cdnow-sample/CDNOW_sample.txt', 0.9, [{ role: 'amount', column: 'column 5' }]],
  ])('%s', async (name, least, answers) => {
    const table = buildFeatures(await collectedOf(name, answers), null, 'all');
    expect(tellAll(table)).toBeGreaterThan(least);
  });

  test('Online Retail, by recency, frequency and spend', () => {
    const rows = readSharedTable('reference/online_retail_rfm.csv');
    const column = (name: string) => Float64Array.from(rows, (row) => Number(row[name]));
    const features = [
      { definition: recency.definition, values: column('recency_days') },
      { definition: frequency.definition, values: column('frequency_invoices') },
      { definition: monetary.definition, values: column('monetary') },
    ];
    const customers = Int32Array.from(rows.keys());
    expect(tellAll({ asOf: 0, customers, features })).toBeGreaterThan(0.9);
  });
});

test('the sentences of segment() read back to the same people, from the table and from everything known', async () => {
  const collected = await collectedOf('wholesale-customers/Wholesale customers data.csv');
  const table = buildFeatures(collected, null, 'all');
  const { segments, features } = segment(table, { algorithm: 'kmeans', nClusters: 4, seed: 42 });
  const own = table.features.filter(({ definition }) =>
    features.some(({ name }) => name === definition.name),
  );
  expectRoundTrip(segments, table, own);
  const context = contextOfCollected(collected, null);
  const names = namesOf(context, collected);
  for (const { sentence, rule } of segments)
    expect(evaluateRule(parseRule(sentence, names), context), sentence).toEqual(
      evaluateRule(rule, contextOfTable(table)),
    );
}, 180_000);
