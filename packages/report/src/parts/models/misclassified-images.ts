import type { Lab } from '@labproof/lab';
import type { Grade, GradingDataset } from '@labproof/grader';
import type { TestImage } from '../../plots/digit-sprite.ts';

/** The pictures of the test images that each model's evaluation names, by exercise. */
export function misclassifiedImages(
  grade: Grade,
  lab: Lab,
  datasets: ReadonlyMap<string, Pick<GradingDataset, 'imageShape' | 'test'>>,
): Record<string, TestImage[]> {
  const images: Record<string, TestImage[]> = {};
  for (const { exercise: id, evaluation } of grade.models) {
    const exercise = lab.exercises.find((candidate) => candidate.id === id);
    const dataset = datasets.get(exercise?.recipe.dataset ?? '');
    if (evaluation === null || dataset === undefined) continue;
    const [height, width, channels] = dataset.imageShape;
    const size = height * width * channels;
    images[id] = evaluation.examples.map(({ index }) => ({
      index,
      // A copy, so that a worker is not sent the whole dataset with it.
      pixels: dataset.test.images.slice(index * size, (index + 1) * size),
      height,
      width,
      channels,
    }));
  }
  return images;
}
