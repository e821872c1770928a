import { type Dataset, LabproofError } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import type { DatasetSamples } from '@labproof/report';
import type { Context } from '../program/context.ts';
import { loadDatasetWithProgress } from './load-dataset.ts';

/** Images of every dataset of a lab. Data that cannot be had leave out a picture, not the handout. */
export async function handoutSamples(
  context: Context,
  lab: Lab,
): Promise<Record<string, DatasetSamples>> {
  const ids = [...new Set(lab.exercises.map(({ recipe }) => recipe.dataset))];
  const samples: Record<string, DatasetSamples> = {};
  for (const id of ids) {
    try {
      samples[id] = firstOfEachClass(await loadDatasetWithProgress(context, id), ids.length);
    } catch (error) {
      if (context.signal.aborted || !(error instanceof LabproofError)) throw error;
      context.err(`note: the handout shows no images of ${id}: ${error.message} ${error.fix}\n`);
    }
  }
  return samples;
}

/** The first training images of each class: four of an only dataset, two where there are more. */
function firstOfEachClass(dataset: Dataset, datasets: number): DatasetSamples {
  const { title, classes, imageShape, train } = dataset;
  const each = datasets === 1 ? 4 : 2;
  const [height, width, channels] = imageShape;
  const size = height * width * channels;
  const counts = classes.map(() => 0);
  const images: DatasetSamples['images'][number][] = [];
  for (let index = 0; index < train.count && images.length < each * classes.length; index += 1) {
    const label = train.labels[index] ?? 0;
    const count = counts[label] ?? each;
    if (count >= each) continue;
    counts[label] = count + 1;
    const pixels = train.images.subarray(index * size, (index + 1) * size);
    images.push({ index, label, height, width, channels, pixels });
  }
  return { title, classes, images };
}
