import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of images and of their labels, in the IDX format. */
export interface BarPictures {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * Images of 2 × 2 pixels, bright above (class 0) or bright below (class 1), with a little noise that a counter makes. One
 * label in `wrongEvery` is the other one; none where it is left out.
 */
export function pictures(count: number, wrongEvery = Number.POSITIVE_INFINITY): BarPictures {
  const shown = Uint8Array.from({ length: count }, (_, index) => (index * 7) % 2);
  const images = Uint8Array.from({ length: count * 4 }, (_, at) => {
    const bright = Math.floor((at % 4) / 2) === shown[Math.floor(at / 4)];
    return (bright ? 180 : 20) + ((at * 13) % 50);
  });
  const labels = shown.map((label, index) =>
    index % wrongEvery === wrongEvery - 1 ? 1 - label : label,
  );
  return { images: idx([count, 2, 2], images), labels: idx([count], labels) };
}

function idx(shape: readonly number[], data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, 8, shape.length]);
  for (const [axis, size] of shape.entries()) view.setUint32(4 + 4 * axis, size);
  bytes.set(data, 4 + 4 * shape.length);
  return bytes;
}

const train = pictures(80);
const test = pictures(30);

/** A part of `dataset` in a lab's file: how many images there are, and the digests of their files. */
export const split = (count: number, part: BarPictures, name: string) => ({
  count,
  images: { name: `${name}-images`, sha256: digest(part.images) },
  labels: { name: `${name}-labels`, sha256: digest(part.labels) },
});
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A dense layer in Keras's notation. */
export const dense = (units: number, activation: string, config = {}) => ({
  class_name: 'Dense',
  config: { name: activation, units, activation, ...config },
});

/** `lab.json` of a lab with one small exercise and data of its own. */
export const BARS = {
  id: 'bars',
  title: 'Bars',
  version: '1.0.0',
  datasets: [
    {
      id: 'bar-images',
      title: 'Bars',
      credit: 'nobody',
      classes: ['above', 'below'],
      imageShape: [2, 2, 1],
      train: split(80, train, 'train'),
      test: split(30, test, 'test'),
    },
  ],
  exercises: [
    {
      id: 'bars-mlp',
      title: 'One hidden layer',
      recipe: {
        dataset: 'bar-images',
        inputShape: [4],
        inputScale: '1/255',
        model: {
          name: 'bars',
          layers: [dense(4, 'relu', { batch_input_shape: [null, 4] }), dense(2, 'softmax')],
        },
        loss: 'sparse_categorical_crossentropy',
        optimizer: {
          class_name: 'SGD',
          learning_rate: 0.1,
          momentum: 0,
          nesterov: false,
          decay: 0,
        },
        batchSize: 10,
        epochs: 2,
        validation: { from: 'none' },
        shuffle: true,
      },
    },
  ],
  questions: [
    {
      id: 'q1',
      number: 1,
      title: 'Size',
      prompt: 'Hand in the network.',
      exercise: 'bars-mlp',
      checks: [{ kind: 'architecture', points: 1 }],
    },
  ],
};

/** Writes the four IDX files of the lab's data, for `labproof datasets add bar-images FOLDER`. */
export async function writeBarsFiles(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, part] of Object.entries({ train, test })) {
    await writeFile(join(folder, `${name}-images`), part.images);
    await writeFile(join(folder, `${name}-labels`), part.labels);
  }
}
