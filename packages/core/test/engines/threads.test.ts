import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAddon, readWasmThreads } from '../../src/engines/engine-files.ts';
import type { Kernels } from '../../src/engines/kernels.ts';
import { createNativeKernels, nativeLevels } from '../../src/engines/native.ts';
import { RETURNS_NUMBER, SIGNATURES } from '../../src/engines/signatures.ts';
import { SPLITS } from '../../src/engines/splits.ts';
import { createSharedWasmKernels } from '../../src/engines/wasm-threads.ts';
import {
  createOracleKernels,
  evaluate,
  type Optimizer,
  planTraining,
  type Recipe,
  Trainer,
  weightsDigest,
} from '../../src/index.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';
import { nativeMissing } from './engines-under-test.ts';

const dataset = syntheticDataset(48, 20);
/** However small a part is, it is worth a thread. */
const EVERYTHING = 1e-9;

function native(threads: number, leastWork: number = EVERYTHING): Kernels {
  const { addon } = findAddon();
  if (addon === null) throw new Error('there is no addon');
  return createNativeKernels(addon, nativeLevels(addon)[0] ?? '', {
    threads,
    leastWork,
  });
}

const wasmThreads = await readWasmThreads();

async function wasm(threads: number, leastWork: number = EVERYTHING): Promise<Kernels> {
  const kernels = await createSharedWasmKernels(wasmThreads, { threads, leastWork });
  if (kernels === null) throw new Error('this system has no room for memory that threads share');
  return kernels;
}

const layer = (className: string, config: object = {}): Recipe['model']['layers'][number] => ({
  class_name: className,
  config: { ...config },
});
const dense = (units: number, activation: string): Recipe['model']['layers'][number] =>
  layer('Dense', { units, activation });

/** Networks that hold every kind of layer that is trained, and every activation. */
const networks: Record<string, Partial<Recipe>> = {
  perceptron: {
    model: {
      name: 'perceptron',
      layers: [
        layer('Dense', {
          batch_input_shape: [null, 16],
          units: 40,
          activation: 'relu',
        }),
        layer('Dropout', { rate: 0.25 }),
        ...['tanh', 'sigmoid', 'elu', 'selu', 'softplus', 'softsign'].map((name) =>
          dense(12, name),
        ),
        ...['hard_sigmoid', 'swish', 'gelu'].map((name) => dense(12, name)),
        layer('LeakyReLU'),
        layer('ELU'),
        dense(3, 'softmax'),
      ],
    },
  },
  convolutions: {
    inputShape: [4, 4, 1],
    model: {
      name: 'convolutions',
      layers: [
        layer('ZeroPadding2D', {
          batch_input_shape: [null, 4, 4, 1],
          padding: 1,
        }),
        layer('Conv2D', {
          filters: 20,
          kernel_size: 3,
          padding: 'same',
          activation: 'relu',
        }),
        layer('BatchNormalization'),
        layer('MaxPooling2D', { pool_size: 2 }),
        layer('Conv2D', {
          filters: 5,
          kernel_size: 2,
          strides: 1,
          padding: 'valid',
        }),
        layer('Activation', { activation: 'relu' }),
        layer('AveragePooling2D', { pool_size: 2 }),
        layer('Flatten'),
        dense(3, 'sigmoid'),
      ],
    },
    loss: 'mean_squared_error',
  },
  pooled: {
    inputShape: [4, 4, 1],
    model: {
      name: 'pooled',
      layers: [
        layer('Conv2D', {
          batch_input_shape: [null, 4, 4, 1],
          filters: 6,
          kernel_size: 3,
        }),
        layer('ReLU', { max_value: 6 }),
        layer('GlobalAveragePooling2D'),
        dense(3, 'softmax'),
      ],
    },
  },
};

const betas = { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 };
const rate = { learning_rate: 0.01, decay: 0 };
const optimizers: readonly Optimizer[] = [
  { class_name: 'SGD', ...rate, momentum: 0, nesterov: false },
  { class_name: 'SGD', ...rate, momentum: 0.9, nesterov: true },
  { class_name: 'RMSprop', ...rate, rho: 0.9, epsilon: 1e-7 },
  {
    class_name: 'RMSprop',
    ...rate,
    rho: 0.9,
    epsilon: 1e-7,
    epsilon_inside_root: true,
    momentum: 0.5,
    centered: true,
  },
  { class_name: 'Adam', ...rate, ...betas },
  { class_name: 'Adam', ...rate, ...betas, amsgrad: true },
  { class_name: 'AdamW', ...rate, ...betas, weight_decay: 0.01 },
  { class_name: 'Adamax', ...rate, ...betas },
  { class_name: 'Nadam', ...rate, ...betas, schedule_decay: 0.004 },
  {
    class_name: 'Adadelta',
    ...rate,
    rho: 0.95,
    epsilon: 1e-7,
  },
  {
    class_name: 'Adagrad',
    ...rate,
    epsilon: 1e-7,
    initial_accumulator_value: 0.1,
  },
];

