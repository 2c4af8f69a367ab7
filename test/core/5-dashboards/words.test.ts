import { expect, test } from 'vitest';
import {
  closed,
  formatBytes,
  formatCount,
  formatFeature,
  formatMoney,
  formatOdds,
  formatShare,
  plural,
  stabilityWord,
} from '../../../src/core/5-dashboards/words';

test('formatShare has one decimal from 1% up, two below, none for nothing', () => {
  expect([0.124, 0.01, 0.0099, 0, 0.9999, 1, NaN].map(formatShare)).toEqual([
    '12.4%',
    '1.0%',
    '0.99%',
    '0%',
    '>99.9%',
    '100.0%',
    '–',
  ]);
});

test('formatCount is full to 99,999 and compact beyond', () => {
  expect([0, 99_999, 100_000, 1_250_000].map(formatCount)).toEqual(['0', '99,999', '100K', '1.3M']);
});

test('formatMoney shows cents of small amounts only and never a currency', () => {
  expect([0, 17.9, 100, 9_268_138.4].map(formatMoney)).toEqual(['0', '17.90', '100', '9,268,138']);
});

test('formatFeature speaks in the unit', () => {
  expect(formatFeature(44.2, 'days')).toBe('44 d');
  expect(formatFeature(0.3, 'flag')).toBe('30.0%');
  expect(formatFeature(2.5, 'orders')).toBe('2.5');
});

test('formatOdds does not print numbers nobody can use', () => {
  expect([Math.log(2), 6, -6].map(formatOdds)).toEqual(['2.0×', 'over 10×', 'under 0.1×']);
});

test('plural and formatBytes count in words', () => {
  expect([plural(1, 'reply', 'replies'), plural(2, 'reply', 'replies')]).toEqual(['1 reply', '2 replies']);
  expect([999, 9_600, 9_600_000, 2_100_000_000].map(formatBytes)).toEqual([
    '999 B',
    '10 kB',
    '9.6 MB',
    '2.10 GB',
  ]);
});

test('stabilityWord follows the limits of Hennig 2007', () => {
  expect([0.85, 0.84, 0.75, 0.74, 0.6, 0.59].map(stabilityWord)).toEqual([
    'very stable',
    'solid',
    'solid',
    'fair',
    'fair',
    'shaky',
  ]);
});

test('closed gives a sentence its capital and its full stop, once', () => {
  expect([closed('churn needs orders'), closed('Done.')]).toEqual(['Churn needs orders.', 'Done.']);
});
