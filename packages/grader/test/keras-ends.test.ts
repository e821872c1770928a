import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Kernels, loadDataset, openKernels } from '@labproof/core';
import { filesInMemory } from '@labproof/submission';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GradingDataset } from '../src/evaluation/evaluate-model.ts';
import { inspectModel, type ModelInspection } from '../src/inspection/inspect-model.ts';

const ROOT = fileURLToPath(new URL('../../../fixtures/keras-files/keras-3.15.1/', import.meta.url));

let kernels: Kernels;
let mnist: GradingDataset;
beforeAll(async () => {
  kernels = await openKernels('auto');
  mnist = await loadDataset('mnist');
});

async function inspected(name: string, scale: 'raw' | null = null): Promise<ModelInspection> {
  const bytes = new Uint8Array(readFileSync(`${ROOT}${name}`));
  return inspectModel(name, filesInMemory(new Map([[name, bytes]])), {
    dataset: mnist,
    scale,
    kernels,
  });
}

const notes = (inspection: ModelInspection): string =>
  'notes' in inspection ? inspection.notes.join(' ') : '';

describe('what ends a network', () => {
  it.each([
    ['softmax-dropout.keras', ''],
    ['linear-logits.keras', ''],
    ['sigmoid-binary.keras', ''],
    [
      'sigmoid-categorical.keras',
      'It ends in sigmoid and is measured by categorical_crossentropy, as Keras does with it: from the values before the sigmoid; usual is softmax.',
    ],
    [
      'linear-sparse.keras',
      'It ends in no activation, and its sparse_categorical_crossentropy was not told that its outputs are logits (from_logits), so Keras takes them for probabilities; usual is softmax.',
    ],
  ])('%s: what is unusual is said beside the numbers', async (name, note) => {
    const inspection = await inspected(name);
    expect(inspection).toMatchObject({ notEvaluated: null });
    expect(notes(inspection)).toBe(note);
  });

  it.each([
    ['rescaling.keras', 'raw'],
    ['centred.h5', 'raw'],
    ['divided.keras', 'raw'],
    ['adapted.keras', 'raw'],
    ['adapted-columns.keras', '1/255'],
    ['perceptron.keras', '1/255'],
  ])('%s takes its pixels as %s', async (name, scale) => {
    expect(await inspected(name)).toMatchObject({ evaluation: { scale } });
    expect(await inspected(name, 'raw')).toMatchObject({ evaluation: { scale: 'raw' } });
  });
});
