import { join } from 'node:path';
import { boundaryOf, type PlaygroundBoundary, playgroundEpochs } from '@labproof/core/playground';
import type { Lab, PlaygroundExercise } from '@labproof/lab';
import { writeFilesTogether } from '@labproof/class';
import { renderPlaygroundReport } from '@labproof/report';
import { inTurns } from '../training/in-turns.ts';
import { epochsOfTurn, type PlaygroundTrials } from '../training/playground-trials.ts';

/** Cells along a side of a drawn decision boundary, as many as the playground's own map has. */
const BOUNDARY_SIZE = 100;

/**
 * Writes `DIR/<exercise>/trials.html` and `runs.json`; gives the path of the page. Boundaries are drawn of the run with
 * the lowest and of the one with the middle test loss.
 */
export async function writePlaygroundPage(
  directory: string,
  lab: Lab,
  exercise: PlaygroundExercise,
  trials: PlaygroundTrials,
  signal: AbortSignal,
): Promise<string> {
  const { config, epochs, target, runs } = trials;
  const ordered = runs.toSorted((a, b) => finite(a.testLoss) - finite(b.testLoss));
  const shown = [ordered[0], ordered[Math.floor(ordered.length / 2)]].flatMap((run) => run ?? []);
  const boundaries: PlaygroundBoundary[] = [];
  for (const seed of new Set(shown.map((run) => run.seed))) {
    const training = playgroundEpochs(config, seed, { epochs, target });
    const { simulation } = await inTurns(training, { steps: epochsOfTurn(config), signal });
    boundaries.push(boundaryOf(simulation, { seed, size: BOUNDARY_SIZE }));
  }
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