/** The digest of the weights after an epoch, and what the test set gives with them. */
function trained(kernels: Kernels, changes: Partial<Recipe>): unknown {
  const recipe = syntheticRecipe({ epochs: 1, ...changes });
  kernels.reset();
  const plan = planTraining(recipe, dataset);
  const trainer = new Trainer({ kernels, plan, dataset, seed: 2 });
  trainer.runEpoch();
  const weights = trainer.weights();
  const { inputScale, loss } = recipe;
  const task = {
    plan: plan.model,
    weights,
    split: dataset.test,
    inputScale,
    loss,
  };
  const { accuracy, loss: mean } = evaluate({ ...task, kernels });
  return { digest: weightsDigest(weights), accuracy, mean };
}

/* Threads are counted before WebAssembly's have run: those end some time after their engine is closed. */
describe.skipIf(nativeMissing !== null)('an engine with threads', () => {
  it('starts none for what is small', () => {
    const kernels = native(4, 1e9);
    const before = threadsOfThisProcess();
    trained(kernels, {});
    expect(threadsOfThisProcess()).toBe(before);
  });

  it('ends them when it is closed, and computes alone then', () => {
    const before = threadsOfThisProcess();
    const kernels = native(5);
    const expected = trained(kernels, {});
    expect(threadsOfThisProcess() - before).toBe(before === 0 ? 0 : 4);
    kernels.close();
    kernels.close();
    expect(threadsOfThisProcess()).toBe(before);
    expect(trained(kernels, {})).toEqual(expected);
    expect(threadsOfThisProcess()).toBe(before);
  });

  it.each([0, -1, 1.5, 129, Number.NaN])('takes no %s threads', (threads) => {
    expect(() => native(threads)).toThrow(RangeError);
  });

  const addon = fileURLToPath(new URL('../../build/kernels.node', import.meta.url));
  const busy = `
    const { shared, addressOf, levels } = require(${JSON.stringify(addon)});
    const level = Object.values(levels).findIndex((functions) => functions !== null);
    const kernels = shared(level, 6, 1e-9);
    const buffer = new ArrayBuffer(3 * 4 * 128 * 128);
    const at = addressOf(buffer);
    const work = () => kernels.matmul(at, at + 65536, at + 131072, 128, 128, 128);
  `;

  describe.skipIf(!existsSync(addon))('leaves no process behind', () => {
    it.each([
      ['its end', 'for (let i = 0; i < 50; i += 1) work();', 0],
      ['process.exit()', 'setInterval(work, 0); setTimeout(() => process.exit(7), 50);', 7],
      [
        'the end of the worker thread that has it',
        `const { Worker } = require('node:worker_threads');
         if (require('node:worker_threads').isMainThread) {
           const worker = new Worker(__source, { eval: true });
           worker.on('message', () => worker.terminate().then(() => process.exit(5)));
         } else {
           work();
           require('node:worker_threads').parentPort.postMessage('working');
           setInterval(work, 0);
         }`,
        5,
      ],
    ])('at %s', (_, script, status) => {
      const source = `${busy}\n${script}`;
      const program = `const __source = ${JSON.stringify(
        `const __source = '';${source}`,
      )};\n${source}`;
      expect(spawnSync(process.execPath, ['-e', program]).status).toBe(status);
    });

    it('at a signal in the middle of its work', () => {
      const program = `${busy}\nsetInterval(() => { for (let i = 0; i < 9; i += 1) work(); }, 0); setTimeout(() => process.kill(process.pid, 'SIGTERM'), 50);`;
      expect(spawnSync(process.execPath, ['-e', program]).signal).toBe('SIGTERM');
    });
  });
});

