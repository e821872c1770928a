import type { CheckSpec, Lab } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../src/grade/outcome.ts';
import { editedModel } from '../../../submission/test/support/models.ts';
import { MODEL, outcomeOf } from '../support/one-check.ts';

type Aspects = Extract<CheckSpec, { kind: 'recipe' }>['aspects'];

const recipe = (aspects?: Aspects): CheckSpec => ({
  kind: 'recipe',
  points: 2,
  ...(aspects === undefined ? {} : { aspects }),
});

/** A model that was compiled so. */
function compiled(className: string, config: object, loss: string): Map<string, Uint8Array> {
  return editedModel('models/squares-linear', ({ modelTopology }) => {
    modelTopology['training_config'] = {
      optimizer_config: { class_name: className, config },
      loss,
      metrics: ['accuracy'],
    };
  });
}

const SGD = compiled('SGD', { learning_rate: 0.10000000149011612 }, 'categorical_crossentropy');

const code = (
  over: { units?: number; optimizer?: string; epochs?: number; batch?: number } = {},
): string => {
  const { units = 8, optimizer = 'SGD(learning_rate=0.1)', epochs = 5, batch = 32 } = over;
  return [
    '```python',
    'model = keras.Sequential()',
    `model.add(layers.Dense(${units}, activation="linear", input_shape=(16,)))`,
    'model.add(layers.Dense(3, activation="softmax"))',
    `model.compile(optimizer=keras.optimizers.${optimizer}, loss="categorical_crossentropy", metrics=["accuracy"])`,
    `model.fit(x, y, epochs=${epochs}, batch_size=${batch}, validation_split=0.2)`,
    '```',
  ].join('\n');
};

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

function withTrials(lab: Lab, accuracies: readonly number[]): Lab {
  const exercises = lab.exercises.map((exercise) =>
    exercise.bands === null
      ? exercise
      : {
          ...exercise,
          bands: {
            ...exercise.bands,
            trials: accuracies.map((accuracy, seed) => ({ seed, digest: '', loss: 1, accuracy })),
          },
        },
  );
  return { ...lab, exercises };
}

describe('reproduction', () => {
  const spec: CheckSpec = { kind: 'reproduction', points: 1, trials: 4 };

  it('holds the exercise’s own recipe against the runs that measured it', async () => {
    const measured = [0.895, 0.9, 0.905, 0.898, 0.902];
    const outcome = await outcomeOf(spec, {
      files: SGD,
      lab: (lab) => withTrials(lab, measured),
    });
    expect(outcome.outcome).toBe('passed');
    expect(outcome.message).toContain('5 reference runs');
    const lower = await outcomeOf(spec, {
      files: SGD,
      lab: (lab) => withTrials(lab, [0.95, 0.951, 0.952, 0.95, 0.951]),
    });
    expect([lower.outcome, lower.points]).toEqual(['needs-review', null]);
    expect(lower.message).toContain('is less than this recipe gives');
  });

  it('trains another recipe again, with the seeds that the lab asks for', async () => {
    const asked: unknown[] = [];
    const outcome = await outcomeOf(spec, {
      answer: code({ epochs: 7 }),
      trainer: async (recipe, seeds) => {
        asked.push(recipe.epochs, [...seeds]);
        return [0.89, 0.9, 0.91, 0.9];
      },
    });
    expect(asked).toEqual([7, [1, 2, 3, 4]]);
    expect(outcome.outcome).toBe('passed');
    expect(outcome.evidence).toContainEqual({
      kind: 'text',
      label: 'Submitted recipe',
      text: 'epochs 7 instead of 5',
    });
  });

  it('decides nothing without a trainer, and breaks when the trainer does', async () => {
    const answer = code({ epochs: 7 });
    expect((await outcomeOf(spec, { answer })).outcome).toBe('needs-review');
    const broken = await outcomeOf(spec, {
      answer,
      trainer: () => Promise.reject(new Error('no engine')),
    });
    expect([broken.outcome, broken.points]).toEqual(['broken', null]);
  });
});
