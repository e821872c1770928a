import { describe, expect, it } from 'vitest';
import {
  renderSweepReport,
  sweepEntryOfBands,
  sweepEntryOfTrials,
} from '../src/pages/sweep-report.ts';
import { logScale } from '../src/plots/scales.ts';
import { findStuckRuns } from '../src/stuck-runs.ts';
import { findSweeps } from '../src/sweeps.ts';
import { inspectHtml, visibleText } from './synthetic/inspect-html.ts';
import { syntheticLab as lab } from './synthetic/lab.ts';
import { syntheticBandsOfSweep, syntheticSweep } from './synthetic/sweep.ts';

describe('runs that are stuck', () => {
  it('are those below the first gap, also where they are most', () => {
    // Rounded final accuracies of twenty runs whose relu outputs die.
    const real = [
      0.676, 0.679, 0.769, 0.771, 0.776, 0.784, 0.853, 0.853, 0.869, 0.869, 0.87, 0.872, 0.874,
      0.876, 0.877, 0.959, 0.962, 0.962, 0.964, 0.968,
    ];
    const found = findStuckRuns(real);
    expect(found?.workingFrom).toBe(0.959);
    expect(found?.stuck).toHaveLength(15);
  });

  it('are none where runs scatter without a gap', () => {
    const wide = [0.595, 0.613, 0.628, 0.641, 0.658, 0.67, 0.684, 0.702];
    expect(findStuckRuns(wide)).toEqual({ stuck: [], workingFrom: 0.595 });
    expect(findStuckRuns([0.9, 0.9, 0.9, 0.9, 0.9])?.stuck).toEqual([]);
    expect(findStuckRuns([0.95, 0.9, 0.95, 0.95, 0.95])?.stuck).toEqual([]);
  });

  it('are not judged among fewer than five', () => {
    expect(findStuckRuns([0.9, 0.1, 0.9, 0.9])).toBeNull();
  });

  it('include those whose weights are no numbers', () => {
    expect(findStuckRuns([0.9, Number.NaN, 0.91, 0.92, 0.9])?.stuck).toEqual([1]);
    expect(findStuckRuns(Array.from({ length: 5 }, () => Number.NaN))?.stuck).toHaveLength(5);
  });
});

describe('sweeps', () => {
  const members = syntheticSweep();

  it('are found among recipes, whatever the networks are called', () => {
    const entries = members.map(({ exercise, recipe }) => ({ id: exercise, recipe }));
    const [sweep, ...others] = findSweeps([
      ...entries,
      ...lab.exercises.map(({ id, recipe }) => ({ id, recipe })),
    ]);
    expect(others).toEqual([]);
    expect(sweep?.name).toBe('units of layer 1');
    expect(sweep?.members.map(({ value }) => value)).toEqual([2, 8, 32, 128, 256]);
    expect(findSweeps(entries.slice(0, 2))).toEqual([]);
  });

  it('may vary the learning rate as well', () => {
    const [first] = members;
    if (first === undefined) throw new RangeError('an empty sweep');
    const entries = [0.1, 0.01, 0.001].map((rate) => ({
      id: `rate-${rate}`,
      recipe: {
        ...first.recipe,
        optimizer: { ...first.recipe.optimizer, learning_rate: rate },
      },
    }));
    expect(findSweeps(entries)).toEqual([
      {
        name: 'learning rate',
        members: [
          { id: 'rate-0.001', value: 0.001 },
          { id: 'rate-0.01', value: 0.01 },
          { id: 'rate-0.1', value: 0.1 },
        ],
      },
    ]);
  });
});

describe('the report of a sweep', () => {
  const entries = syntheticSweep().map(({ results, ...known }) =>
    sweepEntryOfTrials(known, results),
  );
  const html = renderSweepReport({ lab, title: 'Made-up sweep', varied: 'Hidden units', entries });

  it('shows every value with its runs, on one page', () => {
    const text = visibleText(html);
    expect(text).toContain('5 networks that differ in nothing else, 30 runs in all');
    for (const { exercise } of entries) expect(text).toContain(exercise);
    for (const id of ['sweep-training', 'sweep-test', 'sweep-error', 'sweep-seconds']) {
      expect(html).toContain(`id="${id}-title"`);
    }
  });

  it('counts stuck runs and says by which rule', () => {
    const rows = [...html.matchAll(/<tr>[^]*?<\/tr>/g)].map(([row]) =>
      [...row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map(([, cell = '']) => visibleText(cell)),
    );
    const stuck = rows.filter(([name]) => name?.includes('mnist-mlp-')).map((row) => row[6]);
    expect(stuck).toEqual(['2', '0', '0', '0', '0']);
    expect(visibleText(html)).toContain('gap of more than 5 percentage points');
  });

  it('is drawn from stored bands too, without times', () => {
    const page = renderSweepReport({
      lab,
      title: 'Made-up sweep',
      varied: 'Hidden units',
      entries: syntheticSweep().map((known) =>
        sweepEntryOfBands(known, syntheticBandsOfSweep(known)),
      ),
    });
    expect(page).toContain('id="sweep-test-title"');
    expect(page).not.toContain('sweep-seconds');
    expect(visibleText(page)).not.toContain('Time a run');
  });

  it('is the same in any order, runs nothing and loads nothing', () => {
    const again = renderSweepReport({
      lab,
      title: 'Made-up sweep',
      varied: 'Hidden units',
      entries: entries.toReversed(),
    });
    expect(again).toBe(html);
    const { active, handlers, addresses, ids } = inspectHtml(html);
    expect([...active, ...handlers, ...addresses]).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

it('a logarithmic axis ends on round ticks that hold all values', () => {
  expect(logScale([0.021, 0.34])).toEqual({
    domain: [0.02, 0.5],
    ticks: [0.02, 0.05, 0.1, 0.2, 0.5],
    decimals: 2,
  });
  expect(logScale([0, Number.NaN]).domain[0]).toBeGreaterThan(0);
});
