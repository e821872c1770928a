import type { Bands } from '@labproof/core';
import { findExercise, Labs } from '@labproof/exercises';
import { describe, expect, it } from 'vitest';
import { passingLines } from '../src/training/bands-text.ts';

/** Bands of a lab with something of their marks changed. */
function linesOf(exercise: string, change: Partial<NonNullable<Bands['passing']>> = {}): string {
  const lab = exercise.startsWith('mnist-mlp-sgd')
    ? 'deep-networks-and-convolution'
    : 'image-recognition';
  const { bands } = findExercise(new Labs().find(lab), exercise);
  if (bands?.passing === undefined) throw new Error('measured bands were expected');
  return passingLines({ ...bands, passing: { ...bands.passing, ...change } }).join('\n');
}

describe('what is said of marks', () => {
  it('is that one mark keeps both promises, where it does', () => {
    const text = linesOf('mnist-mlp-relu', { seenBelow: 1 });
    expect(text).toContain('both promises hold with one mark');
  });

  it('is that it would, where more runs lie below it than it promises', () => {
    const text = linesOf('mnist-mlp-sgd-5');
    expect(text).toContain(
      'one mark would keep both promises to runs that are normal, and these are not',
    );
    expect(text).toMatch(/\d of these \d+ runs lie below the pass mark, more than was asked/u);
  });

  it('is what is missing: all that is needed where runs are alike, and what does 19 times in 20 where some get stuck', () => {
    const few = { oneMarkDoes: false, enoughRuns: 400 };
    expect(linesOf('mnist-mlp-relu', few)).toMatch(
      /a reader is needed; 101 further trials would do without \([^)]*--trials 400\)/u,
    );
    expect(linesOf('mnist-mlp-sgd-5', few)).toMatch(
      /further trials would do without \([^)]*, in 19 of 20 cases, since some will get stuck; --trials enough stops as soon as it can\)/u,
    );
  });
});
