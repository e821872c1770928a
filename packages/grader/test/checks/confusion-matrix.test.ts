import type { CheckSpec } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { statedMatrices } from '../../src/checks/confusion-matrix/stated-matrix.ts';
import { outcomeOf } from '../support/one-check.ts';

describe('confusion-matrix', () => {
  const spec: CheckSpec = { kind: 'confusion-matrix', points: 1 };

  it('knows its own matrix, in either direction, and no other', async () => {
    const numpy = '```\n[[90 10  0]\n [ 0 90 10]\n [10  0 90]]\n```';
    expect((await outcomeOf(spec, { answer: numpy })).outcome).toBe('passed');
    const turned =
      '|  | 0 | 1 | 2 |\n|--|--|--|--|\n| 0 | 90 | 0 | 10 |\n| 1 | 10 | 90 | 0 |\n| 2 | 0 | 10 | 90 |';
    expect((await outcomeOf(spec, { answer: turned })).outcome).toBe('passed');
    const other = numpy.replace('[[90 10', '[[99 1');
    expect((await outcomeOf(spec, { answer: other })).outcome).toBe('failed');
    const both = await outcomeOf(spec, { answer: `${numpy}\n\n${other}` });
    expect(both.outcome).toBe('needs-review');
    const twice = await outcomeOf(spec, { answer: `${numpy}\n\n${turned}` });
    expect(twice.outcome).toBe('passed');
    expect((await outcomeOf(spec, { answer: 'It is mostly right.' })).outcome).toBe('failed');
  });

  it('reads the tables of R', () => {
    const table = '         true\npredicted  0  1\n        0 48  3\n        1  2 47';
    expect(statedMatrices(table, 2)).toEqual([
      [
        [48, 3],
        [2, 47],
      ],
    ]);
  });
});
