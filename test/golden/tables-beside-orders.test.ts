import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { netPromoterScore } from '../../src/core/1-collect/net-promoter';
import { findThemes } from '../../src/core/1-collect/themes';
import { checkFiles, readBytes } from '../core/1-collect/read-text';

const shared = new URL('../../../shared/', import.meta.url);
const read = (name: string) =>
  readBytes(new Uint8Array(readFileSync(new URL(`data/${name}`, shared))), basename(name));
const reference = (name: string) =>
  JSON.parse(readFileSync(new URL(`reference/${name}`, shared), 'utf8')) as never;

describe('a log of touch points (journeys.json, log)', () => {
  test('has the reference’s rows, customers, channels and days', async () => {
    const { attribution_touchpoints: { log } } = reference('journeys.json') as { attribution_touchpoints: { log: { rows: number; customers: number; value: number; conversions: number; first_time: string; last_time: string; touches_by_channel: Record<string, number> } } }; // prettier-ignore
    const { check, collected } = checkFiles([
      await read('attribution-touchpoints/attribution_touchpoints.csv'),
    ]);
    const events = collected.events!;
    expect(check.files[0]).toMatchObject({ kind: 'events', rowsRead: log.rows, rowsUsed: log.rows });
    expect(events).toMatchObject({ nRows: log.rows, nRepeated: 0 });
    expect(collected.customerIds).toHaveLength(log.customers);
    expect(new Date(events.time[0]!).toISOString()).toBe(new Date(log.first_time).toISOString());
    expect(new Date(events.time.at(-1)!).toISOString()).toBe(new Date(log.last_time).toISOString());
    const byChannel: Record<string, number> = {};
    for (const code of events.channel!.codes) {
      const name = events.channel!.levels[code]!;
      byChannel[name] = (byChannel[name] ?? 0) + 1;
    }
    expect(byChannel).toEqual(log.touches_by_channel);
    expect(events.value!.reduce((sum, value) => sum + value, 0)).toBeCloseTo(log.value, 6);
    const conversions = events.name.codes.reduce((n, code) => n + (events.name.levels[code] === 'conversion' ? 1 : 0), 0); // prettier-ignore
    expect(conversions).toBe(log.conversions);
    // Counted once by a separate program over the sorted file: a gap of more than 1,800 s begins a new visit.
    expect(events.nSessions).toBe(41_258);
  });
});

describe('NPS answers (surveys.json, nps)', () => {
  test('have the reference’s score and its standard error', async () => {
    const { nps: { overall, rows } } = reference('surveys.json') as { nps: { rows: number; overall: { promoters: number; passives: number; detractors: number; nps: number; se: number } } }; // prettier-ignore
    const { check, collected } = checkFiles([await read('nps-survey/nps_survey.csv')]);
    expect(check.files[0]).toMatchObject({ kind: 'surveys', rowsRead: rows, rowsUsed: rows });
    const survey = collected.surveys![0]!;
    expect(survey).toMatchObject({ kind: 'nps', nRows: rows });
    const found = netPromoterScore(survey.score);
    expect(found).toMatchObject({ promoters: overall.promoters, passives: overall.passives, detractors: overall.detractors }); // prettier-ignore
    expect(found.score).toBeCloseTo(overall.nps, 9);
    expect(found.standardError).toBeCloseTo(overall.se, 9);
  });
});

describe('reviews with text', () => {
  test('their themes are named by words, cover nearly all texts and are the same each time', async () => {
    const { table } = await read('product-reviews/womens_clothing_reviews_1172.csv');
    const column = table.columns.find(({ name }) => name === 'Review Text')!;
    const texts = column.levels.filter((text) => text.length > 0);
    const themes = findThemes(texts, 1)!;
    expect(themes.levels.length).toBeGreaterThan(1);
    expect(new Set(themes.levels).size).toBe(themes.levels.length);
    expect(themes.codes.filter((code) => code >= 0).length).toBeGreaterThan(texts.length * 0.99);
    expect(findThemes(texts, 1)).toEqual(themes);
  });
});
