import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filesInMemory } from '../../../src/files/submission-files.ts';
import { MODEL_LIMITS } from '../../../src/models/model-limits.ts';
import { type SubmittedModel, readModel } from '../../../src/models/submitted-model.ts';
import { exercises } from '../pytorch/exercises.ts';
import {
  bytes,
  graph,
  half,
  integer,
  model,
  node,
  tensor,
  text,
  value,
  varint,
} from './onnx-writer.ts';

const ROOT = fileURLToPath(new URL('../../../../../fixtures/onnx-files/', import.meta.url));

function read(content: Uint8Array): Promise<SubmittedModel> {
  return readModel(
    {
      exercise: null,
      path: 'model.onnx',
      format: 'onnx',
      refused: null,
      found: [],
    },
    filesInMemory(new Map([['model.onnx', content]])),
    { limits: MODEL_LIMITS, openForeign: async () => null, exercises },
  );
}

/** What becomes of a file: that it is read, or the code of its refusal. */
async function outcome(content: Uint8Array): Promise<string> {
  const found = await read(content);
  return found.state === 'read' ? 'read' : found.refusal.code;
}

const image = [value('image', ['N', 1, 28, 28])];
const kernel = (...shape: number[]) =>
  tensor('kernel', shape, { values: half(shape.reduce((a, b) => a * b, 1)) });
const whole = (name: string, values: readonly number[]) => [
  ...integer(1, values.length),
  ...integer(2, 7),
  ...text(8, name),
  ...bytes(7, values.flatMap(varint)),
];
const weight = tensor('weight', [784, 10], { values: half(7840) });
const chain = (count: number, operator: string, start = 'image'): (readonly number[])[] =>
  Array.from({ length: count }, (_, at) =>
    node(operator, [at === 0 ? start : `v${at - 1}`, at === 0 ? start : `v${at - 1}`], [`v${at}`]),
  );
/** A graph whose numbers double at every node, from arrays of the file. */
const doubling = (operator: string, attributes = {}, count = 60): Uint8Array =>
  model({
    nodes: [
      ...Array.from({ length: count }, (_, at) => {
        const from = at === 0 ? 'weight' : `d${at - 1}`;
        return node(operator, [from, from], [`d${at}`], attributes);
      }),
      node('Gemm', ['image', `d${count - 1}`], ['scores']),
    ],
  });
const external = [
  ...bytes(13, [...text(1, 'location'), ...text(2, '../../../../etc/passwd')]),
  ...integer(14, 1),
];

