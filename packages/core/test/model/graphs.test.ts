import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Kernels,
  type GraphConfig,
  type GraphLayer,
  LabproofError,
  planEvaluation,
  planGraph,
} from '../../src/index.ts';
import { createOracleKernels } from '../../src/engines/oracle.ts';
import { Network } from '../../src/programs/kernels/network.ts';
import { type EngineUnderTest, enginesUnderTest } from '../engines/engines-under-test.ts';

function layer(
  className: string,
  inbound: readonly number[],
  config: Record<string, unknown> = {},
  sharedWith: number | null = null,
): GraphLayer {
  return { class_name: className, config, inbound, sharedWith };
}

const graph = (inputShape: readonly number[], ...layers: GraphLayer[]): GraphConfig => ({
  name: 'graph',
  batchInputShape: [null, ...inputShape],
  layers,
});

/** What a network without weights makes of some rows. */
function run(
  config: GraphConfig,
  rows: readonly (readonly number[])[],
  kernels: Kernels = createOracleKernels(),
): number[] {
  kernels.reset();
  const network = new Network(kernels, planGraph(config), { rows: 4, training: false, seed: 0 });
  const length = network.inputLength;
  const input = kernels.allocate(rows.length * length * 4);
  kernels.f32(input, rows.length * length).set(rows.flat());
  const pass = { training: false, step: 0 };
  const output = network.finish(network.forward(input, rows.length, pass), rows.length, pass);
  const size = planGraph(config).outputShape.reduce((product, extent) => product * extent, 1);
  return [...kernels.f32(output, rows.length * size)];
}

const activation = (inbound: number, name: string): GraphLayer =>
  layer('Activation', [inbound], { activation: name });

describe('merges', () => {
  // x and relu(x) of two rows.
  const rows = [
    [1, -2, 3],
    [-4, 5, 0.5],
  ];
  const joined = (className: string, config: Record<string, unknown> = {}): number[] =>
    run(graph([3], activation(-1, 'relu'), layer(className, [-1, 0], config)), rows);

  it.each([
    ['Add', [2, -2, 6, -4, 10, 1]],
    ['Subtract', [0, -2, 0, -4, 0, 0]],
    ['Multiply', [1, -0, 9, -0, 25, 0.25]],
    ['Average', [1, -1, 3, -2, 5, 0.5]],
    ['Maximum', [1, 0, 3, 0, 5, 0.5]],
    ['Minimum', [1, -2, 3, -4, 5, 0.5]],
    ['Concatenate', [1, -2, 3, 1, 0, 3, -4, 5, 0.5, 0, 5, 0.5]],
  ])('%s', (className, expected) => {
    expect(joined(className)).toEqual(expected);
  });

  it('take the same layer twice, and more than two', () => {
    expect(run(graph([1], layer('Average', [-1, -1, -1])), [[7], [1]])).toEqual([7, 1]);
    expect(run(graph([2], layer('Add', [-1, -1, -1])), [[1, 2]])).toEqual([3, 6]);
  });

  it('divide the sum of an average once', () => {
    const tenths = graph([1], layer('Average', [-1, -1, -1]));
    const value = Math.fround(0.1);
    const sum = Math.fround(Math.fround(value + value) + value);
    expect(run(tenths, [[value]])).toEqual([Math.fround(sum / 3)]);
  });

  it.each([
    [1, [1, 2, 3, 4, 1, 2, 3, 4]],
    [2, [1, 2, 1, 2, 3, 4, 3, 4]],
    [-2, [1, 2, 1, 2, 3, 4, 3, 4]],
    [3, [1, 1, 2, 2, 3, 3, 4, 4]],
    [-1, [1, 1, 2, 2, 3, 3, 4, 4]],
  ])('Concatenate along axis %i, which counts the batch', (axis, expected) => {
    const images = graph(
      [4],
      layer('Reshape', [-1], { target_shape: [2, 2, 1] }),
      layer('Concatenate', [0, 0], { axis }),
    );
    expect(run(images, [[1, 2, 3, 4]])).toEqual(expected);
  });

  it.each([
    ['Add', [-1], /takes two or more inputs and has 1/u],
    ['Subtract', [-1, -1, -1], /takes two inputs and has 3/u],
    ['Add', [-1, 0], /different shapes \[4\] and \[2, 2\]/u],
    ['Concatenate', [-1, 0], /do not fit side by side/u],
    ['Concatenate', [-1], /takes two or more/u],
    ['Dense', [-1, -1], /takes one input and has 2/u],
    ['Dot', [-1, -1], /class Dot, which is not supported/u],
  ])('%s of %j is refused', (className, inbound, message) => {
    const reshaped = layer('Reshape', [-1], { target_shape: [2, 2] });
    const config = className === 'Dense' ? { units: 1 } : {};
    expect(() => planGraph(graph([4], reshaped, layer(className, inbound, config)))).toThrow(
      message,
    );
  });

  it.each([0, -3, 3])('Concatenate has no axis %i here', (axis) => {
    expect(() => planGraph(graph([2, 2], layer('Concatenate', [-1, -1], { axis })))).toThrow(
      new RegExp(`axis ${axis} is none`, 'u'),
    );
  });
});

