import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { honestZip } from '../../../../../fixtures/hostile/raw-zip.ts';
import { filesInMemory } from '../../../src/files/submission-files.ts';
import { MODEL_LIMITS } from '../../../src/models/model-limits.ts';
import { readModel } from '../../../src/models/submitted-model.ts';
import { exercises } from './exercises.ts';
import { bytesOf, dict, op, tensor } from './pickle-writer.ts';

const ROOT = fileURLToPath(new URL('../../../../../fixtures/pytorch-files/', import.meta.url));

/** What becomes of a file: the digest of its weights, or the code of its refusal. */
async function outcome(bytes: Uint8Array, path = 'model.pt'): Promise<string> {
  const format = path.endsWith('.safetensors') ? 'safetensors' : 'pytorch';
  const model = await readModel(
    { exercise: null, path, format, refused: null, found: [] },
    filesInMemory(new Map([[path, bytes]])),
    { limits: MODEL_LIMITS, openForeign: async () => null, exercises },
  );
  return model.state === 'read' ? 'read' : model.refusal.code;
}

const floats = (count: number): Uint8Array =>
  new Uint8Array(new Float32Array(count).fill(0.5).buffer);

function archive(
  pickle: string,
  members: Readonly<Record<string, Uint8Array>> = { 'a/data/0': floats(4) },
): Uint8Array {
  const all = { 'a/data.pkl': bytesOf(pickle), 'a/version': bytesOf('3\n'), ...members };
  return new Uint8Array(honestZip(Object.entries(all)));
}

const pickled = (value: string): string => `${op.proto}${value}${op.stop}`;
const called = (module: string, name: string, ...args: string[]): string =>
  op.global(module, name) + op.tuple(...args) + op.reduce;
const system = called('posix', 'system', op.text('touch /tmp/labproof-was-here'));

/** A Linear(2, 2) in a Sequential of its own, so that nothing but the file is needed to evaluate it. */
const weights = dict({ weight: tensor({}), bias: tensor({ shape: [2], strides: [1], count: 4 }) });

