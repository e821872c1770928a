import { expect, it } from 'vitest';
import { renderTrialsReport } from '../src/pages/trials-report.ts';
import { inspectHtml } from './synthetic/inspect-html.ts';
import { reluTrials, syntheticLab as lab } from './synthetic/lab.ts';

const exercise = lab.exercises[1];
if (exercise === undefined) throw new Error('the synthetic lab has two exercises');
const { recipe, bands } = exercise;
const render = (results = reluTrials, shown = recipe): string =>
  renderTrialsReport({ lab, exercise: exercise.id, recipe: shown, results, bands });
const html = render();

it('names every seed with its whole digest', () => {
  for (const { seed, digest } of reluTrials) {
    expect(html).toMatch(new RegExp(`<th scope="row"\\s*>${seed}</th`));
    expect(html).toContain(digest);
  }
});

it('is the same bytes again, in whatever order the trials come', () => {
  expect(render(reluTrials.toReversed())).toBe(html);
});

it('runs and loads nothing', () => {
  const { active, handlers, addresses } = inspectHtml(html);
  expect({ active, handlers, addresses }).toEqual({ active: [], handlers: [], addresses: [] });
});

it('draws no band of another length', () => {
  const short = render(
    reluTrials.map((trial) => ({ ...trial, history: trial.history.slice(0, 2) })),
    { ...recipe, epochs: 2, trainLimit: 1000 },
  );
  expect(short).toContain('No band is drawn.');
  expect(short).not.toContain('lower tolerance bound');
  expect(short).toContain('the first 1,000 training examples only');
});

it('reads with a single trial', () => {
  expect(render(reluTrials.slice(0, 1))).toContain('1\u00a0trial');
});
