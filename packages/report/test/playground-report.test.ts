import {
  playgroundBoundary,
  PlaygroundConfigSchema,
  runPlayground,
  successRate,
} from '@labproof/core/playground';
import type { PlaygroundExercise } from '@labproof/lab';
import type { Evidence } from '@labproof/grader';
import { describe, expect, it } from 'vitest';
import { renderEvidence } from '../src/parts/answers/evidence.ts';
import { renderPlaygroundReport } from '../src/pages/playground-report.ts';
import { playgroundTable } from '../src/terminal/terminal.ts';
import { syntheticLab as lab } from './synthetic/lab.ts';

const config = PlaygroundConfigSchema.parse({ dataset: 'gauss', networkShape: [2] });
const exercise: PlaygroundExercise = {
  id: 'heaps',
  title: 'Two <heaps>',
  config,
  epochs: 12,
  target: 0.02,
  published: null,
  sweep: null,
};
const options = { epochs: 12, target: 0.02, history: true };
const runs = [1, 2, 3].map((seed) => runPlayground(config, seed, options).run);
const success = successRate(runs);

describe('the page of a playground exercise', () => {
  const page = renderPlaygroundReport({
    lab,
    exercise,
    config,
    epochs: 12,
    target: 0.02,
    runs,
    success,
    boundaries: [playgroundBoundary(config, 2, { epochs: 12, size: 20 })],
  });

  it('says how often it works, for every seed when, and draws a boundary', () => {
    expect(page).toContain(`${success.successes} of 3\u00a0runs got below a test loss of 0.02`);
    for (const { digest } of runs) expect(page).toContain(digest);
    expect(page).toContain('id="boundary-2-title"');
    expect(page).toContain('Two &lt;heaps&gt;');
    expect(page).not.toContain('<heaps>');
  });
});

describe('the table of playground runs', () => {
  it('has a line a seed and the success rate', () => {
    const lines = playgroundTable(
      { runs, target: 0.02, epochs: 12, success },
      { colour: false },
    ).split('\n');
    expect(lines).toHaveLength(runs.length + 3);
    expect(lines[1]).toContain(runs[0]?.digest.slice(0, 16));
    expect(lines[4]).toContain(`${success.successes} of 3 runs`);
  });
});

describe('the evidence of a playground claim', () => {
  const item = (epochs: number): Evidence => ({
    kind: 'playground',
    label: 'Runs with seeds 1 to 100',
    config,
    epochs: 229,
    target: 0.1,
    runs: 100,
    successes: 13,
    interval: [0.078, 0.21],
    shown: { seed: 5, epochs, testLoss: 0.09 },
    address: 'https://playground.tensorflow.org/#dataset=gauss',
  });

  it('shows rate, interval, network and the decision boundary of a run', () => {
    const text = renderEvidence([item(10)])?.text ?? '';
    expect(text).toContain('13 of 100');
    expect(text).toMatch(/7\.8\s%\s+to\s+21\.0\s%/u);
    expect(text).toContain('id="playground-5-title"');
  });

  it('draws none where training it again would take too long', () => {
    const text = renderEvidence([item(100_000)])?.text ?? '';
    expect(text).toContain('13 of 100');
    expect(text).not.toContain('<svg');
  });
});
