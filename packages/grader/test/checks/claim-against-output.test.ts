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
  ])('%s', async (_, words, outcome) => {
    expect((await outcomeOf(spec, { answer: `${words}\n\n${log(5)}` })).outcome).toBe(outcome);
  });

  it('has nothing to go by without output', async () => {
    const outcome = await outcomeOf(spec, { answer: 'The accuracy was 0.95.' });
    expect([outcome.outcome, outcome.points]).toEqual(['needs-review', null]);
  });
});
