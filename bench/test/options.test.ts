import { describe, expect, it } from 'vitest';
import { benchmarks } from '../src/benchmarks/index.ts';
import { helpText, readOptions } from '../src/options.ts';

describe('the options of benchmarks', () => {
  it('are the same for all, and each has its own', () => {
    for (const benchmark of benchmarks) {
      const common = ['--rounds', '2', '--json', 'out.json', '--python', 'python3'];
      const options = readOptions(benchmark, common);
      expect(options).toMatchObject({ rounds: 2, json: 'out.json', python: 'python3' });
      expect(readOptions(benchmark, []).rounds).toBe(benchmark.rounds);
      for (const [name, { default: value, multiple }] of Object.entries(benchmark.options)) {
        if (multiple !== true) expect(options.option(name)).toBe(value ?? '');
      }
      expect(helpText(benchmarks)).toContain(`  ${benchmark.name} `);
    }
  });

  it('take several values where that makes sense, and refuse what there is not', () => {
    const trials = benchmarks.find(({ name }) => name === 'trials');
    if (trials === undefined) throw new Error('there are no trials');
    const twice = ['--without', 'TF.js cpu', '--without', 'Keras'];
    expect(readOptions(trials, twice).options('without')).toEqual(['TF.js cpu', 'Keras']);
    expect(readOptions(trials, []).options('without')).toEqual([]);
    expect(() => readOptions(trials, ['--round', '2'])).toThrow(/--round/u);
    expect(() => readOptions(trials, ['--rounds', '0'])).toThrow(/whole number from 1/u);
  });
});
