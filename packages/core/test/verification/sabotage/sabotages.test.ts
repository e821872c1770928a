// Runs alone: it replaces the modules that draw the orders of examples and that tell the learning rates.
// Takes 45 s: a hundred sabotaged nights.
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { overallVerdict } from '../../../src/index.ts';
import { codeSabotages } from './code-sabotages.ts';
import { furtherSabotages } from './further-sabotages.ts';
import { type Exercises, found, laboratory, night, type Sabotage, streams } from './laboratory.ts';
import { moreSabotages } from './more-sabotages.ts';
import { dataSabotages, fileSabotages, recipeSabotages } from './other-sabotages.ts';

vi.mock('../../../src/streams/shuffle.ts', async (original) => {
  const own = await original<typeof import('../../../src/streams/shuffle.ts')>();
  return {
    ...own,
    shuffledIndices(...[length, key, draw]: Parameters<typeof own.shuffledIndices>) {
      const redraw = (other: number): Int32Array => own.shuffledIndices(length, key, other);
      return streams.order?.(redraw(draw), redraw, draw) ?? redraw(draw);
    },
  };
});

vi.mock('../../../src/training/learning-rate.ts', async (original) => {
  const own = await original<typeof import('../../../src/training/learning-rate.ts')>();
  return {
    ...own,
    learningRateAt(...[recipe, moment]: Parameters<typeof own.learningRateAt>) {
      const at = (iterations: number): number =>
        own.learningRateAt(recipe, { ...moment, iterations });
      const { iterations, epoch } = moment;
      return streams.rate?.(at, iterations, epoch) ?? at(iterations);
    },
  };
});

const PAGE = new URL('../../../../../docs/sabotages.md', import.meta.url);

const ALL: Readonly<Record<string, readonly [Sabotage, cause: string]>> = {
  ...codeSabotages,
  ...moreSabotages,
  ...furtherSabotages,
  ...dataSabotages,
  ...recipeSabotages,
  ...fileSabotages,
};

describe('a sabotaged exercise', () => {
  let exercises: Exercises;
  const rows: string[] = [];
  beforeAll(async () => {
    exercises = await laboratory();
  });

  it('is found in order where nothing was done to it', async () => {
    for (const healthy of Object.values(exercises)) {
      for (const full of [false, true]) {
        const verification = await night(healthy, {}, full);
        expect(overallVerdict([verification]), verification.details.join('\n')).toBe('ok');
      }
    }
  });

  it.each(Object.entries(ALL))('%s', async (name, [sabotage, cause]) => {
    const healthy = exercises[sabotage.to ?? 'the first'];
    const quick = await night(healthy, sabotage, false);
    const full = await night(healthy, sabotage, true);
    expect(overallVerdict([full]), full.details.join('\n')).not.toBe('ok');
    expect(full.details.join('\n')).toContain(cause);
    if (overallVerdict([quick]) !== 'ok') expect(quick.details.join('\n')).toContain(cause);
    rows.push(
      `| ${name} | ${found(quick)} | ${found(full)} | ${cause.replace('what lives there: ', '')} |`,
    );
  });

  it('stands in the table of docs/sabotages.md as it was found; LABPROOF_WRITE=1 writes it', () => {
    const page = readFileSync(PAGE, 'utf8');
    const [start, end] = ['<!-- sabotages -->\n', '<!-- /sabotages -->'];
    const before = page.slice(0, page.indexOf(start) + start.length);
    const after = page.slice(page.indexOf(end));
    const table = [
      '',
      '| sabotage | quick | full | cause, as it is named |',
      '|---|---|---|---|',
      ...rows,
      '',
      '',
    ].join('\n');
    const wanted = `${before}${table}${after}`;
    if (process.env['LABPROOF_WRITE'] === '1') writeFileSync(PAGE, wanted);
    expect(readFileSync(PAGE, 'utf8')).toBe(wanted);
  });
});
