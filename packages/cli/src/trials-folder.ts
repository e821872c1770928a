import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Epoch, writeLayersModel } from '@labproof/core';
import type { TrainedExercise } from './trials.ts';

/**
 * Writes `DIR/<exercise>/`: `trials.html`, and for every seed a folder with a TF.js LayersModel and its history.
 */
export async function writeTrials(
  directory: string,
  exercise: string,
  { recipe, trials }: TrainedExercise,
  report: string,
): Promise<void> {
  const root = join(directory, exercise);
  await mkdir(root, { recursive: true });
  await writeFile(join(root, 'trials.html'), report);
  for (const { result, weights } of trials) {
    const folder = join(root, `seed-${result.seed}`);
    await mkdir(folder, { recursive: true });
    const files = writeLayersModel(recipe.model, weights);
    for (const [name, content] of Object.entries(files))
      await writeFile(join(folder, name), content);
    await writeFile(join(folder, 'history.csv'), historyCsv(result.history));
  }
}

/** A training history as Keras's `CSVLogger` names its columns. */
export function historyCsv(history: readonly Epoch[]): string {
  const rows = history.map(({ epoch, loss, accuracy, valLoss, valAccuracy }) =>
    [epoch, loss, accuracy, valLoss ?? '', valAccuracy ?? ''].join(','),
  );
  return `${['epoch,loss,accuracy,val_loss,val_accuracy', ...rows].join('\n')}\n`;
}