function safetensors(header: unknown, data = 16): Uint8Array {
  const json = bytesOf(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}
const entry = (shape: readonly number[], from: number, to: number, dtype = 'F32'): object => ({
  dtype,
  shape,
  data_offsets: [from, to],
});

/** A dictionary of twenty thousand entries that is held ten thousand times. */
const heldByMany = (held: string, hold: string): string => {
  const entries = Array.from({ length: 20_000 }, (_, index) => [`e${index}`, op.int(1)] as const);
  const holders = Array.from({ length: 10_000 }, (_, index) => op.text(`k${index}`) + hold);
  return `${dict(Object.fromEntries(entries))}${held}q\u00010}(${holders.join('')}u`;
};

const HOSTILE: Readonly<Record<string, readonly [Uint8Array, string]>> = {
  'a dictionary in very many places': [
    archive(pickled(heldByMany('', 'h\u0001'))),
    'pytorch-no-weights',
  ],
  'the state of very many objects': [
    archive(pickled(heldByMany('', `${op.global('__torch__', 'A')})\u0081h\u0001b`))),
    'pytorch-no-weights',
  ],
  'a call of os.system': [archive(pickled(system)), 'pytorch-no-weights'],
  'a call of os.system beside weights': [
    archive(pickled(dict({ weight: tensor({}), extra: system }))),
    'pytorch-structure',
  ],
  'a call of os.system in the place of a number': [
    archive(pickled(dict({ weight: tensor({}).replace(op.int(0), system) }))),
    'pytorch-no-weights',
  ],
  'builtins.eval by STACK_GLOBAL': [
    archive(`\u0080\u0004\u008c\u0008builtins\u008c\u0004eval\u0093${op.text('1/0')}\u0085R.`),
    'pytorch-no-weights',
  ],
  'a name from the registry of extensions': [archive(pickled('\u0082\u0001')), 'pytorch-damaged'],
  'buffers from outside': [archive(pickled('\u0097')), 'pytorch-damaged'],
  'a pickle of its own, of os.system': [bytesOf(pickled(system)), 'pytorch-unread'],
  'an object made by INST': [
    archive(pickled(`(${op.text('id')}iposix\nsystem\n`)),
    'pytorch-no-weights',
  ],
  'an object made by OBJ': [
    archive(pickled(`(${op.global('posix', 'system')}${op.text('id')}o`)),
    'pytorch-no-weights',
  ],
  'lists nested ten thousand deep': [
    archive(pickled(`${']'.repeat(10_000)}${'a'.repeat(9_999)}`)),
    'pytorch-no-weights',
  ],
  'a memo that doubles itself thirty times': [
    archive(
      pickled(
        `]${op.put(0)}0${Array.from({ length: 30 }, (_, at) => `(${op.get(at)}${op.get(at)}l${op.put(at + 1)}0`).join('')}${op.get(30)}`,
      ),
    ),
    'pytorch-no-weights',
  ],
  'a dictionary in itself': [
    archive(pickled(`}${op.put(0)}${op.text('a')}${op.get(0)}s`)),
    'pytorch-no-weights',
  ],
  'a module in itself': [
    archive(
      pickled(
        `${op.global('torch.nn.modules.container', 'Sequential')})R${op.put(0)}${dict({ _parameters: op.emptyDict, _buffers: op.emptyDict, _modules: dict({ a: op.get(0), b: op.get(0) }) })}b`,
      ),
    ),
    'pytorch-no-weights',
  ],
  'modules that hold one another a hundred times': [
    archive(
      pickled(
        `${op.global('torch.nn.modules.container', 'Sequential')})R${op.put(0)}${dict({ _parameters: op.emptyDict, _buffers: op.emptyDict, _modules: dict(Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`m${at}`, op.get(0)]))) })}b`,
      ),
    ),
    'pytorch-no-weights',
  ],
  'a stack that grows without end': [
    archive(pickled(`]${'2'.repeat(400_000)}`)),
    'pytorch-damaged',
  ],
  'a jump to a memo that is not there': [archive(pickled(op.get(7))), 'pytorch-damaged'],
  'a mark that is missing': [archive(pickled('t')), 'pytorch-damaged'],
  'an end that is missing': [archive(`${op.proto}}`), 'pytorch-damaged'],
  'a text longer than the file': [archive(pickled('X\u00ff\u00ff\u00ff\u007f')), 'pytorch-damaged'],
  'bytes of a length below zero': [
    archive(pickled('T\u00ff\u00ff\u00ff\u00ff')),
    'pytorch-damaged',
  ],
  'a number of a million digits': [
    archive(pickled(`L${'9'.repeat(1_000_000)}L\n`)),
    'pytorch-damaged',
  ],
  'a tensor past its storage': [
    archive(pickled(dict({ weight: tensor({ shape: [100, 100] }) }))),
    'pytorch-damaged',
  ],
  'an offset past its storage': [
    archive(pickled(dict({ weight: tensor({ offset: 1000 }) }))),
    'pytorch-damaged',
  ],
  'an offset below zero': [
    archive(pickled(dict({ weight: tensor({ offset: -4 }) }))),
    'pytorch-damaged',
  ],
  'strides below zero': [
    archive(pickled(dict({ weight: tensor({ strides: [-2, -1] }) }))),
    'pytorch-damaged',
  ],
  'strides past the storage': [
    archive(pickled(dict({ weight: tensor({ strides: [1_000_000, 1] }) }))),
    'pytorch-damaged',
  ],
  'strides of zero over a giant shape': [
    archive(pickled(dict({ weight: tensor({ shape: [100_000, 100_000], strides: [0, 0] }) }))),
    'pytorch-too-large',
  ],
  'one storage as ten thousand tensors': [
    archive(
      pickled(
        dict(Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`w${at}`, tensor({})]))),
      ),
    ),
    'pytorch-no-weights',
  ],
  'a storage that is not there': [
    archive(pickled(dict({ weight: tensor({ key: '9' }) }))),
    'pytorch-damaged',
  ],
  'a storage whose name leaves the archive': [
    archive(pickled(dict({ weight: tensor({ key: '../../../etc/passwd' }) }))),
    'pytorch-damaged',
  ],
  'a storage that says more than it has': [
    archive(pickled(dict({ weight: tensor({ count: 1_000_000 }) }))),
    'pytorch-damaged',
  ],
  'a quantised tensor': [
    archive(pickled(dict({ weight: called('torch._utils', '_rebuild_qtensor') }))),
    'pytorch-unread',
  ],
  'a sparse tensor': [
    archive(pickled(dict({ weight: called('torch._utils', '_rebuild_sparse_tensor') }))),
    'pytorch-unread',
  ],
  'a tensor without values': [
    archive(pickled(dict({ weight: called('torch._utils', '_rebuild_meta_tensor_no_storage') }))),
    'pytorch-unread',
  ],
  'whole numbers as weights': [
    archive(pickled(dict({ weight: tensor({ type: 'IntStorage' }) }))),
    'pytorch-structure',
  ],
  'numbers from a big-endian machine': [
    archive(pickled(weights), { 'a/data/0': floats(4), 'a/byteorder': bytesOf('big') }),
    'pytorch-unread',
  ],
  'two pickles': [
    archive(pickled(weights), { 'b/data.pkl': bytesOf(pickled(weights)) }),
    'pytorch-damaged',
  ],
  'two models': [
    archive(pickled(dict({ generator: dict({ w: tensor({}) }), critic: dict({ w: tensor({}) }) }))),
    'pytorch-ambiguous',
  ],
  'a zip of something else': [
    new Uint8Array(honestZip([['notes.txt', bytesOf('hello')]])),
    'pytorch-damaged',
  ],
  'a program of torch.export': [
    new Uint8Array(honestZip([['m/archive_format', bytesOf('pt2')]])),
    'pytorch-unread',
  ],
  'a package of torch.package': [
    new Uint8Array(
      honestZip([
        ['p/.data/extern_modules', bytesOf('os\n')],
        ['p/model/model.pkl', bytesOf(pickled(system))],
      ]),
    ),
    'pytorch-unread',
  ],
  'a state that sets the state of its state': [
    archive(
      pickled(`${op.global('types', 'FunctionType')})\u0081${dict({ __setstate__: system })}b`),
    ),
    'pytorch-no-weights',
  ],
  'a name with dots by STACK_GLOBAL': [
    archive(
      `\u0080\u0004${op.text('torch')}${op.text('_utils.os.system')}\u0093${op.text('id')}\u0085R.`,
    ),
    'pytorch-no-weights',
  ],
  'keyword arguments by NEWOBJ_EX': [
    archive(
      `\u0080\u0004${op.global('subprocess', 'Popen')})${dict({ args: op.text('id') })}\u0092.`,
    ),
    'pytorch-no-weights',
  ],
  'functools.partial around eval, called twice': [
    archive(
      pickled(
        called('functools', 'partial', op.global('builtins', 'eval'), op.text('1')) +
          op.tuple() +
          op.reduce,
      ),
    ),
    'pytorch-no-weights',
  ],
  'torch.load of another file in the place of the weights': [
    archive(pickled(dict({ weight: called('torch', 'load', op.text('/etc/passwd')) }))),
    'pytorch-no-weights',
  ],
  'a tensor from a file': [
    archive(pickled(dict({ weight: called('torch', 'from_file', op.text('/etc/passwd')) }))),
    'pytorch-no-weights',
  ],
  'a rebuilt tensor whose type runs something': [
    archive(
      pickled(
        dict({
          weight: called(
            'torch._tensor',
            '_rebuild_from_type_v2',
            op.global('os', 'system'),
            system,
            op.tuple(op.text('id')),
            op.emptyDict,
          ),
        }),
      ),
    ),
    'pytorch-no-weights',
  ],
  'a parameter in a parameter, a hundred deep': [
    archive(
      pickled(
        dict({
          weight: Array.from({ length: 100 }).reduce<string>(
            (inner) => called('torch._utils', '_rebuild_parameter', inner, '\u0088', op.emptyDict),
            tensor({}),
          ),
        }),
      ),
    ),
    'pytorch-no-weights',
  ],
  'a storage that names a function': [
    archive(
      pickled(
        dict({
          weight: tensor({}).replace(op.global('torch', 'FloatStorage'), op.global('os', 'system')),
        }),
      ),
    ),
    'pytorch-no-weights',
  ],
  'a storage of a quadrillion numbers': [
    archive(
      pickled(dict({ weight: tensor({ count: 2 ** 31 - 1, shape: [2 ** 31 - 1], strides: [1] }) })),
    ),
    'pytorch-damaged',
  ],
  'an axis of no length beside giant ones': [
    archive(
      pickled(
        dict({ weight: tensor({ shape: [0, 2 ** 31 - 1, 2 ** 31 - 1], strides: [1, 1, 1] }) }),
      ),
    ),
    'pytorch-structure',
  ],
  'nine axes': [
    archive(
      pickled(
        dict({
          weight: tensor({
            shape: [1, 1, 1, 1, 1, 1, 1, 2, 2],
            strides: [1, 1, 1, 1, 1, 1, 1, 2, 1],
          }),
        }),
      ),
    ),
    'pytorch-no-weights',
  ],
  'a name that is a prototype': [
    archive(
      pickled(dict({ __proto__x: tensor({}), constructor: tensor({}), ['__proto__']: tensor({}) })),
    ),
    'pytorch-structure',
  ],
  'a name of a million letters': [
    archive(pickled(dict({ ['w'.repeat(1_000_000)]: tensor({}) }))),
    'pytorch-structure',
  ],
  'a name that gives orders to terminals': [
    archive(pickled(dict({ '\u001b]0;x\u0007weight': tensor({}) }))),
    'pytorch-structure',
  ],
  'a frame longer than the file': [
    archive(`\u0080\u0004\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f}.`),
    'pytorch-damaged',
  ],
  'a protocol of the future': [archive('\u0080\u0009}.'), 'pytorch-no-weights'],
  'a set that is built by ADDITEMS of nothing': [archive(pickled('\u0090')), 'pytorch-damaged'],
  'a pop from an empty stack': [archive(pickled('00000')), 'pytorch-damaged'],
  'a memo at a place of four thousand million': [
    archive(pickled(`}r\u00ff\u00ff\u00ff\u00ff${weights}`)),
    'pytorch-structure',
  ],
  'a pickle packed a thousand times': [
    new Uint8Array(honestZip([['a/data.pkl', bytesOf(`${op.proto}${'N0'.repeat(3_000_000)}}.`)]])),
    'pytorch-damaged',
  ],
  nothing: [new Uint8Array(0), 'pytorch-damaged'],
  'a page instead of a model': [
    bytesOf('<!DOCTYPE html><title>Sign in</title>'),
    'pytorch-damaged',
  ],
};

