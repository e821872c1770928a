import { describe, expect, it } from 'vitest';
import {
  renderSweepReport,
  sweepEntryOfBands,
  sweepEntryOfTrials,
} from '../src/pages/sweep-report.ts';
import { logScale } from '../src/plots/scales.ts';
import { findSweeps } from '../src/sweeps.ts';
import { inspectHtml, visibleText } from './synthetic/inspect-html.ts';
import { syntheticLab as lab } from './synthetic/lab.ts';
import { syntheticBandsOfSweep, syntheticSweep } from './synthetic/sweep.ts';

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
    expect(visibleText(html)).toContain(
      'among n runs one of more than 3 + 20 / n percentage points (5 for ten, 4 for twenty)',
    );
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
