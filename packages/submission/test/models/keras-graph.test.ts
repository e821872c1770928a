import { describe, expect, it } from 'vitest';
import { isChain, LabproofError, planGraph } from '@labproof/core';
import { readModelConfig } from '../../src/models/keras/model-config.ts';
import { MODEL_LIMITS } from '../../src/models/model-limits.ts';

interface Call {
  readonly from: string;
  /** Which use of that layer; the first where it is left out. */
  readonly use?: number;
  readonly further?: Record<string, unknown>;
}

/** A functional model of Dense layers, and Add where the name says so, in Keras 2's notation: name → the calls. */
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
        class_name: name === 'in' ? 'InputLayer' : name.startsWith('add') ? 'Add' : 'Dense',
        name,
        config:
          name === 'in'
            ? { batch_input_shape: [null, 6], name }
            : name.startsWith('add')
              ? { name }
              : { name, units: 4 },
        inbound_nodes: calls[name]?.map((call) =>
          call.map(({ from, use, further }) => [from, use ?? 0, 0, further ?? {}]),
        ),
      })),
      input_layers: ends.inputs ?? [['in', 0, 0]],
      output_layers: ends.outputs ?? [[names.at(-1), 0, 0]],
    },
  };
}

const source = { path: 'net.keras', kerasVersion: '3.0.0', limits: MODEL_LIMITS };

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
    expect(model.batchInputShape).toEqual([null, 6]);
    expect(isChain(model.layers)).toBe(true);
    // Keras numbers the groups of a .keras in the order of its list, not of the calls.
    expect(layers.map(({ store }) => store)).toEqual([
      'layers/dense_2',
      'layers/dense_1',
      'layers/dense',
    ]);
  });

  it('may have branches and layers that are used twice, whose weights are counted once', () => {
    const { model, layers } = readModelConfig(
      graph({
        in: [],
        first: [[{ from: 'in' }]],
        again: [[{ from: 'first' }], [{ from: 'again' }]],
        add: [[{ from: 'again', use: 1 }, { from: 'first' }, { from: 'again' }]],
        out: [[{ from: 'add' }]],
      }),
      source,
    );
    expect(
      model.layers.map(({ config, inbound, sharedWith }) => [config['name'], inbound, sharedWith]),
    ).toEqual([
      ['first', [-1], null],
      ['again', [0], null],
      ['again', [1], 1],
      ['add', [2, 0, 1], null],
      ['out', [3], null],
    ]);
    expect(layers).toHaveLength(model.layers.length);
    expect(planGraph(model).parameters).toBe(7 * 4 + 5 * 4 + 5 * 4);
  });

  it('are unfolded no further than to the limit of layers, however often they are nested', () => {
    let model: Record<string, unknown> = { ...Object(graph({ in: [], a: [[{ from: 'in' }]] })) };
    for (let depth = 0; depth < 25; depth += 1) {
      const inner = {
        ...model,
        name: 'inner',
        inbound_nodes: [[['in', 0, 0, {}]], [['inner', 0, 0, {}]]],
      };
      const outer = Object(graph({ in: [] }, { outputs: ['inner', 1, 0] }));
      outer.config.layers.push(inner);
      model = outer;
    }
    expect(refusal(model)).toMatch(/^model-layer-count: net\.keras has 201 layers/u);
  });

  it('are refused where nested models hold no layers at all', () => {
    const empty = {
      class_name: 'Sequential',
      name: 'nothing',
      config: { name: 'nothing', layers: [{ class_name: 'InputLayer', config: { name: 'x' } }] },
      inbound_nodes: [[['in', 0, 0, {}]]],
    };
    const outer = Object(graph({ in: [] }, { outputs: ['nothing', 0, 0] }));
    outer.config.layers.push(empty);
    expect(refusal(outer)).toMatch(/^model-layer-count: /u);
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
      'a use that nobody needs',
      /"a" does not lie between/u,
      graph({ in: [], a: [[{ from: 'in' }], [{ from: 'a' }]], out: [[{ from: 'a' }]] }),
    ],
    [
      'a use that is not there',
      /a use of its layer "a" that is not there/u,
      graph({ in: [], a: [[{ from: 'in' }]], out: [[{ from: 'a', use: 1 }]] }),
    ],
    [
      'a layer that takes too much',
      /"add" takes 201 inputs/u,
      graph({ in: [], add: [Array.from({ length: 201 }, () => ({ from: 'in' }))] }),
    ],
    [
      'a layer that is used too often',
      /"a" is used 201 times/u,
      graph({ in: [], a: Array.from({ length: 201 }, () => [{ from: 'in' }]) }),
    ],
    [
      'two layers of one name',
      /two of its layers are called "a"/u,
      {
        class_name: 'Model',
        config: {
          name: 'm',
          layers: [
            { class_name: 'Dense', config: { name: 'a' }, inbound_nodes: [] },
            { class_name: 'Dense', config: { name: 'a' }, inbound_nodes: [] },
          ],
          input_layers: ['a', 0, 0],
          output_layers: ['a', 0, 0],
        },
      },
    ],
    [
      'an input that is none',
      /no InputLayer/u,
      graph({ a: [], out: [[{ from: 'a' }]] }, { inputs: ['a', 0, 0] }),
    ],
    ['the input as output', /its output is its input/u, graph({ in: [] })],
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
    expect(text).toMatch(/^model-graph: net\.keras /u);
    expect(text).toMatch(message);
  });
});
