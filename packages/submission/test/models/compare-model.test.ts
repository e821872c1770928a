import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { planModel, type SequentialConfig } from '@labproof/core';
import { describe, expect, it } from 'vitest';
import { filesInMemory } from '../../src/files/submission-files.ts';
import { compareModel, describePlan } from '../../src/models/compare-plans.ts';
import { MODEL_LIMITS } from '../../src/models/model-limits.ts';
import { torchCode } from '../../src/models/pytorch/torch-code.ts';
import { type ReadModel, readModel } from '../../src/models/submitted-model.ts';
import { exercises } from './pytorch/exercises.ts';

const ROOT = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));
const NETWORKS = readFileSync(`${ROOT}pytorch-files/networks.py`, 'utf8');

async function read(file: string): Promise<ReadModel> {
  const path = file.slice(file.lastIndexOf('/') + 1);
  const model = await readModel(
    {
      exercise: null,
      path,
      format: path.endsWith('.onnx') ? 'onnx' : 'pytorch',
      refused: null,
      found: [],
    },
    filesInMemory(new Map([[path, new Uint8Array(readFileSync(`${ROOT}${file}`))]])),
    {
      limits: MODEL_LIMITS,
      openForeign: async () => null,
      exercises,
      code: torchCode([{ text: NETWORKS, exercise: null }]),
    },
  );
  if (model.state === 'refused') throw new Error(model.refusal.message);
  return model;
}

function asked(id: string, change: (model: SequentialConfig) => SequentialConfig = (m) => m) {
  const exercise = exercises.find((each) => each.id === id);
  if (exercise === undefined) throw new Error(id);
  return planModel(change(exercise.model));
}

/** The exercise with other options of its first layer. */
function otherFirst(options: Readonly<Record<string, unknown>>) {
  return asked('digits', ({ name, layers: [first, ...others] }) => {
    if (first === undefined) throw new Error('no layer');
    return { name, layers: [{ ...first, config: { ...first.config, ...options } }, ...others] };
  });
}

describe('how a network of PyTorch differs from an exercise', () => {
  it.each([
    ['digits', 'pytorch-files/torch-2.1.2/digits.pt'],
    ['photographs', 'pytorch-files/torch-1.13.1/photographs.pt'],
    ['digits', 'onnx-files/torch-1.13.1/digits-traced-9.onnx'],
    ['digits', 'onnx-files/torch-2.15.0/digits-dynamo-21.onnx'],
    ['photographs', 'onnx-files/torch-2.15.0/photographs-dynamo-20.onnx'],
    ['digits', 'onnx-files/tf2onnx-1.17.0/keras-convolution-17.onnx'],
    ['perceptron', 'onnx-files/tf2onnx-1.17.0/keras-perceptron-13.onnx'],
  ])('is %s in %s: logits, and no dropout in what was exported', async (id, file) => {
    expect(compareModel(asked(id), await read(file))).toEqual([]);
  });

  it('is told in lines of PyTorch', async () => {
    const model = await read('pytorch-files/torch-2.1.2/digits.pt');
    expect(compareModel(otherFirst({ filters: 32, kernel_size: [5, 5] }), model)).toEqual([
      {
        kind: 'difference',
        label: 'layer 1',
        expected: 'Conv2d(1, 32, kernel_size=5), ReLU()',
        found: 'Conv2d(1, 4, kernel_size=3), ReLU()',
      },
    ]);
    expect(compareModel(otherFirst({ padding: 'same' }), model)[0]).toMatchObject({
      expected: 'Conv2d(1, 4, kernel_size=3, padding=same), ReLU()',
    });
    expect(compareModel(otherFirst({ use_bias: false }), model)[0]).toMatchObject({
      expected: 'Conv2d(1, 4, kernel_size=3, bias=False), ReLU()',
    });
  });

  it('names dropout that lies in the code and not in the exercise', async () => {
    const model = await read('pytorch-files/torch-2.1.2/digits.pt');
    const without = asked('digits', ({ name, layers }) => ({
      name,
      layers: layers.filter(({ class_name: className }) => className !== 'Dropout'),
    }));
    const [first] = compareModel(without, model);
    expect(first).toMatchObject({ expected: 'no such layer', found: 'Dropout(p=0.25)' });
  });

  it('is told in words of Keras for what Keras made', async () => {
    const model = await read('onnx-files/tf2onnx-1.17.0/keras-convolution-17.onnx');
    expect(compareModel(otherFirst({ filters: 32 }), model)[0]).toMatchObject({
      label: 'layer 1 (Conv2D): filters',
    });
  });

  it('describes a whole network as PyTorch prints it', () => {
    expect(describePlan(asked('digits'), 'pytorch')).toBe(
      'Conv2d(1, 4, kernel_size=3), ReLU() → Conv2d(4, 6, kernel_size=3), ReLU() → MaxPool2d(kernel_size=2) → Dropout(p=0.25) → Flatten() → Linear(864, 16), ReLU() → Dropout(p=0.5) → Linear(16, 10)',
    );
  });
});
