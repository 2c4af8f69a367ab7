// The figures of `npm run parity`, section by section, but for those that take minutes; the sections say where they come from.
import { expect, test } from 'vitest';
import { distance, holds } from '../parity/comparison';
import { sections, start } from '../parity/sections';

const quick = sections.filter(({ isLong }) => !isLong);

test.each(quick)(
  'figures of trusted software hold: $name',
  async ({ compare }) => {
    await start();
    const figures = [...compare()];
    expect(figures.length).toBeGreaterThan(0);
    const apart = figures.filter((one) => !holds(one)).map((one) => ({ ...one, distance: distance(one) }));
    expect(apart).toEqual([]);
  },
  300_000,
);
