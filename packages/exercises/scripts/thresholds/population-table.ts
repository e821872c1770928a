import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { compareSamples, modelOfRuns, proportionInterval } from '@labproof/core/statistics';
import type { Bands } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { z } from 'zod';
import { percent } from '../readme/marks-table.ts';

const RunsSchema = z.strictObject({
  framework: z.string(),
  exercise: z.string(),
  recipeHash: z.string(),
  versions: z.record(z.string(), z.string()),
  seeded: z.boolean(),
  runs: z.array(z.strictObject({ loss: z.number(), accuracy: z.number() })),
});
type Runs = z.infer<typeof RunsSchema>;

const FOLDER = new URL('../../../../fixtures/populations/', import.meta.url);

/** Runs of other frameworks beside ours: whether they come from one population, and whether their students pass. */
export function populationTable(labs: readonly Lab[]): string {
  return [
    '| exercise | framework | runs | test accuracy | ours | effect in sd (95 %) | spread | rank test | pass | unread / read / lost |',
    '|---|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...['keras', 'pytorch'].flatMap((framework) =>
      labs.flatMap(({ id, exercises }) =>
        exercises.flatMap(({ id: exercise, bands }) => {
          const file = new URL(`${framework}/${id}/${exercise}.json`, FOLDER);
          if (bands === null || !existsSync(file)) return [];
          const runs = RunsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
          return [row(`${id}/${exercise}`, runs, bands)];
        }),
      ),
    ),
  ].join('\n');
}

/** Files of runs, to be checked. */
export function populationFiles(): string[] {
  return readdirSync(FOLDER, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.json'));
}

function row(name: string, { framework, versions, runs }: Runs, bands: Bands): string {
  const theirs = runs.map(({ accuracy }) => accuracy);
  const ours = bands.trials.map(({ accuracy }) => accuracy);
  const plan = {
    kind: bands.passing?.runs ?? 'alike',
    resolution: 1 / (bands.testCount ?? 10_000),
  };
  // Where runs may get stuck, those that work are compared; the rank test is over all.
  const [our, their] = [modelOfRuns(ours, plan), modelOfRuns(theirs, plan)];
  const { effect, low, high, spreadRatio } = compareSamples(our.working, their.working);
  const { p } = compareSamples(ours, theirs);
  const { value, zone } = bands.test.accuracyLower;
  const count = (of: (accuracy: number) => boolean): number => theirs.filter(of).length;
  const passed = count((accuracy) => accuracy >= value);
  const [from, to] = proportionInterval(passed, theirs.length);
  const sure = count((accuracy) => accuracy >= Math.max(value, zone?.sureFrom ?? value));
  const lost = count((accuracy) => accuracy < (zone?.lostBelow ?? value));
  const cells = [
    `\`${name}\``,
    `${framework === 'keras' ? 'Keras' : 'PyTorch'} ${versions[framework] ?? versions['torch'] ?? ''}`,
    `${theirs.length}${stuckText(their.stuck)}`,
    average(theirs),
    `${average(ours)} (${ours.length}${stuckText(our.stuck)})`,
    `${signed(effect)} (${signed(low)} to ${signed(high)})`,
    `× ${spreadRatio.toFixed(2)}`,
    p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`,
    `${percent(passed / theirs.length)} (${percent(from)}–${percent(to)})`,
    `${sure} / ${theirs.length - sure - lost} / ${lost}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function stuckText(stuck: number): string {
  return stuck === 0 ? '' : `, ${stuck} stuck`;
}

function average(values: readonly number[]): string {
  return (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(4);
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}
