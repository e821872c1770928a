import { type Dataset, loadDataset } from '@labproof/core';
import type { Context } from '../program/context.ts';
import { orInterrupted } from '../program/interruption.ts';
import { Progress } from '../progress/progress.ts';

/** Loads a dataset with a progress bar while it downloads. `onDamaged` hears of files that have to be fetched again. */
export async function loadDatasetWithProgress(
  context: Context,
  id: string,
  onDamaged: (problem: string) => void = () => {},
): Promise<Dataset> {
  let progress: Progress | undefined;
  try {
    const loading = loadDataset(id, {
      catalogue: context.labs.datasets,
      onDamaged: ({ path, why }) => {
        context.err(`dataset ${id}: ${path} is damaged (${why}); fetching it again\n`);
        onDamaged(`${path} was damaged (${why})`);
      },
      onProgress: ({ phase, receivedBytes, totalBytes }) => {
        progress ??= new Progress(context, `dataset ${id}`);
        const megabytes = (receivedBytes / 1e6).toFixed(1);
        progress.update(
          totalBytes === null ? 0 : receivedBytes / totalBytes,
          `${phase} ${megabytes} MB`,
        );
      },
    });
    const dataset = await orInterrupted(context.signal, loading);
    progress?.done('downloaded and checked');
    return dataset;
  } catch (error) {
    progress?.stop();
    throw error;
  }
}
