import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  LabproofError,
  playgroundBoundary,
  type PlaygroundConfig,
  type PlaygroundRun,
  readPlaygroundConfig,
  runPlayground,
  type SuccessRate,
  successRate,
} from '@labproof/core';
import type { Lab, PlaygroundExercise } from '@labproof/lab';
import { writeFilesTogether } from '@labproof/grader';
import { renderPlaygroundReport } from '@labproof/report';
import type { Context } from '../program/context.ts';
import { Progress } from '../progress/progress.ts';

/** A configuration is a page of text at most. */
const MOST_BYTES = 64 * 2 ** 10;

/** A playground exercise that was run. */
export interface PlaygroundTrials {
  readonly config: PlaygroundConfig;
  readonly epochs: number;
  readonly target: number;
  readonly runs: readonly PlaygroundRun[];
  readonly success: SuccessRate;
}

/**
 * The configuration that `--config` gives: a file, a playground address, JSON or `key=value` pairs. Pairs and JSON change
 * the exercise's own configuration, an address stands for itself.
 */
export function playgroundConfig(
  exercise: PlaygroundExercise,
  given: string | undefined,
): PlaygroundConfig {
  if (given === undefined) return exercise.config;
  const text = given.includes('=') || given.trim().startsWith('{') ? given : readConfigFile(given);
  return readPlaygroundConfig(text, exercise.config);
}

function readConfigFile(path: string): string {
  const fault = !existsSync(path)
    ? 'there is no such file'
    : !statSync(path).isFile()
      ? 'it is no file'
      : statSync(path).size > MOST_BYTES
        ? `it is larger than ${MOST_BYTES} bytes`
        : null;
  if (fault === null) return readFileSync(path, 'utf8');
  throw new LabproofError({
    code: 'playground-config-unreadable',
    owner: 'instructor',
    message: `The playground configuration ${path} cannot be read: ${fault}.`,
    fix: 'Name a file, or give a playground address or pairs such as networkShape=3,activation=tanh.',
  });
}

/** Runs a playground exercise from consecutive seeds, each for all its epochs, with progress on stderr. */
export function runPlaygroundTrials(
  context: Context,
  exercise: PlaygroundExercise,
  options: { trials: number; seed: number; epochs?: number; config: PlaygroundConfig },
): PlaygroundTrials {
  const { config } = options;
  const epochs = options.epochs ?? exercise.epochs;
  const { target } = exercise;
  const progress = new Progress(context, exercise.id);
  const runs: PlaygroundRun[] = [];
  for (let index = 0; index < options.trials; index += 1) {
    context.signal.throwIfAborted();
    const { run } = runPlayground(config, options.seed + index, {
      epochs,
      target,
      history: true,
    });
    runs.push(run);
    progress.update(runs.length / options.trials, `${runs.length} of ${options.trials} trials`);
  }
  progress.done(`${runs.length} ${runs.length === 1 ? 'trial' : 'trials'}`);
  return { config, epochs, target, runs, success: successRate(runs) };
}

/** Cells along a side of a drawn decision boundary, as many as the playground's own map has. */
const BOUNDARY_SIZE = 100;

/**
 * Writes `DIR/<exercise>/trials.html` and `runs.json`; gives the path of the page. Boundaries are drawn of the run with
 * the lowest and of the one with the middle test loss.
 */
export function writePlaygroundPage(
  directory: string,
  lab: Lab,
  exercise: PlaygroundExercise,
  trials: PlaygroundTrials,
): string {
  const { config, epochs, target, runs } = trials;
  const ordered = runs.toSorted((a, b) => finite(a.testLoss) - finite(b.testLoss));
  const shown = [ordered[0], ordered[Math.floor(ordered.length / 2)]].flatMap((run) => run ?? []);
  const boundaries = [...new Set(shown.map(({ seed }) => seed))].map((seed) =>
    playgroundBoundary(config, seed, { epochs, size: BOUNDARY_SIZE }),
  );
  const folder = join(directory, exercise.id);
  writeFilesTogether(folder, [
    {
      path: 'trials.html',
      content: renderPlaygroundReport({ lab, exercise, ...trials, boundaries }),
    },
    {
      path: 'runs.json',
      content: `${JSON.stringify({ config, epochs, target, runs }, null, 2)}\n`,
    },
  ]);
  return join(folder, 'trials.html');
}

/** A run that diverged comes after every other. */
function finite(loss: number): number {
  return Number.isFinite(loss) ? loss : Number.MAX_VALUE;
}
