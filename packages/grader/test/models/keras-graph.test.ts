import { describe, expect, it } from 'vitest';
import { LabproofError } from '@labproof/core';
import { readModelConfig } from '../../src/models/keras/model-config.ts';

interface Call {
  readonly from: string;
  readonly further?: Record<string, unknown>;
}

/** A functional model of Dense layers in Keras 2's notation: name → the calls of the layer. */
function graph(
  calls: Readonly<Record<string, readonly (readonly Call[])[]>>,
  ends: { inputs?: unknown; outputs?: unknown } = {},
): unknown {
  const names = Object.keys(calls);
  return {
    class_name: 'Functional',
    config: {
      name: 'model',
      layers: names.map((name) => ({
        class_name: name === 'in' ? 'InputLayer' : 'Dense',
        name,
        config: name === 'in' ? { batch_input_shape: [null, 6], name } : { name, units: 4 },
        inbound_nodes: calls[name]?.map((call) =>
          call.map(({ from, further }) => [from, 0, 0, further ?? {}]),
        ),
      })),
      input_layers: ends.inputs ?? [['in', 0, 0]],
      output_layers: ends.outputs ?? [[names.at(-1), 0, 0]],
    },
  };
}

const source = { path: 'net.keras', kerasVersion: '3.0.0' };

function refusal(config: unknown): string {
  try {
    readModelConfig(config, source);
  } catch (error) {
    if (error instanceof LabproofError && error.owner === 'student')
      return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'read';
}

describe('functional models', () => {
  it('are read as what they are where they are a chain, in the order of the calls', () => {
    const { model, layers } = readModelConfig(
      graph(
        {
          in: [],
          last: [[{ from: 'middle' }]],
          middle: [[{ from: 'first' }]],
          first: [[{ from: 'in' }]],
        },
        { outputs: ['last', 0, 0] },
      ),
      source,
    );
    expect(model.layers.map(({ config }) => config['name'])).toEqual(['first', 'middle', 'last']);
    expect(model.layers[0]?.config['batch_input_shape']).toEqual([null, 6]);
    // Keras numbers the groups of a .keras in the order of its list, not of the calls.
    expect(layers.map(({ store }) => store)).toEqual([
      'layers/dense_2',
      'layers/dense_1',
      'layers/dense',
    ]);
  });

  it('may say training=False', () => {
    const config = graph({
      in: [],
      out: [[{ from: 'in', further: { training: false, mask: null } }]],
    });
    expect(refusal(config)).toBe('read');
  });

  const cases: [string, RegExp, unknown][] = [
    [
      'two branches',
      /"out" \(Dense\) joins 2 branches/u,
      graph({ in: [], a: [[{ from: 'in' }]], out: [[{ from: 'in' }, { from: 'a' }]] }),
    ],
    [
      'a layer used twice',
      /"a" is used 2 times/u,
      graph({ in: [], a: [[{ from: 'in' }], [{ from: 'a' }]], out: [[{ from: 'a' }]] }),
    ],
    ['a circle', /in a circle/u, graph({ in: [], a: [[{ from: 'b' }]], b: [[{ from: 'a' }]] })],
    ['a layer that takes itself', /in a circle/u, graph({ in: [], a: [[{ from: 'a' }]] })],
    [
      'a layer that is not there',
      /"ghost" that it does not have/u,
      graph({ in: [], a: [[{ from: 'ghost' }]] }),
    ],
    [
      'a second head',
      /"aside" does not lie between/u,
      graph({ in: [], aside: [[{ from: 'in' }]], out: [[{ from: 'in' }]] }),
    ],
    ['an output without input', /does not come from its input/u, graph({ in: [], out: [] })],
    [
      'dropout that never ends',
      /argument training/u,
      graph({ in: [], out: [[{ from: 'in', further: { training: true } }]] }),
    ],
    [
      'two inputs',
      /has 2 inputs/u,
      graph(
        { in: [], out: [[{ from: 'in' }]] },
        {
          inputs: [
            ['in', 0, 0],
            ['in', 0, 0],
          ],
        },
      ),
    ],
    ['no outputs', /has 0 outputs/u, graph({ in: [], out: [[{ from: 'in' }]] }, { outputs: [] })],
    [
      'a second output of a layer',
      /not described/u,
      graph({ in: [], out: [[{ from: 'in' }]] }, { outputs: [['out', 0, 1]] }),
    ],
    [
      'calls that are none',
      /not understood/u,
      {
        class_name: 'Functional',
        config: {
          name: 'm',
          layers: [{ class_name: 'Dense', config: { name: 'a' }, inbound_nodes: [7] }],
          input_layers: ['a', 0, 0],
          output_layers: ['a', 0, 0],
        },
      },
    ],
  ];
  it.each(cases)('with %s are refused by name', (_, message, config) => {
    const text = refusal(config);
    expect(text).toMatch(/^model-not-sequential: net\.keras /u);
    expect(text).toMatch(message);
  });
});
