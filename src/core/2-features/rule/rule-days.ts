import { DAY } from '../history';

/** Whether a text is a day of the calendar, written 2024-01-31. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
};

/** The instants of a window that is given by days: from the first (included) to the last (left out). */
export const spanOfDays = ({ from, to }: { from: string | null; to: string | null }) => ({
  start: from === null ? -Infinity : Date.parse(from),
  end: to === null ? Infinity : Date.parse(to) + DAY,
});
