import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Kernels, loadDataset, openKernels } from '@labproof/core';
import { filesInMemory, torchCode } from '@labproof/submission';
import { beforeAll, describe, expect, it } from 'vitest';
import { exercises } from '../../../submission/test/models/pytorch/exercises.ts';
import { MODEL_LIMITS } from '../../../submission/src/models/model-limits.ts';
import { readModel } from '../../../submission/src/models/submitted-model.ts';
import { evaluateModel } from '../../src/evaluation/evaluate-model.ts';

const ROOT = fileURLToPath(new URL('../../../../fixtures/pytorch-files/', import.meta.url));
const { files: expected } = JSON.parse(
  readFileSync(`${ROOT}torch-2.15.0/expected.json`, 'utf8'),
) as { files: Record<string, { mean: number[]; std: number[]; dataset: string }> };

async function evaluated(file: string, kernels: Kernels, code: string) {
  const path = `torch-2.15.0/${file}`;
  const content = new Map([[file, new Uint8Array(readFileSync(`${ROOT}${path}`))]]);
  const exercise = file.split('.')[0] ?? '';
  const model = await readModel(
    {
      exercise: exercises.some(({ id }) => id === exercise) ? exercise : null,
      path: file,
      format: 'pytorch',
      refused: null,
      found: [],
    },
    filesInMemory(content),
    {
      limits: MODEL_LIMITS,
      openForeign: async () => null,
      exercises,
      code: torchCode([{ text: code, exercise: null }]),
    },
  );
  if (model.state === 'refused') throw new Error(model.refusal.message);
  const dataset = await loadDataset(expected[file]?.dataset ?? '');
  const loss = 'sparse_categorical_crossentropy';
  return evaluateModel({ model, dataset, scale: '1/255', loss, kernels }).evaluation;
}

describe('how the pixels of a model of PyTorch were scaled', () => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await openKernels('auto');
  });

  it.each([
    'perceptron.pt',
    'digits.pt',
    'photographs.pt',
    'sequential-perceptron-module.pt',
    'sequential-convolution-module.pt',
    'sequential-activations-module.pt',
    'sequential-photographs-module.pt',
  ])('%s: is found out by the loss', async (file) => {
    const evaluation = await evaluated(file, kernels, '');
    const { mean, std } = expected[file] ?? {};
    expect(evaluation?.inputs).toMatchObject({ mean, std, images: 1000 });
  });

  it('is what the code says, where it says it', async () => {
    const said = 'transforms.Normalize(mean=[0.13], std=[0.31])';
    const evaluation = await evaluated('digits.pt', kernels, said);
    expect(evaluation?.inputs).toMatchObject({ mean: [0.13], std: [0.31], from: 'code', tried: 1 });
  });

  it('is the better of several in the code, and colours say nothing about grey', async () => {
    const said =
      'Normalize((0.5,), (0.5,))\nNormalize((0.1307,), (0.3081,))\nNormalize((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))';
    const evaluation = await evaluated('digits.pt', kernels, said);
    expect(evaluation?.inputs).toMatchObject({ mean: [0.1307], std: [0.3081], tried: 2 });
  });
});
