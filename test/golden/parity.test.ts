// Every figure of `npm run parity`, section by section; where each comes from stands in the sections.
import { expect, test } from 'vitest';
import { distance, holds } from '../parity/comparison';
import { sections, start } from '../parity/sections';

test.each(sections)(
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
