import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planTraining, createOracleKernels, Trainer, weightsDigest } from '../../src/index.ts';
import { type AffineMap, randomMap } from '../../src/programs/augmentation.ts';
import { BatchSource } from '../../src/programs/batches.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';

const SHAPE = [4, 5, 2] as const;
const image = Float32Array.from({ length: 40 }, (_, index) => ((index * 37) % 41) / 8);

function transformed(map: AffineMap): Float32Array {
  const kernels = createOracleKernels();
  const [x, maps, y] = [160, 24, 160].map((bytes) => kernels.allocate(bytes));
  kernels.f32(x!, 40).set(image);
  kernels.f32(maps!, 6).set(map);
  kernels.transformImages(x!, maps!, y!, 1, ...SHAPE);
  return kernels.f32(y!, 40).slice();
}

/** Pixels by an exact rule for whole coordinates. */
function pixels(from: (i: number, j: number) => [number, number]): Float32Array {
  const clamp = (value: number, last: number): number => Math.min(Math.max(value, 0), last);
  return Float32Array.from({ length: 40 }, (_, index) => {
    const [row, column] = from(Math.floor(index / 10), Math.floor(index / 2) % 5);
    return image[(clamp(row, 3) * 5 + clamp(column, 4)) * 2 + (index % 2)]!;
  });
}

/** The map of an augmentation in the first draw whose map is not the identity. */
function mapOf(augmentation: Parameters<typeof randomMap>[0], example = 0): AffineMap {
  return randomMap(augmentation, SHAPE, { key: [11, 12], epoch: 1, example });
}

describe('transformImages', () => {
  it('copies exactly under the identity, whole shifts and mirrors', () => {
    expect(transformed([1, 0, 0, 0, 1, 0])).toEqual(image);
    expect(transformed([1, 0, -1, 0, 1, 2])).toEqual(pixels((i, j) => [i - 1, j + 2]));
    expect(transformed([1, 0, 0, 0, -1, 4])).toEqual(pixels((i, j) => [i, 4 - j]));
    expect(transformed([-1, 0, 3, 0, 1, 0])).toEqual(pixels((i, j) => [3 - i, j]));
  });

  it('blends four neighbours by their distances', () => {
    const half = transformed([1, 0, 0.5, 0, 1, 0.25]);
    const at = (row: number, column: number): number => image[(row * 5 + column) * 2]!;
    const blend = (row: number): number => at(row, 0) + 0.25 * (at(row, 1) - at(row, 0));
    expect(half[0]).toBeCloseTo((blend(0) + blend(1)) / 2, 6);
  });

  it('takes the nearest pixel beyond the border', () => {
    expect(transformed([1, 0, 100, 0, 1, -100])).toEqual(pixels(() => [3, 0]));
  });
});

describe('randomMap', () => {
  it('is the identity without options', () => {
    expect(transformed(mapOf({}))).toEqual(image);
  });

  it('flips half of the examples, and keeps the middle in its place', () => {
    const flipped = Array.from({ length: 400 }, (_, example) =>
      mapOf({ horizontalFlip: true }, example),
    ).filter(([, , , , d]) => d === -1);
    // Four standard deviations of 400 coin tosses are 40.
    expect(Math.abs(flipped.length - 200)).toBeLessThan(40);
    expect(transformed(flipped[0]!)).toEqual(pixels((i, j) => [i, 4 - j]));
  });

  it('stays within its ranges', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(100), (example, epoch) => {
        const draw = { key: [3, 4] as const, epoch, example };
        const shift = randomMap({ widthShiftRange: 0.2, heightShiftRange: 0.5 }, SHAPE, draw);
        expect(Math.abs(shift[2])).toBeLessThanOrEqual(0.5 * 4);
        expect(Math.abs(shift[5])).toBeLessThanOrEqual(0.2 * 5);
        const zoom = randomMap({ zoomRange: 0.3 }, SHAPE, draw);
        expect(Math.abs(zoom[0] - 1)).toBeLessThanOrEqual(0.3);
        expect(Math.abs(zoom[4] - 1)).toBeLessThanOrEqual(0.3);
        const [a, b, , c, d] = randomMap({ rotationRange: 30 }, SHAPE, draw);
        expect([a, c]).toEqual([d, -b]);
        expect(a * a + b * b).toBeCloseTo(1, 6);
        expect(a).toBeGreaterThanOrEqual(Math.cos(Math.PI / 6) - 1e-6);
      }),
      { seed: 1 },
    );
  });

  it('turns and zooms about the middle of the image', () => {
    const [a, b, p, c, d, q] = mapOf({ rotationRange: 90, zoomRange: 0.5 });
    const [row, column] = [1.5, 2];
    expect(a * row + b * column + p).toBeCloseTo(row, 6);
    expect(c * row + d * column + q).toBeCloseTo(column, 6);
  });

  it('draws each option by itself: adding one does not move the others', () => {
    const [, , p] = mapOf({ heightShiftRange: 0.3 });
    const [, , again] = mapOf({ heightShiftRange: 0.3, widthShiftRange: 0.3 });
    expect(again).toBe(p);
  });
});

describe('augmented training', () => {
  const dataset = syntheticDataset();
  const augmentation = { widthShiftRange: 0.25, horizontalFlip: true, rotationRange: 20 };

  it('changes an example from epoch to epoch, but never for validation', () => {
    const kernels = createOracleKernels();
    const { imageShape } = dataset;
    const setup = { augmentation, imageShape, seed: 1 };
    const source = new BatchSource(kernels, dataset.train, '1/255', 2, setup);
    const load = (epoch: number | null): number[] => {
      source.load(Int32Array.from([5, 6]), epoch);
      return [...kernels.f32(source.input, 32)];
    };
    const plain = [...dataset.train.images.subarray(5 * 16, 7 * 16)].map((byte) =>
      Math.fround(byte / 255),
    );
    expect(load(null)).toEqual(plain);
    expect(load(1)).not.toEqual(plain);
    expect(load(2)).not.toEqual(load(1));
    expect(load(1)).toEqual(load(1));
  });

  it('is the same for the same seed, and goes on from a checkpoint bit for bit', () => {
    const recipe = syntheticRecipe({ augmentation });
    const start = (): Trainer =>
      new Trainer({
        kernels: createOracleKernels(),
        plan: planTraining(recipe, dataset),
        dataset,
        seed: 4,
      });
    const whole = start();
    whole.runEpoch();
    const state = structuredClone(whole.state());
    whole.runEpoch();
    const second = start();
    second.restore(state);
    second.runEpoch();
    expect(weightsDigest(second.weights())).toBe(weightsDigest(whole.weights()));
    expect(second.history).toEqual(whole.history);
  });
});
