import type { CheckSpec } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import type { Aspect } from '../../src/checks/shared/stated-recipe.ts';
import type { CheckOutcome } from '../../src/grade/outcome.ts';
import { MODEL, outcomeOf } from '../support/one-check.ts';
import { code, compiled, SGD } from '../support/training-code.ts';

type Aspects = readonly Aspect[];

const recipe = (aspects?: Aspects): CheckSpec => ({
  kind: 'recipe',
  points: 2,
  ...(aspects === undefined ? {} : { aspects }),
});

const said = ({ outcome, points, message }: CheckOutcome): unknown[] => [outcome, points, message];

describe('recipe', () => {
  it('passes on what the saved model was compiled with', async () => {
    const outcome = await outcomeOf(recipe(['optimizer', 'learning-rate', 'loss']), { files: SGD });
    expect(said(outcome)).toEqual([
      'passed',
      2,
      'The optimiser, the learning rate, the loss are as the exercise says.',
    ]);
  });

  it('takes sparse and one-hot labels for the same loss', async () => {
    const files = compiled('SGD', {}, 'sparse_categorical_crossentropy');
    expect((await outcomeOf(recipe(), { files })).outcome).toBe('passed');
  });

  it.each([
    [
      'the optimiser',
      compiled('Adam', {}, 'categorical_crossentropy'),
      'optimiser should be SGD and is Adam',
    ],
    [
      'the loss',
      compiled('SGD', {}, 'mse'),
      'loss should be categorical_crossentropy and is mean_squared_error',
    ],
  ])('fails on %s', async (_, files, message) => {
    const outcome = await outcomeOf(recipe(), { files });
    expect([outcome.outcome, outcome.points]).toEqual(['failed', 0]);
    expect(outcome.message).toContain(message);
  });

  it('takes the source of the validation images from the code', async () => {
    const asked = recipe(['validation']);
    expect(said(await outcomeOf(asked, { answer: code() }))).toEqual([
      'passed',
      2,
      'The source of the validation images is as the exercise says.',
    ]);
    const other = await outcomeOf(asked, {
      answer: code().replace('validation_split=0.2', 'validation_split=0.1'),
    });
    expect([other.outcome, other.points]).toEqual(['failed', 0]);
    expect(other.message).toContain(
      'should be validation_split = 0.2 and is validation_split = 0.1, written in the code',
    );
    const none = await outcomeOf(asked, {
      answer: code().replace(', validation_split=0.2', ''),
    });
    expect(none.message).toContain('should be validation_split = 0.2 and is none');
    const unknown = await outcomeOf(asked, {
      answer: code().replace('validation_split=0.2', 'validation_split=share'),
    });
    expect([unknown.outcome, unknown.points]).toEqual(['needs-review', null]);
  });

  it('says what Keras does with two sources of validation images', async () => {
    const both = code().replace(
      'validation_split=0.2',
      'validation_data=(x_test, y_test), validation_split=0.2',
    );
    const note = 'both validation_data and validation_split = 0.2; Keras then ignores the split';
    const split = await outcomeOf(recipe(['validation']), { answer: both });
    expect(split.outcome).toBe('failed');
    expect(split.message).toContain('is validation_data');
    expect(split.message).toContain(note);
    const test = await outcomeOf(recipe(['validation']), {
      answer: both,
      lab: (lab) => ({
        ...lab,
        exercises: lab.exercises.map((exercise) => ({
          ...exercise,
          recipe: { ...exercise.recipe, validation: { from: 'test' } },
        })),
      }),
    });
    expect([test.outcome, test.points]).toEqual(['passed', 2]);
    expect(test.message).toContain(note);
  });

  it('takes epochs and batch size from the code', async () => {
    const all: Aspects = ['optimizer', 'learning-rate', 'loss', 'epochs', 'batch-size'];
    expect((await outcomeOf(recipe(all), { answer: code() })).outcome).toBe('passed');
    const wrong = await outcomeOf(recipe(all), { answer: code({ epochs: 4, batch: 64 }) });
    expect(wrong.outcome).toBe('failed');
    expect(wrong.message).toContain('differs from the exercise in 2 places');
    expect(wrong.evidence).toContainEqual({
      kind: 'difference',
      label: 'batch size (written in the code)',
      expected: '32',
      found: '64',
    });
  });

  it('finds the code under another answer about the same network', async () => {
    const outcome = await outcomeOf(recipe(['epochs']), {
      answer: 'See below.',
      others: `## Question 6\n\n${code({ epochs: 3 })}\n`,
    });
    expect(outcome.message).toContain('epochs should be 5 and is 3');
  });

  it('gives nothing for what nobody can tell', async () => {
    const silent = await outcomeOf(recipe(), { answer: 'I trained it.', files: MODEL });
    expect([silent.outcome, silent.points]).toEqual(['needs-review', null]);
    const half = await outcomeOf(recipe(['optimizer', 'epochs']), { files: SGD });
    expect(half.outcome).toBe('needs-review');
    expect(half.message).toContain('nothing says the epochs');
    expect((await outcomeOf(recipe(), { files: [] })).outcome).toBe('refused');
  });
});
