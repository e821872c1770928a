import {
  playgroundBoundary,
  PlaygroundConfigSchema,
  runPlayground,
  successRate,
} from '@labproof/core/playground';
import type { PlaygroundExercise } from '@labproof/lab';
import { renderPlaygroundReport } from '../../src/pages/playground-report.ts';
import { syntheticLab as lab } from './lab.ts';

const exercise: PlaygroundExercise = {
  id: 'circle',
  title: 'A circle',
  config: PlaygroundConfigSchema.parse({ networkShape: [3] }),
  epochs: 20,
  target: 0.1,
  published: null,
  sweep: null,
};

/** The page of a few short runs on the playground. */
export function playgroundPage(): string {
  const { config, epochs, target } = exercise;
  const runs = [1, 2, 3, 4].map(
    (seed) => runPlayground(config, seed, { epochs, target, history: true }).run,
  );
  const boundaries = [1, 2].map((seed) => playgroundBoundary(config, seed, { epochs, size: 40 }));
  const success = successRate(runs);
  return renderPlaygroundReport({
    lab,
    exercise,
    config,
    epochs,
    target,
    runs,
    success,
    boundaries,
  });
}
