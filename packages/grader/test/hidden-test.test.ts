import { describe, expect, it } from 'vitest';
import { findHiddenDrops } from '../src/copies/hidden-drop.ts';
import type { ModelReading } from '../src/evaluation/model-reading-schema.ts';
import { isImplausible } from '../src/evaluation/hidden-test.ts';
import { gradeOf } from './support/graded-class.ts';

describe('the hidden test set', () => {
  // Mistakes of networks for MNIST: on the 10,000 test images, and on the same images changed by a secret.
  it.each([
    ['linear, as asked', 812, 1430],
    ['rectified, as asked', 208, 484],
    ['rectified, three epochs', 316, 639],
    ['a perfect one with few images', 0, 5],
  ])('takes %s for honest', (_, plain, hidden) => {
    expect(isImplausible(plain, hidden)).toBe(false);
  });

  it.each([
    ['trained on the test images too', 4, 279],
    ['trained on them alone', 0, 470],
  ])('notices a network %s', (_, plain, hidden) => {
    expect(isImplausible(plain, hidden)).toBe(true);
  });

  it('makes a finding of it, and leaves the points alone', () => {
    const evaluation = {
      dataset: 'mnist',
      scale: '1/255',
      loss: 0.01,
      accuracy: 0.9996,
      misclassified: 4,
      confusion: [],
      examples: [],
    };
    const model: ModelReading = {
      exercise: 'e',
      path: 'models/e.h5',
      format: 'keras-h5',
      refused: null,
      layers: [],
      parameters: 1,
      digest: 'd',
      evaluation,
      hidden: { images: 10_000, accuracy: 0.9676, misclassified: 324, implausible: true },
      history: null,
    };
    const [finding, ...others] = findHiddenDrops([gradeOf('ada', { models: [model] })]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      kind: 'worse-on-hidden-images',
      students: ['ada'],
      exercise: 'e',
    });
    expect(finding?.message).toContain('81 times as many');
    const honest = {
      ...model,
      hidden: { images: 1, accuracy: 1, misclassified: 0, implausible: false },
    };
    expect(findHiddenDrops([gradeOf('bob', { models: [honest] })])).toEqual([]);
  });
});
