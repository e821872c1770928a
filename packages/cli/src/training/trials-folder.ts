import { join } from 'node:path';
import { type Epoch, writeLayersModel } from '@labproof/core';
import { type OutputFile, writeFilesTogether } from '@labproof/class';
import type { TrainedExercise } from './train.ts';

/**
 * Writes `DIR/<exercise>/`: `trials.html`, and for every seed a folder with a TF.js LayersModel and its history.
 */
export function writeTrials(
  directory: string,
  exercise: string,
  { recipe, trials }: TrainedExercise,
  report: string,
): void {
  writeFilesTogether(join(directory, exercise), [{ path: 'trials.html', content: report }]);
  for (const { result, weights } of trials) {
    const files: OutputFile[] = Object.entries(writeLayersModel(recipe.model, weights)).map(
      ([path, content]) => ({ path, content }),
    );
    files.push({ path: 'history.csv', content: historyCsv(result.history) });
    writeFilesTogether(join(directory, exercise, `seed-${result.seed}`), files);
  }
}

/** A training history as Keras's `CSVLogger` names its columns. */
function historyCsv(history: readonly Epoch[]): string {
  const rows = history.map(({ epoch, loss, accuracy, valLoss, valAccuracy }) =>
    [epoch, loss, accuracy, valLoss ?? '', valAccuracy ?? ''].join(','),
  );
  return `${['epoch,loss,accuracy,val_loss,val_accuracy', ...rows].join('\n')}\n`;
}
