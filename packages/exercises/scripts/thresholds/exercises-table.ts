import { readFileSync } from 'node:fs';
import { type Bands, curveAt, operatingCurveOf } from '@labproof/core';
import { type OperatingPoint, proportionInterval, shareText } from '@labproof/core/statistics';
import type { Lab } from '@labproof/lab';
import { z } from 'zod';
import { modelBy } from './populations.ts';

/** Trials and pass marks of the last version whose bounds were of 95 % with 95 % confidence. */
const BEFORE = z
  .record(z.string(), z.strictObject({ n: z.int(), mark: z.number() }))
  .parse(JSON.parse(readFileSync(new URL('before.json', import.meta.url), 'utf8')));

/** Two rows an exercise: the mark before and now, each with what passes it as far as today's runs tell. */
export function exercisesTable(labs: readonly Lab[]): string {
  return [
    '| exercise | | n | mark | honest runs that pass | 1 sd worse | 2 sd | 3 sd | 4 sd | 5 sd | honest runs read / lost |',
    '|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...labs.flatMap(({ id, exercises }) =>
      exercises.flatMap((exercise) =>
        exercise.bands === null ? [] : rows(`${id}/${exercise.id}`, exercise.bands),
      ),
    ),
  ].join('\n');
}

function rows(name: string, bands: Bands): string[] {
  const now = operatingCurveOf(bands);
  const [honest] = now;
  const { count = 0 } = mayStick(bands) ? (bands.passing?.stuck ?? {}) : {};
  const after = row([
    `\`${name}\``,
    'now',
    `${bands.n}${count === 0 ? '' : `, ${count} stuck`}`,
    bands.test.accuracyLower.value.toFixed(4),
    ...curveCells(now),
    `${shareText(readShare(now))} / ${shareText(honest?.lost ?? 0)}`,
  ]);
  const before = BEFORE[name];
  if (before === undefined) return [after];
  const curve = mayStick(bands) ? seenCurve(bands, before.mark) : curveAt(bands, before.mark);
  const lost = 1 - (curve[0]?.pass ?? 1);
  return [
    after,
    row([
      '',
      'before',
      `${before.n}`,
      before.mark.toFixed(4),
      ...curveCells(curve),
      `0 % / ${shareText(lost)}`,
    ]),
  ];
}

function mayStick({ passing }: Bands): boolean {
  return passing?.runs === 'may-stick';
}

/** The share of honest runs that neither get nor lose their points unread. */
export function readShare([honest]: readonly OperatingPoint[]): number {
  return honest === undefined ? 0 : Math.max(0, 1 - (honest.sure ?? 0) - (honest.lost ?? 0));
}

/**
 * What passes a mark that lies among stuck runs: counted over all reference runs, moved down by so many standard
 * deviations of those that work, since the model of runs says nothing of where stuck ones lie. With Wilson's interval.
 */
function seenCurve(bands: Bands, mark: number): OperatingPoint[] {
  const all = bands.trials.map(({ accuracy }) => accuracy);
  const { sd } = modelBy(bands, all);
  return [0, 1, 2, 3, 4, 5].map((shiftSd) => {
    const moved = all.filter((accuracy) => logit(accuracy) - shiftSd * sd >= logit(mark));
    const [low, high] = proportionInterval(moved.length, all.length);
    return { shiftSd, pass: moved.length / all.length, low, high };
  });
}

function logit(accuracy: number): number {
  return Math.log(accuracy / (1 - accuracy));
}

function curveCells([honest, ...worse]: readonly OperatingPoint[]): string[] {
  return [
    honest === undefined
      ? '–'
      : `${shareText(honest.pass)} (${shareText(honest.low)}–${shareText(honest.high)})`,
    ...worse.map(({ pass }) => shareText(pass)),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
