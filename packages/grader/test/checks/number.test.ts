import type { CheckSpec } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/one-check.ts';

describe('number', () => {
  const spec: CheckSpec = { kind: 'number', points: 1, unit: 'seconds' };

  it.each([
    ['It took about 5 seconds an epoch.', 'passed'],
    ['It took 2 min.', 'passed'],
    ['It took 5.', 'needs-review'],
    ['It was quick.', 'failed'],
    ['', 'missing'],
  ])('%s', async (answer, outcome) => {
    expect((await outcomeOf(spec, { answer })).outcome).toBe(outcome);
  });
});
