import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GraphConfig, type GraphLayer, createOracleKernels } from '../../src/index.ts';
import { CountingKernels } from '../../src/engines/counting.ts';
import { planGraph, planModel } from '../../src/model/plan.ts';
import { Between } from '../../src/programs/kernels/between.ts';
import { Network } from '../../src/programs/kernels/network.ts';

const ROWS = 3;
const SIDE = 6;

/** Bytes that a network asks for. */
function bytesOf(plan: ReturnType<typeof planModel>, training: boolean): number {
  const counting = new CountingKernels();
  void new Network(counting.kernels, plan, { rows: ROWS, training, seed: 1 });
  return counting.bytes;
}

const convolution = (filters: number, more: object = {}) => ({
  class_name: 'Conv2D',
  config: { filters, kernel_size: [3, 3], padding: 'same', activation: 'relu', ...more },
});
const chainOf = (count: number) =>
  planModel({
    name: 'chain',
    layers: Array.from({ length: count }, (_, index) =>
      convolution(4, index === 0 ? { batch_input_shape: [null, SIDE, SIDE, 4] } : {}),
    ),
  });

const layer = (
  class_name: string,
  inbound: readonly number[],
  config: Record<string, unknown> = {},
): GraphLayer => ({
  class_name,
  config,
  inbound,
  sharedWith: null,
});

/** A graph over three numbers in which every layer takes one or two of those before it. */
function graphOf(choices: readonly (readonly [number, number, number])[]): GraphConfig {
  const layers = choices.map(([first, second, kind], index): GraphLayer => {
    const a = (first % (index + 1)) - 1;
    const b = (second % (index + 1)) - 1;
    switch (kind) {
      case 0:
        return layer('Activation', [a], { activation: 'tanh' });
      case 1:
        return layer('Add', [a, b]);
      case 2:
        return layer('Activation', [a], { activation: 'relu' });
      default:
        return layer('Subtract', [b, a]);
    }
  });
  return { name: 'graph', batchInputShape: [null, 3], layers };
}

function outputs(plan: ReturnType<typeof planGraph>, training: boolean): number[][] {
  const kernels = createOracleKernels();
  const network = new Network(kernels, plan, { rows: 2, training, seed: 0 });
  const input = kernels.allocate(2 * 3 * 4);
  const pass = { training: false, step: 0 };
  // Twice, so that what the first pass has left lies there for the second.
  return [0, 1].map((time) => {
    kernels.f32(input, 6).set([0.5, -2, 3, -0.25, 1, time]);
    const output = network.finish(network.forward(input, 2, pass), 2, pass);
    return [...kernels.f32(output, 6)];
  });
}

describe('the memory between layers', () => {
  it('does not grow with their number in evaluation, and by outputs alone in training', () => {
    const weights = (9 * 4 * 4 + 4) * 4;
    const output = ROWS * SIDE * SIDE * 4 * 4;
    expect(bytesOf(chainOf(12), false) - bytesOf(chainOf(6), false)).toBe(6 * weights);
    expect(bytesOf(chainOf(12), true) - bytesOf(chainOf(6), true)).toBe(6 * (2 * weights + output));
  });

  it('holds an output for as long as somebody takes it, in every graph', () => {
    const graph = fc
      .array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 3 })), {
        minLength: 1,
        maxLength: 9,
      })
      .map((layers) => graphOf(layers));
    fc.assert(
      fc.property(graph, (config) => {
        const plan = planGraph(config);
        // In training nothing shares memory, so that its outputs in inference are those of memory without end.
        expect(outputs(plan, false)).toEqual(outputs(plan, true));
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('gives the gradients of neighbours different places, and no gradient in evaluation', () => {
    const plan = chainOf(4);
    const memory = new Between(createOracleKernels(), plan, { rows: ROWS, training: true });
    const places = plan.layers.map(() => {
      memory.begin();
      return memory.inputGradient();
    });
    expect(places[0]).not.toBe(places[1]);
    expect(places.slice(2)).toEqual(places.slice(0, 2));
    expect(
      new Between(createOracleKernels(), plan, { rows: ROWS, training: false }).inputGradient(),
    ).toBe(0);
  });
});
