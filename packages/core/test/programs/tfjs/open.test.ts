import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTfjs } from '../../../src/programs/tfjs/installation/open.ts';
import { findBackend, searchRoots } from '../../../src/programs/tfjs/installation/packages.ts';
import { type ModelPlan, planModel, type Recipe } from '../../../src/index.ts';
import { describeTfjs } from '../../../src/programs/tfjs/installation/describe.ts';
import { syntheticRecipe } from '../../training/synthetic.ts';

const perceptron = syntheticRecipe();
const convolutional = syntheticRecipe({
  inputShape: [4, 4, 1],
  model: {
    name: 'convolutional',
    layers: [
      {
        class_name: 'Conv2D',
        config: { name: 'edges', batch_input_shape: [null, 4, 4, 1], filters: 2, kernel_size: 3 },
      },
      { class_name: 'Flatten', config: {} },
      { class_name: 'Dense', config: { units: 3, activation: 'softmax' } },
    ],
  },
});

const networkOf = ({ model }: Recipe): ModelPlan => planModel(model);

describe('opening TensorFlow.js', () => {
  let project: string;
  let roots: NodeJS.Require[];

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'labproof-tfjs-'));
    roots = [createRequire(join(project, 'package.json'))];
  });
  afterEach(() => rm(project, { recursive: true, force: true }));

  async function install(name: string, files: Readonly<Record<string, string>>): Promise<void> {
    const folder = join(project, 'node_modules', name);
    await mkdir(join(folder, 'lib', 'napi-v8'), { recursive: true });
    for (const [file, content] of Object.entries(files))
      await writeFile(join(folder, file), content);
  }

  const manifest = (version: string): string => JSON.stringify({ version, main: 'index.js' });

  it('names the backend and the versions that results depend on', async () => {
    const engine = await openTfjs('tfjs:wasm', networkOf(perceptron));
    expect(engine.backend).toBe('wasm');
    expect(engine.tf.getBackend()).toBe('wasm');
    expect(engine.versions).toEqual({
      'tfjs-core': '4.22.0',
      '@tensorflow/tfjs': '4.22.0',
      '@tensorflow/tfjs-backend-wasm': '4.22.0',
    });
  });

  it('says how to add what is not installed', async () => {
    await expect(openTfjs('tfjs', networkOf(perceptron), { roots })).rejects.toMatchObject({
      code: 'tfjs-not-installed',
      owner: 'instructor',
      fix: expect.stringContaining('npm install @tensorflow/tfjs-node'),
    });
  });

  it('refuses a convolution on the wasm backend by layer and kernel, with the way out', async () => {
    await expect(openTfjs('tfjs:wasm', networkOf(convolutional))).rejects.toMatchObject({
      code: 'tfjs-cannot-train',
      owner: 'instructor',
      message: expect.stringMatching(/"edges".*Conv2DBackpropFilter/u),
      fix: expect.stringContaining('tfjs:cpu'),
    });
  });

  it('takes the next backend where the better one cannot train the model', async () => {
    // tfjs-node may be installed beside Labproof; here only what comes with the tests is to be found.
    const [beside] = searchRoots();
    const withoutNode = Object.assign((id: string): unknown => beside?.(id), {
      ...beside,
      resolve: Object.assign((id: string): string => {
        if (id.includes('tfjs-node')) throw new Error('not here');
        return beside?.resolve(id) ?? '';
      }, beside?.resolve),
    }) as NodeJS.Require;
    const options = { roots: [withoutNode] };
    expect((await openTfjs('tfjs', networkOf(convolutional), options)).backend).toBe('cpu');
    expect((await openTfjs('tfjs', networkOf(perceptron), options)).backend).toBe('wasm');
  });

  it('is never taken from the working directory, only from a folder that somebody names', async () => {
    await install('@tensorflow/tfjs-node', {
      'package.json': manifest('4.22.0'),
      'index.js': 'throw new Error("planted")',
    });
    const before = process.cwd();
    process.chdir(project);
    try {
      expect(findBackend('tensorflow', searchRoots({}))).toBeNull();
      const [found] =
        findBackend('tensorflow', searchRoots({ LABPROOF_TENSORFLOW: project })) ?? [];
      expect(found?.version).toBe('4.22.0');
    } finally {
      process.chdir(before);
    }
  });

  it('tells a package that is installed and fails from one that is absent', async () => {
    await install('@tensorflow/tfjs-node', {
      'package.json': manifest('4.22.0'),
      'index.js': 'throw new Error("libtensorflow.so.2: cannot open shared object file")',
    });
    await expect(openTfjs('tfjs', networkOf(perceptron), { roots })).rejects.toMatchObject({
      code: 'tfjs-not-loading',
      message: expect.stringMatching(/tfjs-node 4\.22\.0.*libtensorflow\.so\.2/u),
    });
  });

  it('describes what is installed without loading it', async () => {
    await install('@tensorflow/tfjs', {
      'package.json': manifest('4.20.0'),
      'index.js': 'throw new Error("a package was loaded")',
    });
    await install('@tensorflow/tfjs-node', { 'package.json': manifest('4.22.0') });
    const [tensorflow, wasm, cpu] = describeTfjs(roots);
    expect(tensorflow).toMatchObject({ backend: 'tensorflow', available: false });
    expect(tensorflow?.message).toContain('lacks its native part');
    expect(wasm).toMatchObject({ available: false, message: 'not installed' });
    expect(wasm?.fix).toContain('@tensorflow/tfjs-backend-wasm');
    expect(cpu).toMatchObject({ available: true, fix: null });
    expect(cpu?.message).toContain('@tensorflow/tfjs 4.20.0');

    await writeFile(
      join(project, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node'),
      '',
    );
    expect(describeTfjs(roots)[0]).toMatchObject({ available: true, fix: null });
  });
});
