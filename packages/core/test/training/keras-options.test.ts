import { describe, expect, it } from 'vitest';
import {
  createOracleKernels,
  type Dataset,
  evaluate,
  planTraining,
  type Recipe,
  Trainer,
  weightsDigest,
} from '../../src/index.ts';
import { BatchSource } from '../../src/programs/batches.ts';
import { syntheticDataset, syntheticRecipe } from './synthetic.ts';

const dataset = syntheticDataset();

function trainer(changes: Partial<Recipe>, data: Dataset = dataset): Trainer {
  const plan = planTraining(syntheticRecipe(changes), data);
  return new Trainer({ kernels: createOracleKernels(), plan, dataset: data, seed: 1 });
}

/** The orders of the first epochs, and the weights after them. */
function orders(shuffle: Recipe['shuffle'], epochs = 3): { orders: number[][]; digest: string } {
  const subject = trainer({ shuffle });
  const drawn = Array.from({ length: epochs }, () => {
    const order = [...subject.nextOrder()];
    subject.runEpoch();
    return order;
  });
  return { orders: drawn, digest: weightsDigest(subject.weights()) };
}

describe('shuffle', () => {
  it('"once" takes the order of the first epoch in every epoch, and true a new one', () => {
    const [once, anew] = [orders('once'), orders(true)];
    expect(once.orders[0]).toEqual(anew.orders[0]);
    expect(once.orders[1]).toEqual(once.orders[0]);
    expect(once.orders[2]).toEqual(once.orders[0]);
    expect(new Set(anew.orders.map(String)).size).toBe(3);
    expect(orders('once', 1).digest).toBe(orders(true, 1).digest);
    expect(once.digest).not.toBe(anew.digest);
  });

  it('"once" draws an order, and goes on with it from a checkpoint', () => {
    const stored = Array.from({ length: 76 }, (_, index) => index);
    expect(orders(false).orders).toEqual([stored, stored, stored]);
    const whole = orders('once');
    expect(whole.orders[0]).not.toEqual(stored);
    const first = trainer({ shuffle: 'once' });
    first.runEpoch();
    const second = trainer({ shuffle: 'once' });
    second.restore(structuredClone(first.state()));
    second.runEpoch();
    second.runEpoch();
    expect(weightsDigest(second.weights())).toBe(whole.digest);
  });
});

describe('swapped axes', () => {
  /** Wide images whose rows are of one colour each: nothing moves them sideways. */
  const wide: Dataset = {
    ...dataset,
    imageShape: [2, 8, 1],
    train: {
      ...dataset.train,
      images: dataset.train.images.map((_, at) => (at % 16 < 8 ? 20 : 220) + (at >> 4)),
    },
  };
  const down: Recipe['augmentation'] = { heightShiftRange: 0.9 };
  const sideways: Recipe['augmentation'] = { ...down, axes: 'swapped' };

  it('let a shift of the height move images sideways', () => {
    const images = (augmentation: typeof down | null): number[] => {
      const kernels = createOracleKernels();
      const setup =
        augmentation === null ? null : { augmentation, imageShape: wide.imageShape, seed: 1 };
      const source = new BatchSource(kernels, wide.train, '1/255', 4, setup);
      source.load(Int32Array.from([0, 1, 2, 3]), 1);
      return [...kernels.f32(source.input, 64)];
    };
    expect(images(sideways)).toEqual(images(null));
    expect(images(down)).not.toEqual(images(null));
  });

  it('train otherwise where images are not square', () => {
    const digestOf = (augmentation: Recipe['augmentation']): string => {
      const subject = trainer({ augmentation }, wide);
      subject.runEpoch();
      return weightsDigest(subject.weights());
    };
    expect(digestOf(sideways)).not.toBe(digestOf(down));
    const plain = trainer({}, wide);
    plain.runEpoch();
    expect(digestOf(sideways)).toBe(weightsDigest(plain.weights()));
  });
});

describe('ties of GlobalMaxPooling2D', () => {
  /** The first channel is bright at the left, the second as bright at the right: two pixels reach the maximum. */
  const tied: Dataset = {
    ...dataset,
    imageShape: [1, 8, 2],
    train: {
      ...dataset.train,
      images: dataset.train.images.map((_, at) => {
        const [column, channel] = [(at >> 1) % 8, at % 2];
        const bright = column === (channel === 0 ? 1 + ((at >> 4) % 3) : 6);
        return bright ? 255 : 0;
      }),
    },
  };
  const pooled = (ties: object): Partial<Recipe> => ({
    inputShape: [1, 8, 2],
    model: {
      name: 'pooled',
      layers: [
        {
          class_name: 'Conv2D',
          config: {
            name: 'conv',
            batch_input_shape: [null, 1, 8, 2],
            filters: 2,
            kernel_size: [1, 1],
            kernel_initializer: 'ones',
          },
        },
        { class_name: 'GlobalMaxPooling2D', config: { name: 'pooling', ...ties } },
        { class_name: 'Dense', config: { name: 'output', units: 3, activation: 'softmax' } },
      ],
    },
  });
  /** The kernel after an epoch: `[channel, filter]`. */
  const kernelOf = (ties: object, data: Dataset): number[] => {
    const subject = trainer(pooled(ties), data);
    subject.runEpoch();
    return [...subject.weights()[0]!];
  };

  it('share the gradient where the recipe says so, and else the first has it', () => {
    const [left = 0, , right = 0] = kernelOf({ ties: 'shared' }, tied);
    expect(left).toBe(right);
    expect(left).not.toBe(1);
    const [first, , second] = kernelOf({}, tied);
    expect(first).not.toBe(second);
  });

  it('make no difference where there are none', () => {
    const images = dataset.train.images.map((_, at) => (Math.imul(at, 2654435761) >>> 24) | 1);
    const apart = { ...tied, train: { ...tied.train, images } };
    // Each example's pixels have sums of their own.
    const sums = Array.from({ length: 8 }, (_, at) => images[2 * at]! + images[2 * at + 1]!);
    expect(new Set(sums).size).toBe(8);
    expect(kernelOf({ ties: 'shared' }, apart)).toEqual(kernelOf({}, apart));
  });
});

describe('labelSmoothing', () => {
  it('counts in training, validation and test alike', () => {
    const share = 0.3;
    const [plain, smoothed] = [trainer({}), trainer({ labelSmoothing: share })];
    const [loss, other] = [plain.test().loss, smoothed.test().loss];
    const { recipe, model } = smoothed.plan;
    const measured = evaluate({
      kernels: createOracleKernels(),
      plan: model,
      weights: smoothed.initialWeights,
      split: dataset.test,
      inputScale: recipe.inputScale,
      loss: recipe.loss,
      labelSmoothing: share,
    });
    expect(measured.loss).toBe(other);
    expect(other).not.toBe(loss);
    smoothed.runEpoch();
    plain.runEpoch();
    const [epoch, without] = [smoothed.history[0], plain.history[0]];
    expect(epoch?.loss).not.toBe(without?.loss);
    expect(epoch?.valLoss).not.toBe(without?.valLoss);
  });
});
