import { describe, expect, it } from 'vitest';
import { fixedSeeds } from '../../src/verification/fixed-seeds.ts';

describe('fixedSeeds', () => {
  const nights = Array.from({ length: 28 }, (_, day) => 20_261_101_000 + day * 1000);

  it('are the first two and another one every night, until each had its turn', () => {
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const trained = nights.map((night) => fixedSeeds(seeds, night));
    for (const three of trained) expect(new Set([1, 2, ...three]).size).toBe(3);
    expect(new Set(trained.slice(0, 8).flat())).toEqual(new Set(seeds));
    expect(fixedSeeds(seeds, nights[3]!)).toEqual(fixedSeeds(seeds, nights[3]!));
  });

  it.each([[[]], [[7]], [[7, 8]], [[7, 8, 9]]])('are all there are of %j', (seeds) => {
    for (const night of nights) expect(fixedSeeds(seeds, night)).toEqual(seeds);
  });
});
