import { type CheckSpec, defineLab } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { checkKinds } from '../../src/checks/registry.ts';
import { smallLab } from '../../../lab/test/support/small-lab.ts';
import { outcomeOf } from '../support/one-check.ts';

/** The submitted model has 163 parameters. */
const check = (range: { least?: number; most?: number }): CheckSpec => ({
  kind: 'parameter-count',
  points: 2,
  ...range,
});

describe('parameter-count', () => {
  it.each([
    [{ most: 163 }, 'passed', 'The model has 163 parameters; asked are at most 163.'],
    [{ least: 163 }, 'passed', 'The model has 163 parameters; asked are at least 163.'],
    [{ most: 162 }, 'failed', 'The model has 163 parameters, 1 too many; asked are at most 162.'],
    [
      { least: 1000 },
      'failed',
      'The model has 163 parameters, 837 too few; asked are at least 1,000.',
    ],
    [
      { least: 100, most: 150 },
      'failed',
      'The model has 163 parameters, 13 too many; asked are 100 to 150.',
    ],
  ])('%j: %s', async (range, outcome, message) => {
    const result = await outcomeOf(check(range), {});
    expect(result).toMatchObject({ outcome, message, points: outcome === 'passed' ? 2 : 0 });
    expect(result.advice === null).toBe(outcome === 'passed');
    expect(result.evidence[0]).toMatchObject({ value: 163, unit: 'parameters' });
    expect(result.evidence).toHaveLength(1 + Object.keys(range).length);
  });

  it('has nothing to count without a model', async () => {
    // The answer is all that was handed in, so a person reads it.
    const outcome = await outcomeOf(check({ most: 9 }), { answer: 'Done.', files: [] });
    expect(outcome).toMatchObject({
      outcome: 'needs-review',
      message: expect.stringMatching(/^No model for /u),
    });
  });

  it.each([
    [
      {},
      'question q1 counts parameters and asks for no number of them. Write "most", "least" or both.',
    ],
    [
      { least: 9, most: 8 },
      'question q1 asks for at least 9 and at most 8 parameters. "least" is the smaller number.',
    ],
  ])('is no range that an author may write: %j', (range, problem) => {
    const lab = smallLab();
    const questions = lab.questions.map((question, index) =>
      index === 0 ? { ...question, checks: [check(range)] } : question,
    );
    expect(() => defineLab({ ...lab, questions }, { checks: checkKinds })).toThrow(problem);
  });
});
