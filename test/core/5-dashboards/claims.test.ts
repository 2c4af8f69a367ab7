import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Evidence } from '../../../src/core/1-collect/canonical';
import { listClaims, nameClaim, sayNotesElsewhere, sortNotes } from '../../../src/core/5-dashboards/claims';
import { segmentation } from '../4-decisions/example-results';

const note = (segment: string, claim: string, supports = true): Evidence => ({
  segment,
  claim,
  quote: 'as they said it',
  source: 'Interview 1',
  at: NaN,
  supports,
});
const { segments, features } = segmentation;
const [regulars] = segments as [(typeof segments)[number]];

test('listClaims holds the name, the sentence and the marked traits, each untested without a note', () => {
  const claims = listClaims(regulars, features, []);
  expect(claims.map(({ text }) => text)).toEqual([nameClaim, regulars.sentence, 'Long quiet']);
  expect(new Set(claims.map(({ count }) => count.words))).toEqual(new Set(['untested']));
  const low = { ...regulars, traits: [{ ...regulars.traits[0]!, z: -1 }] };
  expect(listClaims(low, features, [])[2]!.text).toBe('Bought recently');
  const unmarked = { ...regulars, traits: [{ ...regulars.traits[0]!, z: 0.4 }] };
  expect(listClaims(unmarked, features, [])).toHaveLength(2);
});

test('listClaims counts notes for and against, however a claim is capitalised, and adds what only notes claim', () => {
  const notes = [
    note('Regulars', 'LONG QUIET', false),
    note('Regulars', 'Long quiet'),
    note('Regulars', 'Price matters'),
  ];
  const claims = listClaims(regulars, features, notes);
  expect(claims.map(({ text, count }) => [text, count.words])).toEqual([
    [nameClaim, 'untested'],
    [regulars.sentence, 'untested'],
    ['Long quiet', '1 for, 1 against'],
    ['Price matters', '1 for, 0 against'],
  ]);
  expect(claims[2]!.notes.map(({ supports }) => supports)).toEqual([true, false]);
});

test('sortNotes knows a segment by the name on the screen and by the suggested one; the former goes first', () => {
  const notes = [note('regulars ', 'a'), note('=Quiet', 'b'), note('VIP', 'c'), note('Gone', 'd')];
  const sorted = sortNotes(notes, segments, ['VIP']);
  expect(sorted.bySegment.get(0)!.map(({ claim }) => claim)).toEqual(['a', 'c']);
  expect(sorted.bySegment.get(1)!.map(({ claim }) => claim)).toEqual(['b']);
  expect(sayNotesElsewhere(sorted.elsewhere)).toBe('1 note is about segments that are not here: “Gone”');
  // The second segment goes by the first one's suggested name now.
  const swapped = sortNotes([note('Regulars', 'a')], segments, ['VIP', 'Regulars']);
  expect(swapped.bySegment.get(1)).toHaveLength(1);
});

test('every note stands under exactly one claim of one segment, or elsewhere', () => {
  const anyNote = fc
    .tuple(fc.constantFrom('Regulars', '=Quiet', 'Gone'), fc.string(), fc.boolean())
    .map(([segment, claim, supports]) => note(segment, claim, supports));
  fc.assert(
    fc.property(fc.array(anyNote), (notes) => {
      const { bySegment, elsewhere } = sortNotes(notes, segments, []);
      const claims = segments.flatMap((one) => listClaims(one, features, bySegment.get(one.id)!));
      expect(new Set([...claims.flatMap((claim) => claim.notes), ...elsewhere])).toEqual(new Set(notes));
      expect(claims.reduce((n, { count }) => n + count.for + count.against, elsewhere.length)).toBe(notes.length); // prettier-ignore
    }),
  );
});
