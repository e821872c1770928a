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

  const PROSE =
    'Dropout sets a random share of the units to zero for every batch, and in testing all of them are on. No unit can rely on another one being there, so each has to be useful by itself, as in an average of many smaller networks.';
  it.each([
    ['one word again and again', 'good '.repeat(100), 'needs-review'],
    ['two words in turn', 'very good '.repeat(50), 'needs-review'],
    [
      'one sentence again and again',
      'The network learns to see the digits well. '.repeat(8),
      'needs-review',
    ],
    ['prose', PROSE, 'passed'],
    ['prose, twice', `${PROSE} ${PROSE}`, 'passed'],
    [
      'a list of short facts',
      'It is good. It is fast. It is small. It is mine. It was made by me. It works. '.repeat(1),
      'failed',
    ],
    [
      'Chinese',
      '训练准确率在最初几轮迅速上升，然后趋于平缓，而验证准确率紧随其后。',
      'needs-review',
    ],
  ])('%s', async (_, answer, outcome) => {
    const asked: CheckSpec = { kind: 'word-count', points: 1, least: 40 };
    expect((await outcomeOf(asked, { answer })).outcome).toBe(outcome);
  });
});