const HOSTILE_SAFETENSORS: Readonly<Record<string, Uint8Array>> = {
  'a header longer than the file': safetensors('{').fill(0xff, 0, 4),
  'a header that is a list': safetensors([1, 2]),
  'no JSON': safetensors('{"weight": '),
  'an array past the end': safetensors({ weight: entry([2, 2], 0, 16), bias: entry([2], 16, 24) }),
  'arrays that overlap': safetensors({ weight: entry([2, 2], 0, 16), bias: entry([2], 8, 16) }),
  'a gap between arrays': safetensors({ a: entry([1], 0, 4), b: entry([1], 12, 16) }),
  'bytes behind the arrays': safetensors({ weight: entry([2], 0, 8) }),
  'an end before its beginning': safetensors({ weight: entry([2, 2], 16, 0) }),
  'a shape that its bytes do not hold': safetensors({
    weight: entry([1_000_000, 1_000_000], 0, 16),
  }),
  'a type that nobody knows': safetensors({ weight: entry([2, 2], 0, 16, 'F7') }),
};

describe('files that no PyTorch writes', () => {
  it('are more than seventy', () => {
    const all = [...Object.keys(HOSTILE), ...Object.keys(HOSTILE_SAFETENSORS)];
    expect(all.length).toBeGreaterThan(70);
  });

  it.each(Object.entries(HOSTILE))('%s', async (_, [bytes, code]) => {
    expect(await outcome(bytes)).toBe(code);
  });

  it.each(Object.entries(HOSTILE_SAFETENSORS))('safetensors with %s', async (_, bytes) => {
    expect(await outcome(bytes, 'model.safetensors')).toMatch(/^(?:pytorch-damaged|json-)/u);
  });

  it.each(['model-00001-of-00002.safetensors', 'pytorch_model-00002-of-00003.bin'])(
    'one part of a model, %s, is refused as that',
    async (name) => {
      const bytes = name.endsWith('.bin')
        ? archive(pickled(weights))
        : safetensors({ weight: entry([2, 2], 0, 16) });
      expect(await outcome(bytes, name)).toBe('pytorch-unread');
    },
  );

  it('reads what stands between them', async () => {
    const linear = `${op.global('torch.nn.modules.linear', 'Linear')})R${dict({ in_features: op.int(784), out_features: op.int(2), _parameters: dict({ weight: tensor({ shape: [2, 784], strides: [784, 1], count: 1568 }), bias: tensor({ shape: [2], strides: [1], count: 1568 }) }), _buffers: op.emptyDict, _modules: op.emptyDict })}b`;
    const model = `${op.global('torch.nn.modules.container', 'Sequential')})R${dict({ _parameters: op.emptyDict, _buffers: op.emptyDict, _modules: dict({ 0: linear }) })}b`;
    expect(await outcome(archive(pickled(model), { 'a/data/0': floats(1568) }))).toBe('read');
  });

  const REAL = [
    'torch-2.15.0/sequential-ceil-module.pt',
    'torch-1.13.1/sequential-convolution-legacy.pth',
    'torch-2.15.0/sequential-convolution-module-legacy.pth',
    'torch-2.15.0/sequential-perceptron.safetensors',
  ];
  it.each(REAL)(
    '%s with bytes changed is read, or refused with a code of its own',
    async (file) => {
      const real = new Uint8Array(readFileSync(`${ROOT}${file}`));
      const place = fc.integer({ min: 0, max: Math.min(real.length, 20_000) - 1 });
      const changes = fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 6,
      });
      const cut = fc.option(fc.integer({ min: 0, max: real.length }), { nil: real.length });
      await fc.assert(
        fc.asyncProperty(changes, cut, async (bytes, length) => {
          const changed = real.slice(0, length);
          for (const [at, value] of bytes) if (at < length) changed[at] = value;
          expect(await outcome(changed, file.slice(file.indexOf('/') + 1))).toMatch(
            /^(?:read|pytorch-[a-z-]+|json-[a-z-]+|model-[a-z-]+|weights-[a-z-]+)$/u,
          );
        }),
        { numRuns: 60, seed: 7 },
      );
    },
  );
});
