import { readFileSync } from 'node:fs';
import { type Bands, curveAt, operatingCurveOf } from '@labproof/core';
import { type OperatingPoint, shareText } from '@labproof/core/statistics';
import type { Lab } from '@labproof/lab';
import { z } from 'zod';

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
  const before = BEFORE[name];
  const now = operatingCurveOf(bands);
  const [honest] = now;
  const read = honest === undefined ? 0 : 1 - (honest.sure ?? 0) - (honest.lost ?? 0);
  const after = row(`\`${name}\``, 'now', bands.n, bands.test.accuracyLower.value, now, [
    shareText(Math.max(0, read)),
    shareText(honest?.lost ?? 0),
  ]);
  if (before === undefined) return [after];
  const curve = curveAt(bands, before.mark);
  const lost = 1 - (curve[0]?.pass ?? 1);
  return [
    row('', 'before', before.n, before.mark, curve, ['0 %', shareText(lost)]),
    after,
  ].toReversed();
}

function row(
  name: string,
  when: string,
  n: number,
  mark: number,
  curve: readonly OperatingPoint[],
  [read, lost]: readonly [string, string],
): string {
  const [honest, ...worse] = curve;
  const cells = [
    name,
    when,
    `${n}`,
    mark.toFixed(4),
    honest === undefined
      ? '–'
      : `${shareText(honest.pass)} (${shareText(honest.low)}–${shareText(honest.high)})`,
    ...worse.map(({ pass }) => shareText(pass)),
    `${read} / ${lost}`,
  ];
  return `| ${cells.join(' | ')} |`;
}
