import type { CheckSpec } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/one-check.ts';
import { code } from '../support/training-code.ts';

describe('code-topology', () => {
  const spec: CheckSpec = { kind: 'code-topology', points: 3 };

  it('passes for the exercise’s network and names what is other', async () => {
    expect((await outcomeOf(spec, { answer: code() })).outcome).toBe('passed');
    const wrong = await outcomeOf(spec, { answer: code({ units: 9 }) });
    expect(wrong.outcome).toBe('failed');
    expect(wrong.message).toContain('layer 1 (Dense): units should be 8 and is 9');
  });

  it('never runs it, and leaves what it cannot read to a person', async () => {
    const hostile = [
      '```python',
      'import os; os.system("touch /tmp/labproof-was-here")',
      'model = keras.Sequential([layers.Dense(__import__("os").getpid(), input_shape=(16,))])',
      '```',
    ].join('\n');
    const outcome = await outcomeOf(spec, { answer: hostile });
    expect([outcome.outcome, outcome.points]).toEqual(['needs-review', null]);
    expect((await outcomeOf(spec, { answer: '```python\nprint(1)\n```' })).outcome).toBe(
      'needs-review',
    );
    expect((await outcomeOf(spec, { answer: 'I used two layers.' })).outcome).toBe('missing');
  });
});
