import { unmarkedNegatives, worthlessPrices, wrongTotals } from './amounts';
import { brokenLetters, webMarkup } from './broken-text';
import { badEmails, phoneForms, shortPostcodes } from './contacts';
import { farDates, futureDates, impossibleDays, otherDateOrder, shortYears } from './dates';
import type { Fault } from './fault';
import { constantColumns, emptyColumns } from './idle-columns';
import { damagedIds, emailCase, idsWithoutZeros } from './ids';
import { impossibleAges, impossibleBirths } from './lifetimes';
import { orderedTooEarly, orphans, unlikeIds } from './links';
import {
  inCents,
  lettersInNumbers,
  mixedCurrencies,
  otherDecimalMark,
  outliers,
  percentSigns,
  unitsInCells,
} from './numbers';
import { placeholderDates, placeholderNumbers, placeholderWords } from './placeholders';
import { customersTwice, exactRepeats, overlappingFiles } from './repeated-rows';
import { reusedOrders } from './reused-orders';
import { shiftedRows } from './shifted-rows';
import { extraBlanks, letterCase, nearSpellings, severalWords } from './spellings';
import { emptyRows, repeatedHeaders, testRows, totalRows } from './stray-rows';
import { crowdedDays, silentWeeks } from './volume';

/** Every kind of fault, rows that are no data first: a new one is a place in its family's file and a line here. */
export const faults: readonly Fault[] = [
  repeatedHeaders,
  totalRows,
  emptyRows,
  shiftedRows,
  testRows,
  exactRepeats,
  overlappingFiles,
  customersTwice,
  reusedOrders,
  brokenLetters,
  webMarkup,
  extraBlanks,
  letterCase,
  severalWords,
  nearSpellings,
  placeholderWords,
  placeholderNumbers,
  placeholderDates,
  damagedIds,
  emailCase,
  idsWithoutZeros,
  unlikeIds,
  orphans,
  otherDecimalMark,
  lettersInNumbers,
  unitsInCells,
  percentSigns,
  mixedCurrencies,
  inCents,
  outliers,
  wrongTotals,
  unmarkedNegatives,
  worthlessPrices,
  otherDateOrder,
  impossibleDays,
  shortYears,
  farDates,
  futureDates,
  orderedTooEarly,
  impossibleBirths,
  impossibleAges,
  badEmails,
  phoneForms,
  shortPostcodes,
  emptyColumns,
  constantColumns,
  silentWeeks,
  crowdedDays,
];
