import { arrayDigest, weightsDigest } from '../digest.ts';
import type { Trainer } from '../training/trainer.ts';
import type { TrainingWatch } from '../training/watch.ts';
import type { FinishedTrial } from './trial-cache.ts';

/** What a trainer that has finished came to. */
export function closeTrial(
  trainer: Trainer,
  { seed, seconds, watch }: { seed: number; seconds: number; watch: TrainingWatch | null },
): FinishedTrial {
  const weights = trainer.weights();
  const { loss, accuracy, predicted } = trainer.test();
  const classes = predicted === undefined ? {} : { classesDigest: arrayDigest([predicted]) };
  return {
    result: {
      seed,
      digest: weightsDigest(weights),
      initialDigest: weightsDigest(trainer.initialWeights),
      history: [...trainer.history],
      test: { loss, accuracy, ...classes },
      ...(watch === null ? {} : { landmarks: watch.landmarks }),
      seconds: Math.round(seconds * 1000) / 1000,
    },
    weights,
  };
}
