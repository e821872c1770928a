import { join } from 'node:path';
import { type Epoch, makeManifest, manifestText, writeLayersModel } from '@labproof/core';
import { type OutputFile, writeFilesTogether } from '@labproof/class';
import { environmentOf } from '../program/environment.ts';
import type { TrainedExercise } from './train.ts';

/**
 * Writes `DIR/<exercise>/`: `trials.html`, for every seed a folder with a TF.js LayersModel and its history, and
 * `manifest.json`, by which all of it can be computed again; TensorFlow.js's results are not signed off.
 */
export function writeTrials(
  directory: string,
  { lab, exercise }: { readonly lab: string; readonly exercise: string },
  { recipe, dataset, engine, trials }: TrainedExercise,
  report: string,
): void {
  const files: OutputFile[] = [{ path: 'trials.html', content: report }];
  if (!engine.startsWith('tfjs:')) {
    const results = trials.map(({ result }) => result);
    const environment = environmentOf(engine);
    const manifest = makeManifest({
      lab,
      exercise,
      recipe,
      dataset,
      engine,
      environment,
      trials: results,
    });
    files.push({ path: 'manifest.json', content: manifestText(manifest) });
  }
  writeFilesTogether(join(directory, exercise), files);
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