describe('branches', () => {
  it('do not see what another branch makes of their common input', () => {
    // Two activations of the same layer, one behind a Flatten and one behind a Dropout: neither may work in place.
    const branching = graph(
      [3],
      activation(-1, 'linear'),
      layer('Flatten', [0]),
      layer('Rescaling', [1], { scale: 2 }),
      layer('Dropout', [2], { rate: 0.5 }),
      activation(3, 'relu'),
      layer('Flatten', [2]),
      activation(5, 'exponential'),
      layer('Subtract', [4, 6]),
      layer('Add', [7, 2]),
    );
    const out = run(branching, [[1, -1, 0]]);
    const e = [2, -2, 0].map((value) => Math.fround(Math.exp(value)));
    expect(out[0]).toBeCloseTo(2 - e[0]! + 2, 5);
    expect(out[1]).toBeCloseTo(0 - e[1]! - 2, 5);
    expect(out[2]).toBeCloseTo(0 - e[2]! + 0, 5);
  });

  it('refuse an order in which a layer comes before what it takes', () => {
    expect(() => planGraph(graph([2], layer('Add', [-1, 1]), activation(0, 'relu')))).toThrow(
      LabproofError,
    );
  });

  it('count memory before they take it', () => {
    const wide = graph([10], layer('Dense', [-1], { units: 20 }), layer('Concatenate', [0, 0]));
    // A kernel, a bias, and 128 rows of both layers: neither is done when the second is made.
    expect(planEvaluation(planGraph(wide))).toEqual({
      weights: 4 * (200 + 20),
      activations: 4 * 128 * (20 + 40),
    });
  });
});

describe('shared layers', () => {
  const dense = { units: 3, name: 'dense' };

  it('have their weights once', () => {
    const plan = planGraph(
      graph([3], layer('Dense', [-1], dense), layer('Dense', [0], dense, 0), layer('Add', [0, 1])),
    );
    expect(plan.parameters).toBe(12);
    const kernels = createOracleKernels();
    const network = new Network(kernels, plan, { rows: 1, training: false, seed: 0 });
    // Every output is the sum of the inputs: 6, then 18 for each of the three.
    network.writeWeights([new Float32Array(9).fill(1), new Float32Array(3)]);
    const input = kernels.allocate(12);
    kernels.f32(input, 3).set([1, 2, 3]);
    const output = network.forward(input, 1, { training: false, step: 0 });
    expect([...kernels.f32(output, 3)]).toEqual([24, 24, 24]);
  });

  it('are refused where the second use needs other weights', () => {
    expect(() =>
      planGraph(graph([5], layer('Dense', [-1], dense), layer('Dense', [0], dense, 0))),
    ).toThrow(/used twice.*3×3, 3 where the first needs 5×3, 3/u);
  });
});

describe('engines', () => {
  let engines: EngineUnderTest[] = [];
  beforeAll(async () => {
    engines = await enginesUnderTest();
  });

  it('agree in every bit on a graph of all merges', () => {
    const all = graph(
      [33],
      activation(-1, 'tanh'),
      activation(-1, 'sigmoid'),
      ...['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum'].map((name) =>
        layer(name, [0, 1]),
      ),
      layer('Concatenate', [2, 3, 4, 5, 6, 7, 0]),
    );
    const rows = [0, 1, 2].map((row) =>
      Array.from({ length: 33 }, (_, at) => Math.fround((at - 16) * 0.37 + row / 7)),
    );
    const expected = run(all, rows);
    for (const { name, kernels } of engines)
      expect(run(all, rows, kernels), name).toEqual(expected);
  });
});
