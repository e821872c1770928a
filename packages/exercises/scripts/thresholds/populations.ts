import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Bands } from '@labproof/core';
import { modelOfRuns, type RunModel } from '@labproof/core/statistics';
import type { Lab } from '@labproof/lab';
import { z } from 'zod';

const RunsSchema = z.strictObject({
  framework: z.string(),
  exercise: z.string(),
  recipeHash: z.string(),
  versions: z.record(z.string(), z.string()),
  seeded: z.boolean(),
  runs: z.array(z.strictObject({ loss: z.number(), accuracy: z.number() })),
});

const FOLDER = new URL('../../../../fixtures/populations/', import.meta.url);

export type Framework = 'keras' | 'pytorch';

/** Kept runs of an exercise in another framework, beside its bands. */
export interface Population {
  /** `LAB/EXERCISE` */
  readonly name: string;
  readonly version: string;
  readonly accuracies: readonly number[];
  readonly bands: Bands;
}

/** The kept runs of a framework, in the order of the labs. Throws for runs of another recipe than the exercise's. */
export function populationsOf(labs: readonly Lab[], framework: Framework): Population[] {
  return labs.flatMap(({ id, exercises }) =>
    exercises.flatMap(({ id: exercise, bands }) => {
      const name = `${id}/${exercise}`;
      const file = new URL(`${framework}/${name}.json`, FOLDER);
      if (bands === null || !existsSync(file)) return [];
      const { recipeHash, versions, runs } = RunsSchema.parse(
        JSON.parse(readFileSync(file, 'utf8')),
      );
      if (recipeHash !== bands.recipeHash) {
        throw new Error(`${framework} runs of ${name} are of another recipe`);
      }
      const accuracies = runs.map(({ accuracy }) => accuracy);
      const version = versions[framework] ?? versions['torch'] ?? '';
      return [{ name, version, accuracies, bands }];
    }),
  );
}

/** Files of runs, to be checked. */
export function populationFiles(): string[] {
  return readdirSync(FOLDER, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.json'));
}

/** The model of some runs of an exercise, by the plan of its bands. */
export function modelBy({ passing, testCount }: Bands, accuracies: readonly number[]): RunModel {
  return modelOfRuns(accuracies, {
    kind: passing?.runs ?? 'alike',
    resolution: 1 / (testCount ?? 10_000),
  });
}

/** How many of some runs reach the mark, and get or lose their points unread. */
export interface Fates {
  readonly passed: number;
  readonly sure: number;
  readonly lost: number;
}

/** What becomes of runs of an exercise. */
export function fatesOf({ accuracies, bands }: Population): Fates {
  const { value, zone } = bands.test.accuracyLower;
  const count = (of: (accuracy: number) => boolean): number => accuracies.filter(of).length;
  return {
    passed: count((accuracy) => accuracy >= value),
    sure: count((accuracy) => accuracy >= Math.max(value, zone?.sureFrom ?? value)),
    lost: count((accuracy) => accuracy < (zone?.lostBelow ?? value)),
  };
}
