import { describe, expect, it } from 'vitest';
import { type LayerConfig, planModel } from '../../src/index.ts';
import { createOracleKernels } from '../../src/engines/oracle.ts';
import { Network } from '../../src/programs/kernels/network.ts';

/** What one layer makes of some examples, and how it was planned. */
function run(
  inputShape: readonly number[],
  layer: LayerConfig,
  weights: readonly (readonly number[])[],
  examples: readonly (readonly number[])[],
): number[] {
  const kernels = createOracleKernels();
  const plan = planModel({
    name: 'net',
    layers: [{ ...layer, config: { ...layer.config, batch_input_shape: [null, ...inputShape] } }],
  });
  const rows = examples.length;
  const network = new Network(kernels, plan, { rows, training: false, seed: 0 });
  network.writeWeights(weights.map((values) => Float32Array.from(values)));
  const input = kernels.allocate(rows * network.inputLength * 4);
  kernels.f32(input, rows * network.inputLength).set(examples.flat());
  const output = network.forward(input, rows, { training: false, step: 0 });
  return [...kernels.f32(output, rows * network.outputLength)];
}

describe('Dense on more than one axis', () => {
  const dense = { class_name: 'Dense', config: { units: 2 } };

  it('works on every vector along the last axis', () => {
    const kernel = [1, 10, 2, 20, 3, 30];
    // Two examples of two rows of three values.
    const examples = [
      [1, 2, 3, 4, 5, 6],
      [0, 0, 1, -1, 0, 0],
    ];
    const by = (row: readonly number[], column: number): number =>
      row.reduce((sum, value, at) => sum + value * (kernel[2 * at + column] ?? 0), 0.5 * column);
    const rows = examples.flatMap((values) => [values.slice(0, 3), values.slice(3)]);
    expect(run([2, 3], dense, [kernel, [0, 0.5]], examples)).toEqual(
      rows.flatMap((row) => [by(row, 0), by(row, 1)]),
    );
  });

  it('has the weights of the last axis alone, and its work is that of all vectors', () => {
    const { layers, outputShape, multiplyAdds } = planModel({
      name: 'net',
      layers: [{ ...dense, config: { ...dense.config, batch_input_shape: [null, 28, 28, 1] } }],
    });
    expect(outputShape).toEqual([28, 28, 2]);
    expect(layers[0]?.weights.map(({ shape }) => shape)).toEqual([[1, 2], [2]]);
    expect(multiplyAdds).toBe(28 * 28 * 2);
  });

  it('is not trained, and what is missing is said', () => {
    const plan = planModel({
      name: 'net',
      layers: [{ ...dense, config: { ...dense.config, batch_input_shape: [null, 28, 28] } }],
    });
    expect(plan.layers[0]?.untrainable.join()).toContain('a Flatten before it');
  });
});

describe('Normalization', () => {
  const layer = (config: Record<string, unknown>): LayerConfig => ({
    class_name: 'Normalization',
    config,
  });

  it('takes a mean and a variance for each place of the last axis', () => {
    const examples = [[1, 10, 3, 30]];
    const weights = [[1, 10], [4, 100], [5]];
    expect(run([2, 2], layer({ axis: -1 }), weights, examples)).toEqual([0, 0, 1, 2]);
    expect(run([2, 2], layer({ axis: [2] }), weights, examples)).toEqual([0, 0, 1, 2]);
  });

  it('takes one for all, or one for each value', () => {
    const examples = [[1, 10, 3, 30]];
    expect(run([2, 2], layer({ axis: [] }), [[1], [4], [0]], examples)).toEqual([0, 4.5, 1, 14.5]);
    const each = [[1, 10, 3, 30], [1, 1, 1, 1], [0]];
    expect(run([2, 2], layer({ axis: [1, 2] }), each, examples)).toEqual([0, 0, 0, 0]);
  });

  it('takes them as options, and never divides by less than 1e-7', () => {
    const given = layer({ axis: null, mean: 1, variance: [4] });
    expect(run([2], given, [], [[1, 3]])).toEqual([0, 1]);
    const constant = run([1], layer({ axis: -1, mean: [0], variance: [0] }), [], [[1]]);
    expect(constant[0]).toBeCloseTo(1e7, -2);
  });
});