const HOSTILE: Readonly<Record<string, readonly [Uint8Array, string]>> = {
  nothing: [new Uint8Array(), 'onnx-damaged'],
  'a page of the web': [new TextEncoder().encode('<!doctype html><p>Not found'), 'onnx-damaged'],
  'a pointer of Git LFS': [
    new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n'),
    'model-git-lfs',
  ],
  'a varint without an end': [new Uint8Array(64).fill(0xff), 'onnx-damaged'],
  'a varint of eleven bytes': [
    Uint8Array.from([8, ...Array.from({ length: 10 }, () => 0x80), 1]),
    'onnx-damaged',
  ],
  'a graph longer than the file': [
    Uint8Array.from([...varint(7 * 8 + 2), ...varint(2 ** 40), 1, 2, 3]),
    'onnx-damaged',
  ],
  'a part of 2⁶³ bytes': [
    Uint8Array.from([...varint(7 * 8 + 2), ...Array.from({ length: 9 }, () => 0xff), 1]),
    'onnx-damaged',
  ],
  'lengths in lengths': [
    Uint8Array.from(
      Array.from({ length: 40 }).reduce<readonly number[]>((inner) => bytes(7, inner), []),
    ),
    'onnx-graph',
  ],
  'groups of protobuf, which nobody writes': [
    Uint8Array.from(Array.from({ length: 100_000 }, () => 0x3b)),
    'onnx-damaged',
  ],
  'a field without a number': [Uint8Array.from([0, 0]), 'onnx-damaged'],
  'two graphs': [model({}, bytes(7, graph())), 'onnx-damaged'],
  'a million empty nodes': [
    model({
      more: Array.from({ length: 2_000_000 }, (_, at) => (at % 2 === 0 ? 10 : 0)),
    }),
    'onnx-too-large',
  ],
  'a hundred thousand arrays': [
    model({
      more: Array.from({ length: 200_000 }, (_, at) => (at % 2 === 0 ? 42 : 0)),
    }),
    'onnx-too-large',
  ],
  'a negative extent': [model({ arrays: [tensor('weight', [-784, -10])] }), 'onnx-damaged'],
  'extents beyond all memory': [
    model({ arrays: [tensor('weight', [2 ** 31, 2 ** 31, 2 ** 31])] }),
    'onnx-too-large',
  ],
  'more numbers than bytes': [model({ arrays: [tensor('weight', [784, 10])] }), 'onnx-damaged'],
  'fewer numbers than bytes': [
    model({ arrays: [tensor('weight', [1, 1], { values: half(7840) })] }),
    'onnx-damaged',
  ],
  'numbers in two places': [
    model({
      arrays: [
        tensor('weight', [784, 10], {
          values: half(7840),
          more: bytes(4, [0, 0, 0, 0]),
        }),
      ],
    }),
    'onnx-damaged',
  ],
  'numbers in a file of the machine': [
    model({ arrays: [tensor('weight', [784, 10], { more: external })] }),
    'onnx-external-data',
  ],
  'an array of strings': [
    model({
      arrays: [tensor('weight', [784, 10], { type: 8, more: text(6, 'cat') })],
    }),
    'onnx-unread',
  ],
  'an element type that is not known': [
    model({ arrays: [tensor('weight', [784, 10], { type: 77 })] }),
    'onnx-unread',
  ],
  'sparse arrays': [model({ more: bytes(15, []) }), 'onnx-unread'],
  'functions of its own': [model({}, bytes(25, [])), 'onnx-unread'],
  'an operator of its own': [
    model({
      nodes: [node('Gemm', ['image', 'weight'], ['scores'], {}, text(7, 'evil.domain'))],
    }),
    'onnx-unread',
  ],
  'a condition': [
    model({
      nodes: [node('If', ['image'], ['scores'], {}, bytes(5, bytes(6, graph())))],
    }),
    'onnx-operator',
  ],
  'a loop': [model({ nodes: [node('Loop', ['image'], ['scores'])] }), 'onnx-operator'],
  'a graph in the attribute of a Relu': [
    model({
      nodes: [
        node(
          'LeakyRelu',
          ['image'],
          ['a'],
          {},
          bytes(5, [...text(1, 'alpha'), ...bytes(6, graph())]),
        ),
        node('Gemm', ['a', 'weight'], ['scores']),
      ],
    }),
    'onnx-unread',
  ],
  'quantised arithmetic': [
    model({ nodes: [node('QuantizeLinear', ['image'], ['scores'])] }),
    'onnx-operator',
  ],
  'the name of a method in the place of an operator': [
    model({ nodes: [node('constructor', ['image'], ['scores'])] }),
    'onnx-operator',
  ],
  '__proto__ in the place of an operator': [
    model({ nodes: [node('__proto__', ['image'], ['scores'])] }),
    'onnx-operator',
  ],
  'a circle': [
    model({ nodes: [node('Relu', ['b'], ['a']), node('Relu', ['a'], ['b'])] }),
    'onnx-damaged',
  ],
  'a node that takes itself': [
    model({ nodes: [node('Add', ['image', 'scores'], ['scores'])] }),
    'onnx-damaged',
  ],
  'an array that is not there': [model({ arrays: [] }), 'onnx-damaged'],
  'an output that nothing gives': [model({ outputs: [value('other', ['N', 10])] }), 'onnx-damaged'],
  'one output given twice': [
    model({
      nodes: [node('Relu', ['image'], ['scores']), node('Relu', ['image'], ['scores'])],
    }),
    'onnx-damaged',
  ],
  'one array given twice': [model({ arrays: [weight, weight] }), 'onnx-damaged'],
  'an array with the name of the image': [
    model({ arrays: [weight, tensor('image', [1], { values: [1] })] }),
    'onnx-graph',
  ],
  'two inputs': [model({ inputs: [...image, value('other', ['N', 4])] }), 'onnx-graph'],
  'no input': [model({ inputs: [] }), 'onnx-graph'],
  'two outputs': [
    model({ outputs: [value('scores', ['N', 10]), value('image', ['N', 10])] }),
    'onnx-graph',
  ],
  'bytes as images': [model({ inputs: [value('image', ['N', 784], 2)] }), 'onnx-graph'],
  'a number in the place of an image': [model({ inputs: [value('image', ['N'])] }), 'onnx-graph'],
  'no version of the operators': [
    Uint8Array.from([...integer(1, 8), ...bytes(7, graph())]),
    'onnx-unread',
  ],
  'operators of the far future': [model({}, [], 4000), 'onnx-unread'],
  'a name of a million letters': [
    model({ nodes: [node('R'.repeat(1_000_000), ['image'], ['scores'])] }),
    'onnx-damaged',
  ],
  'padding of 2³¹ pixels': [
    model({
      inputs: image,
      arrays: [kernel(4, 1, 3, 3)],
      nodes: [
        node('Conv', ['image', 'kernel'], ['scores'], {
          pads: [2 ** 31, 0, 0, 2 ** 31],
        }),
      ],
    }),
    'onnx-too-large',
  ],
  'padding below zero': [
    model({
      inputs: image,
      arrays: [kernel(4, 1, 3, 3)],
      nodes: [
        node('Conv', ['image', 'kernel'], ['scores'], {
          pads: [-1, -1, -1, -1],
        }),
      ],
    }),
    'onnx-operator',
  ],
  'a stride of zero': [
    model({
      inputs: image,
      arrays: [kernel(4, 1, 3, 3)],
      nodes: [node('Conv', ['image', 'kernel'], ['scores'], { strides: [0, 0] })],
    }),
    'onnx-operator',
  ],
  'a window larger than its image': [
    model({
      inputs: image,
      arrays: [kernel(1, 1, 40, 40)],
      nodes: [node('Conv', ['image', 'kernel'], ['scores'])],
    }),
    'onnx-operator',
  ],
  'a thousand sums of large arrays': [doubling('Add', {}, 1000), 'onnx-too-large'],
  'arrays that double sixty times': [doubling('Concat', { axis: 0 }), 'onnx-too-large'],
  'an array of zeros without an end': [
    model({
      arrays: [weight, whole('shape', [2 ** 40, 2 ** 40])],
      nodes: [node('ConstantOfShape', ['shape'], ['scores'])],
    }),
    'onnx-too-large',
  ],
  'more layers than are read': [
    model({
      nodes: [...chain(3000, 'Add'), node('Gemm', ['v2999', 'weight'], ['scores'])],
    }),
    'onnx-too-large',
  ],
  'a transposition of the examples': [
    model({
      nodes: [
        node('Transpose', ['image'], ['a'], { perm: [1, 0] }),
        node('Gemm', ['a', 'weight'], ['scores']),
      ],
    }),
    'onnx-operator',
  ],
  'a view that mixes the examples': [
    model({
      arrays: [weight, whole('shape', [-1, 392])],
      nodes: [
        node('Reshape', ['image', 'shape'], ['a']),
        node('Gemm', ['a', 'weight'], ['scores']),
      ],
    }),
    'onnx-operator',
  ],
  'arrays that do not fit each other': [
    model({ arrays: [tensor('weight', [783, 10], { values: half(7830) })] }),
    'onnx-operator',
  ],
  'the classes in the place of their scores': [
    model({
      nodes: [node('Gemm', ['image', 'weight'], ['a']), node('ArgMax', ['a'], ['scores'])],
    }),
    'onnx-operator',
  ],
};

