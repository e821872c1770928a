import { describe, expect, it } from 'vitest';
import { best, type Contest, contestToJson, lead, median } from '../src/measure/contest.ts';
import { contestMatrix, contestTable } from '../src/measure/table.ts';
import { takeTurns } from '../src/measure/turns.ts';

const contest: Contest = {
  title: 'a step',
  unit: 'ms',
  better: 'less',
  sides: [
    { name: 'ours', samples: [2, 1, 9], versions: 'v1' },
    { name: 'theirs', samples: [5, 6], also: { loss: 0.5 } },
    { name: 'neither', samples: [], versions: 'cannot' },
  ],
};
const speeds: Contest = {
  title: 'a product',
  unit: 'GFLOP/s',
  better: 'more',
  sides: [
    { name: 'ours', samples: [30] },
    { name: 'theirs', samples: [10] },
  ],
};

describe('a contest', () => {
  it('is summed up by medians, best samples and the lead of the first side', () => {
    expect([median([3, 1, 2]), median([1, 2, 4, 9])]).toEqual([2, 3]);
    expect(median([])).toBeNaN();
    expect([best(contest, [5, 6]), best(speeds, [5, 6])]).toEqual([5, 6]);
    expect(contest.sides.map((side) => lead(contest, side))).toEqual([1, 2.75, Number.NaN]);
    expect(speeds.sides.map((side) => lead(speeds, side))).toEqual([1, 3]);
  });

  it('is written as JSON with what follows from it, and without what is no number', () => {
    expect(contestToJson(contest)).toMatchObject({
      better: 'less',
      sides: [
        { name: 'ours', samples: [2, 1, 9], median: 2, best: 1, lead: 1 },
        { name: 'theirs', median: 5.5, lead: 2.75, also: { loss: 0.5 } },
        { name: 'neither', median: null, best: null, lead: null },
      ],
    });
  });

  it('is printed a side a row', () => {
    expect(contestTable(contest).split('\n')).toEqual([
      '### a step',
      '',
      '| side | median ms | best | ours is ahead by | loss | versions |',
      '| --- | ---: | ---: | ---: | ---: | --- |',
      '| ours | 2.00 | 1.00 | 1.00 × | – | v1 |',
      '| theirs | 5.50 | 5.00 | 2.75 × | 0.500 |  |',
      '| neither | – | – | – | – | cannot |',
      '',
    ]);
  });

  it('stands beside others of the same sides in one table', () => {
    expect(contestMatrix('Products', [speeds])).toContain('| a product | 30.0 | 10.0 | 3.00 × |');
  });
});

describe('turns', () => {
  it('let every side be measured once a round, in the same order', async () => {
    const seen: string[] = [];
    const side = (name: string) => ({
      name,
      measure() {
        seen.push(name);
        return Promise.resolve(seen.length);
      },
    });
    expect(await takeTurns([side('a'), side('b')], 2)).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(seen).toEqual(['a', 'b', 'a', 'b']);
  });
});
