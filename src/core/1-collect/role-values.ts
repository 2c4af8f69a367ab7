import type { Role } from './collected';
import { wholeShare } from './column-types';
import type { Column } from './read-table';
import { isEpoch } from './spread-columns';

const SEEN = 500;
const seenTexts = new WeakMap<Column['profile'], string[]>();

/** The first distinct texts that are present, at most 500. */
export function sampleTexts({ profile }: Pick<Column, 'profile'>): string[] {
  const known = seenTexts.get(profile);
  if (known) return known;
  const texts: string[] = [];
  for (let code = 0; code < profile.levels.length && texts.length < SEEN; code++)
    if (!profile.isMissing[code] && profile.counts[code]! > 0)
      texts.push(profile.levels[code]!.slice(0, 200).trim());
  seenTexts.set(profile, texts);
  return texts;
}

export const shareOf = (column: Pick<Column, 'profile'>, pattern: RegExp): number => {
  const texts = sampleTexts(column);
  return texts.length === 0 ? 0 : texts.filter((text) => pattern.test(text)).length / texts.length;
};

export const emailText = /^[^\s@,;]+@[^\s@,;]+\.[a-z]{2,}$/i;
const phoneText = /^'?[+(]?\d[\d\s()./+-]{5,22}$/;
const currencyText = /^([a-z]{3}|[€$£¥]|us\$|kr|zł)$/i;
const flagText = /^(yes|no|true|false|y|n|t|f|0|1|ja|nein|nee|oui|non|si|sí)$/i;

/** Whether the values can be what the header says: 1 when they can, 0 when they cannot. */
export function valueFactor(role: Role, column: Column, nRows: number): number {
  const { numbers, dates, profile, identifier } = column;
  const isMeasured = numbers !== null && !identifier && wholeShare(profile, numbers.values) < 1;
  const isWords = !dates && (!numbers || identifier !== null);
  switch (role) {
    case 'time':
    case 'start':
    case 'trialEnd':
    case 'end':
      return dates || isEpoch(column) ? 1 : 0;
    case 'amount':
    case 'price':
    case 'listPrice':
    case 'quantity':
    case 'discount':
    case 'shipping':
    case 'refunded':
      return numbers ? 1 : 0;
    case 'tax':
      return numbers && shareOf(column, /%$/) < 0.5 ? 1 : 0;
    case 'customer':
      return dates || (isMeasured && !isBrowserId(column)) ? 0 : profile.nDistinct > 1 ? 1 : 0.9;
    case 'order':
    case 'product':
    case 'session':
      return (dates && !numbers) || isMeasured ? 0 : 1;
    case 'status':
    case 'stage':
    case 'interval':
      return !isMeasured && profile.nDistinct <= (role === 'stage' ? 100 : 50) ? 1 : 0;
    case 'email':
      return shareOf(column, emailText) > 0.5 ? 1 : isHashed(column) ? 0.9 : 0;
    case 'phone':
      return shareOf(column, phoneText) > 0.5 ? 1 : isHashed(column) ? 0.9 : 0;
    case 'currency':
      return shareOf(column, currencyText) > 0.9 ? 1 : 0;
    case 'consent':
      return !dates && !isMeasured && profile.nDistinct <= 12 ? 1 : 0;
    case 'score':
      return isScore(column) ? 1 : 0;
    case 'name':
    case 'reason':
      return isWords && shareOf(column, flagText) < 0.5 ? 1 : 0;
    case 'comment':
    case 'claim':
      return isWords && shareOf(column, flagText) < 0.5 ? 1 : 0;
    case 'event':
      return !dates && !isMeasured && profile.nDistinct <= Math.max(200, nRows * 0.2) ? 1 : 0;
    case 'account':
    case 'plan':
    case 'coupon':
    case 'channel':
    case 'segment':
      return dates || isMeasured ? 0 : 1;
    default:
      return profile.nDistinct < Math.max(50, nRows * 0.5) ? 1 : 0.5;
  }
}

/** "1234567.1600000000": two numbers of a cookie, no decimal fraction. */
const isBrowserId = (column: Column): boolean => shareOf(column, /^\d{3,}\.\d{9,}$/) > 0.9;

/** Addresses and numbers made unreadable before the export keep their use as keys. */
const isHashed = (column: Column): boolean =>
  shareOf(column, /^[0-9a-f]{24,128}$|^[\w+/-]{20,}={0,2}$/i) > 0.9;

/** Whole numbers from 0 to 10, as answers to a scale are. */
export function isScore({ numbers, profile, dates }: Column): boolean {
  if (!numbers || dates || profile.nDistinct < 2) return false;
  return numbers.values.every(
    (value, code) =>
      Number.isNaN(value) ||
      profile.counts[code] === 0 ||
      (Number.isInteger(value) && value >= 0 && value <= 10),
  );
}

/** Mean length of the texts, each distinct one counted once; how comments are told from labels. */
export function meanLength(column: Column): number {
  const texts = sampleTexts(column);
  return texts.length === 0 ? 0 : texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
}
