import { describe, expect, it } from 'vitest';
import { createOracleKernels, LabproofError, planModel } from '../../src/index.ts';
import { mean, standardDeviation } from '../../src/statistics/spread.ts';
import { normalQuantile, normals } from '../../src/streams/normal.ts';
import { initialWeights } from '../../src/training/initial-weights.ts';

/** The weights of a convolution with 3 · 3 · 16 = 144 inputs and 3 · 3 · 32 = 288 outputs a position. */
function drawn(initializer: unknown, seed = 1): number[] {
  const plan = planModel({
    name: 'one layer',
    layers: [
      {
        class_name: 'Conv2D',
        config: {
          name: 'subject',
          batch_input_shape: [null, 8, 8, 16],
          filters: 32,
          kernel_size: 3,
          kernel_initializer: initializer,
        },
      },
    ],
  });
  const [kernel] = initialWeights(createOracleKernels(), plan, seed);
  return [...(kernel ?? [])];
}

const COUNT = 9 * 16 * 32;

describe('initialisers', () => {
  it.each([
    ['glorot_uniform', Math.sqrt(6 / 432)],
    ['he_uniform', Math.sqrt(6 / 144)],
    ['lecun_uniform', Math.sqrt(3 / 144)],
    [{ class_name: 'RandomUniform', config: { minval: -0.2, maxval: 0.2, seed: null } }, 0.2],
    [
      {
        class_name: 'VarianceScaling',
        config: { scale: 3, mode: 'fan_out', distribution: 'uniform', seed: null },
      },
      Math.sqrt(9 / 288),
    ],
  ])('%j is uniform within its limit', (initializer, limit) => {
    const values = drawn(initializer);
    expect(Math.max(...values)).toBeLessThanOrEqual(limit);
    expect(Math.max(...values)).toBeGreaterThan(0.99 * limit);
    expect(Math.min(...values)).toBeLessThan(-0.99 * limit);
    // The deviation of a uniform distribution is limit / √3; of 4608 draws it is good to 1 %.
    expect(standardDeviation(values) / (limit / Math.sqrt(3))).toBeCloseTo(1, 1);
  });

  it.each([
    ['glorot_normal', Math.sqrt(2 / 432), true],
    ['he_normal', Math.sqrt(2 / 144), true],
    ['LecunNormal', Math.sqrt(1 / 144), true],
    ['truncated_normal', 0.05 * 0.8796256610342398, true],
    ['random_normal', 0.05, false],
    [
      {
        class_name: 'VarianceScaling',
        config: { scale: 2, mode: 'fan_in', distribution: 'untruncated_normal' },
      },
      Math.sqrt(2 / 144),
      false,
    ],
  ])('%j is normal with its deviation', (initializer, deviation, truncated) => {
    const values = drawn(initializer);
    // Four standard errors: of the mean σ/√n, of the deviation σ/√2n.
    expect(Math.abs(mean(values))).toBeLessThan((4 * deviation) / Math.sqrt(COUNT));
    const error = Math.abs(standardDeviation(values) / deviation - 1);
    expect(error).toBeLessThan(4 / Math.sqrt(2 * COUNT));
    const furthest = Math.max(...values.map(Math.abs)) / deviation;
    if (truncated) expect(furthest).toBeLessThan(2 / 0.8796256610342398 + 1e-6);
    else expect(furthest).toBeGreaterThan(3);
  });

  it('fill with constants', () => {
    expect(new Set(drawn('ones'))).toEqual(new Set([1]));
    expect(new Set(drawn({ class_name: 'Constant', config: { value: 0.5 } }))).toEqual(
      new Set([0.5]),
    );
  });

  it('draw others for another seed, and the same for the same', () => {
    expect(drawn('he_normal', 2)).toEqual(drawn('he_normal', 2));
    expect(drawn('he_normal', 2)).not.toEqual(drawn('he_normal', 3));
  });

  it.each([
    ['orthogonal', /orthogonal/u],
    [{ class_name: 'HeNormal', config: { seed: 7 } }, /he_normal.*seed/u],
    [{ class_name: 'RandomNormal', config: { stdev: 1 } }, /random_normal.*stdev/u],
  ])('%j is refused by name', (initializer, message) => {
    expect(() => drawn(initializer)).toThrow(message);
    expect(() => drawn(initializer)).toThrow(LabproofError);
  });
});

describe('normalQuantile', () => {
  it.each([
    // Quantiles as in any table of the normal distribution, to ten places.
    [0.5, 0],
    [0.975, 1.9599639845],
    [0.999, 3.0902323062],
    [1e-6, -4.7534243088],
  ])('of %d is %d', (p, quantile) => {
    expect(normalQuantile(p)).toBeCloseTo(quantile, 9);
  });

  it('rises steadily, also where its formulas meet', () => {
    const values = Array.from({ length: 4000 }, (_, index) => normalQuantile((index + 0.5) / 4000));
    const steps = values.slice(1).map((value, index) => value - values[index]!);
    expect(Math.min(...steps)).toBeGreaterThan(0);
  });

  it('gives the same numbers on every machine', () => {
    const options = { mean: 0, deviation: 1, truncated: false };
    const values = normals(4, [1, 2], options);
    expect([...values].map((value) => value.toFixed(6))).toMatchInlineSnapshot(`
      [
        "-2.016692",
        "0.245491",
        "-1.025426",
        "1.384226",
      ]
    `);
  });
});