describe('threads of WebAssembly', () => {
  it('are not started for what is small', async () => {
    const kernels = await wasm(4, 1e9);
    const before = threadsOfThisProcess();
    trained(kernels, {});
    expect(threadsOfThisProcess()).toBe(before);
  });

  it('leave their work to the caller when they are ended', async () => {
    const kernels = await wasm(5);
    const expected = trained(kernels, {});
    kernels.close();
    kernels.close();
    const before = threadsOfThisProcess();
    expect(trained(kernels, {})).toEqual(expected);
    expect(threadsOfThisProcess()).toBeLessThanOrEqual(before);
  });

  it('take what they need of memory that has grown meanwhile', async () => {
    const kernels = await wasm(3);
    for (const length of [100, 1_000_000, 9_000_000]) {
      const pointer = kernels.allocate(length * 4);
      kernels
        .f32(pointer, length)
        .fill(-1)
        .set([2], length - 1);
      kernels.relu(pointer, pointer, length);
      expect(kernels.countNonFinite(pointer, length)).toBe(0);
      expect(kernels.f32(pointer, length).reduce((sum, value) => sum + value)).toBe(2);
    }
    kernels.close();
  });

  it('end a call that goes wrong in one of them', async () => {
    const kernels = await wasm(3);
    const outside = 2 ** 32 - 2 ** 20;
    expect(() => kernels.relu(outside, outside, 1000)).toThrow('memory access out of bounds');
  });

  it.each([0, -1, 1.5, 129, Number.NaN])('are not %s', async (threads) => {
    await expect(wasm(threads)).rejects.toThrow(RangeError);
  });

  it.each([
    ['its end', '', 0],
    ['process.exit()', 'setInterval(work, 0); setTimeout(() => process.exit(7), 50);', 7],
    [
      'the end of the worker thread that has it',
      `const { isMainThread, parentPort, Worker } = await import('node:worker_threads');
       if (isMainThread) {
         const worker = new Worker(new URL(import.meta.url));
         worker.on('message', () => worker.terminate().then(() => process.exit(5)));
       } else {
         parentPort.postMessage('working');
         setInterval(work, 0);
       }`,
      5,
    ],
  ])('leave no process behind at %s', async (_, script, status) => {
    const folder = mkdtempSync(join(tmpdir(), 'labproof-wasm-threads-'));
    try {
      const source = fileURLToPath(new URL('../../src/engines/wasm-threads.ts', import.meta.url));
      const engine = join(folder, 'engine.mjs');
      await build({
        entryPoints: [source],
        outfile: engine,
        bundle: true,
        platform: 'node',
        format: 'esm',
      });
      const program = join(folder, 'program.mjs');
      writeFileSync(
        program,
        `import { readFileSync } from 'node:fs';
         import { createSharedWasmKernels } from './engine.mjs';
         const file = new URL(${JSON.stringify(new URL('../../kernels/kernels-threads.wasm', import.meta.url).href)});
         const kernels = await createSharedWasmKernels(readFileSync(file), { threads: 6, leastWork: 1e-9 });
         const at = kernels.allocate(3 * 65536);
         const work = () => kernels.matmul(at, at + 65536, at + 131072, 128, 128, 128);
         work();
         ${script}`,
      );
      expect(spawnSync(process.execPath, [program]).status).toBe(status);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe.each(Object.entries(networks))('threads train a network of %s', (_, network) => {
  const engines: Kernels[] =
    nativeMissing === null ? [1, 2, 3, 8].map((threads) => native(threads)) : [];
  beforeAll(async () => {
    for (const threads of [2, 3, 8]) engines.push(await wasm(threads));
  });
  afterAll(() => engines.forEach((kernels) => kernels.close()));

  it.each(optimizers.map((optimizer) => [optimizer.class_name, optimizer] as const))(
    'by %s to the bits of the oracle, natively and as WebAssembly',
    (_, optimizer) => {
      const expected = trained(createOracleKernels(), { ...network, optimizer });
      expect(engines.map((kernels) => trained(kernels, { ...network, optimizer }))).toEqual(
        engines.map(() => expected),
      );
    },
  );
});

describe('the table of what is shared', () => {
  it('names a step for each array, and goes over rows or elements', () => {
    for (const [name, split] of Object.entries(SPLITS)) {
      const types = SIGNATURES[name as keyof typeof SIGNATURES];
      const arrays = types.filter((type) => type.endsWith('*') && !type.includes('struct'));
      if (split.kind === 'slices') {
        expect(split.steps, name).toHaveLength(arrays.length);
        expect(split.over, name).toBe(types.indexOf('uint32_t'));
      }
      expect(RETURNS_NUMBER.has(name as keyof typeof SIGNATURES), name).toBe(false);
    }
  });
});

/** 0 where the system does not tell. */
function threadsOfThisProcess(): number {
  return existsSync('/proc/self/task') ? readdirSync('/proc/self/task').length : 0;
}
