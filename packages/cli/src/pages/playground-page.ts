import { join } from 'node:path';
import { playgroundBoundary } from '@labproof/core';
import type { Lab, PlaygroundExercise } from '@labproof/lab';
import { writeFilesTogether } from '@labproof/class';
import { renderPlaygroundReport } from '@labproof/report';
import type { PlaygroundTrials } from '../training/playground-trials.ts';

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
