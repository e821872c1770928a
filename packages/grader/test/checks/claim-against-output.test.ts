import type { CheckSpec } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/one-check.ts';
import { log } from '../support/training-log.ts';

describe('claim-against-output', () => {
  const spec: CheckSpec = { kind: 'claim-against-output', points: 1, metric: 'accuracy' };

  it.each([
    ['the number that was printed', 'The accuracy was 0.8913.', 'passed'],
    ['the same with fewer digits', 'The accuracy was 89.1 %.', 'passed'],
    ['another number', 'The accuracy was 0.95.', 'failed'],
    ['no number', 'It went well.', 'failed'],
    ['too few digits', 'The accuracy was 0.9.', 'needs-review'],
    [
      'a value that was printed and one that was not',
      'The accuracy was 0.8913, or rather it was an accuracy of 0.95.',
      'needs-review',
    ],
    [
      'the test’s, where only training was printed',
      'The test accuracy was 0.8913.',
      'needs-review',
    ],
    ['a quoted number', '> The accuracy was 0.8913.', 'needs-review'],
    ['a number in a comment of the code', '```python\n# accuracy 0.95\n```', 'failed'],
  ])('%s', async (_, words, outcome) => {
    expect((await outcomeOf(spec, { answer: `${words}\n\n${log(5)}` })).outcome).toBe(outcome);
  });

  it('has nothing to go by without output', async () => {
    const outcome = await outcomeOf(spec, { answer: 'The accuracy was 0.95.' });
    expect([outcome.outcome, outcome.points]).toEqual(['needs-review', null]);
  });
});
