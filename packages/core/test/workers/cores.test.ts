import { describe, expect, it } from 'vitest';
import { shareCores, threadsOf } from '../../src/workers/cores.ts';

describe('the cores of a machine', () => {
  it.each([
    [8, {}, 8],
    [8, { threads: 1 }, 8],
    [8, { threads: 3 }, 2],
    [8, { threads: 20 }, 1],
    [8, { jobs: 2, threads: 3 }, 2],
    [8, { jobs: 16 }, 16],
    [1, { threads: 4 }, 1],
  ])('%i, as wished %j, take %i tasks side by side', (cores, wish, jobs) => {
    expect(shareCores(cores, wish).jobs).toBe(jobs);
  });

  it.each([
    // Trials side by side come first.
    [8, {}, 8, 1],
    [8, {}, 100, 1],
    [8, {}, 5, 1],
    [8, {}, 3, 2],
    [8, {}, 1, 8],
    [8, { jobs: 2 }, 100, 4],
    [8, { jobs: 16 }, 16, 1],
    [8, { threads: 3 }, 1, 3],
    [8, { threads: 3 }, 100, 3],
    [8, { jobs: 4, threads: 8 }, 100, 2],
    [2, { threads: 8 }, 1, 2],
    [1, {}, 1, 1],
    [512, {}, 1, 128],
  ])('%i, as wished %j, give each of %i tasks %i threads', (cores, wish, tasks, threads) => {
    const { jobs, threads: each } = shareCores(cores, wish);
    expect(threadsOf(each, jobs, tasks)).toBe(threads);
  });

  it.each([1, 2, 3, 8, 13])('%i are never fewer than tasks times threads', (cores) => {
    for (let tasks = 1; tasks < 20; tasks += 1) {
      for (let wished = 1; wished < 20; wished += 1) {
        for (const wish of [{ threads: wished }, { jobs: Math.min(wished, cores) }, {}]) {
          const { jobs, threads } = shareCores(cores, wish);
          const side = Math.min(jobs, tasks);
          expect(side * threadsOf(threads, jobs, tasks)).toBeLessThanOrEqual(cores);
        }
      }
    }
  });
});
