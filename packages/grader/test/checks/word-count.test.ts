import type { CheckSpec } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/one-check.ts';

describe('word-count', () => {
  const spec: CheckSpec = { kind: 'word-count', points: 1, least: 3, most: 5 };

  it.each([
    ['one two', 'failed', 'Write 1 word more.'],
    ['one two three', 'passed', null],
    ['one two three four five', 'passed', null],
    ['one two three four five six', 'failed', 'Leave out 1 word.'],
    ['???', 'missing', 'Write 3 to 5 words under the heading "Question 4".'],
  ])('%s', async (answer, outcome, advice) => {
    expect(await outcomeOf(spec, { answer })).toMatchObject({ outcome, advice });
  });
});
