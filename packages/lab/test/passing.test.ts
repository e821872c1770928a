import { DEFAULT_PASSING_RULE, passingRuleText } from '@labproof/core/statistics';
import { describe, expect, it } from 'vitest';
import { passingPlan } from '../src/passing.ts';
import { filesOf, folderOf, problemsIn, read } from './support/folder.ts';
import { smallLab } from './support/small-lab.ts';

const SMALL = smallLab();

describe('what a lab wants of its pass marks', () => {
  it('is read from its words, and of an exercise where that says otherwise', () => {
    const passing = {
      honest: 'at most 1 in 100 honest runs loses the point',
      worse: 'at most 1 in 20 models 4.5 sd worse passes',
      between: 'half the points',
    } as const;
    const { rule, runs } = passingPlan({ passing }, { passing: { runs: 'may get stuck' } });
    expect(rule).toEqual({
      honest: { oneIn: 100 },
      worse: { shiftSd: 4.5, oneIn: 20 },
      between: 'half',
    });
    expect(runs).toBe('may-stick');
    expect(passingRuleText(rule)).toContain('at most 1 in 100 honest runs');
    const other = { passing: { honest: 'at most 1 in 1000' } };
    expect(passingPlan({ passing }, other).rule.honest.oneIn).toBe(1000);
    expect(passingPlan({}, {})).toEqual({ rule: DEFAULT_PASSING_RULE, runs: 'alike' });
  });

  it('comes back from the folder of a lab as it was written', () => {
    const passing = { honest: 'at most 1 in 50', between: 'a reader' } as const;
    const exercises = SMALL.exercises.map((exercise) => ({
      ...exercise,
      passing: { runs: 'may get stuck' } as const,
    }));
    const lab = { ...SMALL, passing, exercises };
    expect(read(folderOf(filesOf(lab))).lab?.passing).toEqual(passing);
    expect(read(folderOf(filesOf(lab))).lab?.exercises[0]?.passing).toEqual({
      runs: 'may get stuck',
    });
  });

  it.each([
    ['at most 0 in 5', 'at most 1 in 200 honest runs loses the point'],
    ['nobody', 'at most 1 in 200 honest runs loses the point'],
    ['at most 1 in 1', 'at most 1 in 200 honest runs loses the point'],
  ])('that says "%s" is told how to write it', (honest, instead) => {
    const lab = { ...SMALL, passing: { honest } };
    expect(JSON.stringify(problemsIn(filesOf(lab)))).toContain(
      JSON.stringify(instead).slice(1, -1),
    );
  });
});
