import type { CheckSpec } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/one-check.ts';

describe('contradiction', () => {
  const spec: CheckSpec = { kind: 'contradiction', points: 1, metric: 'accuracy', other: 'q6' };
  const both = (here: string, there: string): Parameters<typeof outcomeOf>[1] => ({
    answer: `The test accuracy is ${here}.`,
    others: `## Question 6\n\nThe test accuracy is ${there}.\n`,
  });

  it.each([
    ['0.92', '0.92', 'passed'],
    ['0.9217', '92 %', 'passed'],
    ['0.9217', '0.921', 'passed'],
    ['0.92', '0.88', 'failed'],
    ['0.9217', '0.9317', 'failed'],
    ['about 0.9', '0.95', 'needs-review'],
    ['0.9', '0.9217', 'needs-review'],
    ['0.9217. The test accuracy is 0.88', '0.9217', 'needs-review'],
    ['0.9217. The test accuracy is 0.88', '0.95', 'failed'],
  ])('%s and %s', async (here, there, outcome) => {
    expect((await outcomeOf(spec, both(here, there))).outcome).toBe(outcome);
  });

  it('compares nothing with nothing', async () => {
    expect((await outcomeOf(spec, { answer: 'The test accuracy is 0.9.' })).outcome).toBe(
      'missing',
    );
    expect((await outcomeOf(spec, { answer: 'It is good.', others: '' })).outcome).toBe('missing');
    expect((await outcomeOf(spec, both('not 0.92', '0.92'))).outcome).toBe('needs-review');
  });
});
