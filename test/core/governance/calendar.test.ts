import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeCalendar, type CalendarDay } from '../../../src/core/governance/calendar';

const stamp = Date.UTC(2026, 10, 23, 4, 30, 5);
const review: CalendarDay = {
  id: 'p1-segments@coterie',
  day: '2026-12-31',
  everyDays: 90,
  summary: 'Shop; are the segments, as named, still true?',
  description: '- Champions: 94 of 100 come back\n- C:\\lists: delete',
};

describe('writeCalendar', () => {
  test('is the file that RFC 5545 asks for, to the letter', () => {
    expect(writeCalendar([review], stamp)).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Coterie//Reviews//EN',
        'CALSCALE:GREGORIAN',
        'METHOD:PUBLISH',
        'BEGIN:VEVENT',
        'UID:p1-segments@coterie',
        'DTSTAMP:20261123T043005Z',
        'DTSTART;VALUE=DATE:20261231',
        'DTEND;VALUE=DATE:20270101',
        'RRULE:FREQ=DAILY;INTERVAL=90',
        'SUMMARY:Shop\\; are the segments\\, as named\\, still true?',
        'DESCRIPTION:- Champions: 94 of 100 come back\\n- C:\\\\lists: delete',
        'TRANSP:TRANSPARENT',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'DESCRIPTION:Shop\\; are the segments\\, as named\\, still true?',
        'TRIGGER:PT9H',
        'END:VALARM',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
  });

  test('folds behind 75 octets and never inside a character', () => {
    // "SUMMARY:" and 66 letters are 74 octets: the two of "é" begin the next line.
    const text = writeCalendar([{ ...review, summary: `${'a'.repeat(66)}éb` }], stamp);
    expect(text).toContain(`\r\nSUMMARY:${'a'.repeat(66)}\r\n éb\r\nDESCRIPTION`);
    const fits = writeCalendar([{ ...review, summary: 'a'.repeat(67) }], stamp);
    expect(fits).toContain(`\r\nSUMMARY:${'a'.repeat(67)}\r\nDESCRIPTION`);
  });

  test('any text comes back as it was when the lines are unfolded and unescaped', () => {
    const octets = new TextEncoder();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (description) => {
        const text = writeCalendar([{ ...review, description }], stamp);
        const lines = text.split('\r\n');
        for (const line of lines) expect(octets.encode(line).length).toBeLessThanOrEqual(75);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        const unfolded = text.replaceAll('\r\n ', '').split('\r\n');
        const value = unfolded.find((line) => line.startsWith('DESCRIPTION:'))!.slice(12);
        const read = value.replace(/\\(.)/g, (_, character: string) =>
          character === 'n' ? '\n' : character,
        );
        expect(read).toBe(description.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ''));
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test('holds no entry but those asked for', () => {
    expect(writeCalendar([], stamp)).not.toContain('VEVENT');
    expect(writeCalendar([review, { ...review, id: 'b' }], stamp).match(/BEGIN:VEVENT/g)).toHaveLength(2);
  });
});
