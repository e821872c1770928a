import type { CheckSpec } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { findConcept } from '../../src/checks/free-text/concept-search.ts';
import { outcomeOf } from '../support/one-check.ts';

describe('free-text', () => {
  const spec: CheckSpec = {
    kind: 'free-text',
    points: 3,
    rubric: [
      { concept: 'overfitting', points: 2, lookFor: '', words: ['overfit', 'over-fitting'] },
      { concept: 'dropout', points: 1, lookFor: '', words: ['dropout', 'drop units'] },
    ],
  };

  it('suggests, and decides nothing', async () => {
    const outcome = await outcomeOf(spec, { answer: 'The network overfits after a while.' });
    expect([outcome.outcome, outcome.points]).toEqual(['needs-review', null]);
    expect(outcome.message).toContain('Its words suggest 2 of 3 points; not found: dropout.');
  });

  it.each([
    ['overfitting', ['overfit'], 'found'],
    ['It is overfitted.', ['overfit'], 'found'],
    ['It did not overfit.', ['overfit'], 'negated'],
    ["It doesn't really overfit.", ['overfit'], 'negated'],
    ['It is not large, but overfits.', ['overfit'], 'found'],
    ['It never fails to overfit.', ['overfit'], 'found'],
    ['No overfitting at first. Later it overfits.', ['overfit'], 'found'],
    ['The validation loss then increases.', ['validation loss increase'], 'found'],
    ['The loss of validation increases.', ['validation loss increase'], 'not-found'],
    ['There is no hidden layer.', ['no hidden layer'], 'found'],
    ['', ['overfit'], 'not-found'],
  ])('%s', (sentence, words, met) => {
    expect(findConcept(sentence, words).met).toBe(met);
  });
});