describe('hostile files of ONNX', () => {
  it('are more than twenty', () => {
    expect(Object.keys(HOSTILE).length).toBeGreaterThan(20);
  });

  it('begins from a file that is read', async () => {
    expect(await outcome(model())).toBe('read');
  });

  it.each(Object.entries(HOSTILE))('%s is refused by name', async (_, [content, code]) => {
    expect(await outcome(content)).toBe(code);
  });

  it('weights that are no numbers are counted, and never evaluated', async () => {
    const values = [...half(7839), Number.NaN];
    const found = await read(model({ arrays: [tensor('weight', [784, 10], { values })] }));
    expect(found).toMatchObject({ state: 'read', nonFinite: 1 });
  });

  it('says how to export again in one file', async () => {
    const found = await read(model({ arrays: [tensor('weight', [784, 10], { more: external })] }));
    expect(found).toMatchObject({
      refusal: { fix: expect.stringContaining('external_data=False') },
    });
    expect(JSON.stringify(found)).not.toContain('passwd');
  });

  it('real files with bytes changed or cut off are read or refused by a code of their own', async () => {
    const files = ['torch-2.1.2/residual-traced-12.onnx', 'tf2onnx-1.17.0/keras-branches-18.onnx'];
    const contents = files.map((file) => new Uint8Array(readFileSync(`${ROOT}${file}`)));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...contents),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
          maxLength: 8,
        }),
        fc.option(fc.nat()),
        async (content, changes, end) => {
          const changed = content.slice(0, end === null ? undefined : end % content.length);
          for (const [at, byte] of changes) changed[at % Math.max(1, changed.length)] = byte;
          expect(await outcome(changed)).toMatch(/^(?:read|onnx-[a-z-]+|model-[a-z-]+)$/u);
        },
      ),
      { seed: 1, numRuns: 400 },
    );
  });
});
