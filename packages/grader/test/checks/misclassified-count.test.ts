import type { CheckSpec } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { statedCounts } from '../../src/checks/misclassified-count/stated-counts.ts';
import { outcomeOf } from '../support/one-check.ts';

describe('misclassified-count', () => {
  const spec: CheckSpec = { kind: 'misclassified-count', points: 1 };

  it.each([
    ['It misclassifies 30 of the 300 images.', 'passed'],
    ['31 images are wrong.', 'passed'],
    ['It misclassifies 36 images.', 'failed'],
    ['It misclassifies few images.', 'failed'],
    ['It misclassifies 30 or 36 images.', 'needs-review'],
    ['30 images are wrong, and 7 of them are circles.', 'passed'],
    ['It misclassifies 36 images, and 30 of another kind.', 'needs-review'],
    ['> It misclassifies 30 images.\n\nSo they say.', 'needs-review'],
    ['~~It misclassifies 30 images.~~', 'needs-review'],
    ['The error is 10 % after 5 epochs.', 'needs-review'],
  ])('%s', async (answer, outcome) => {
    expect((await outcomeOf(spec, { answer })).outcome).toBe(outcome);
  });

  it('finds counts and nothing else', () => {
    const counts = (sentence: string): number[] =>
      statedCounts(sentence, 10_000).map(({ count }) => count);
    expect(counts('We got 1,234 wrong predictions.')).toEqual([1234]);
    expect(counts('We got 236 errors out of 10,000 images, or 2.36 %.')).toEqual([236]);
    expect(counts('The accuracy is 0.9764. 12 people wrote this.')).toEqual([]);
    expect(counts('Misclassified: 236')).toEqual([236]);
  });
});
