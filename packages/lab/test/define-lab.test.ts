import { LabproofError } from '@labproof/core';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { defineLab, type LabSchema } from '../src/index.ts';
import { checkKinds } from '../../grader/src/checks/registry.ts';
import { smallLab } from './support/small-lab.ts';

type LabSource = z.input<typeof LabSchema>;

const good = (): LabSource => smallLab();

function problemsOf(lab: LabSource): string {
  try {
    defineLab(lab, { checks: checkKinds });
  } catch (error) {
    if (error instanceof LabproofError && error.code === 'lab-invalid') return error.message;
    throw error;
  }
  throw new Error('the lab was accepted');
}

describe('defineLab', () => {
  it('takes a lab that is whole', () => {
    expect(defineLab(good(), { checks: checkKinds })).toEqual(smallLab());
  });

  it('lists every problem of form with its place', () => {
    const lab = { ...good(), id: 'Not An Id', title: 7 } as unknown as LabSource;
    const message = problemsOf(lab);
    expect(message).toContain('has 2 problems');
    expect(message).toContain('\n  - id: ');
    expect(message).toContain('\n  - title: ');
  });

  it('lists every problem of meaning', () => {
    const lab = good();
    const [linear, relu, ...further] = lab.exercises;
    const [first, ...others] = lab.questions;
    if (linear === undefined || relu === undefined || first === undefined) throw new Error('empty');
    const message = problemsOf({
      ...lab,
      exercises: [
        linear,
        { ...linear, recipe: { ...linear.recipe, dataset: 'mnits' } },
        { ...relu, recipe: { ...relu.recipe, inputShape: [28, 28] } },
        ...further,
      ],
      questions: [
        {
          ...first,
          number: 2,
          checks: [
            {
              kind: 'free-text',
              points: 3,
              rubric: [{ concept: 'one', points: 1, lookFor: 'anything' }],
            },
          ],
        },
        ...others,
      ],
    });
    expect(message).toContain('has 5 problems');
    expect(message).toContain('two exercises have the id narrow');
    expect(message).toContain('two questions have the number 2');
    expect(message).toContain('exercise narrow: there is no dataset "mnits".');
    expect(message).toContain(
      "exercise wide: the model's first layer takes [784], and the recipe says [28, 28]",
    );
    expect(message).toContain('question q1: its rubric adds up to 1 of 3 points');
  });

  it('refuses a question that checks a model of an exercise that is not there', () => {
    const lab = good();
    const questions = lab.questions.map((question) =>
      Object.assign(question, { exercise: 'gone' }),
    );
    expect(problemsOf({ ...lab, questions })).toContain('names the exercise "gone"');
  });
});
