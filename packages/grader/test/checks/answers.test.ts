import type { CheckSpec, Lab } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { findConcept } from '../../src/checks/concept-search.ts';
import { statedCounts } from '../../src/checks/stated-counts.ts';
import { statedMatrices } from '../../src/checks/stated-matrix.ts';
import { bands } from '../../../submission/test/support/lab.ts';
import { text } from '../../../submission/test/support/models.ts';
import { MODEL, outcomeOf } from '../support/one-check.ts';

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

describe('contradiction', () => {
  const spec: CheckSpec = { kind: 'contradiction', points: 1, metric: 'accuracy', other: 'q6' };
  const both = (here: string, there: string): Parameters<typeof outcomeOf>[1] => ({
    answer: `The test accuracy is ${here}.`,
    others: `## Question 6\n\nThe test accuracy is ${there}.\n`,
  });

  it.each([
    ['0.92', '0.92', 'passed'],
    ['0.9217', '92 %', 'passed'],
    ['0.9217', '0.921', 'passed'],
    ['0.92', '0.88', 'failed'],
    ['0.9217', '0.9317', 'failed'],
    ['about 0.9', '0.95', 'passed'],
  ])('%s and %s', async (here, there, outcome) => {
    expect((await outcomeOf(spec, both(here, there))).outcome).toBe(outcome);
  });

  it('compares nothing with nothing', async () => {
    expect((await outcomeOf(spec, { answer: 'The test accuracy is 0.9.' })).outcome).toBe(
      'missing',
    );
    expect((await outcomeOf(spec, { answer: 'It is good.', others: '' })).outcome).toBe('missing');
  });
});

const LOG = [
  '```',
  'Epoch 1/5',
  '1875/1875 [==============================] - 3s 2ms/step - loss: 0.5 - accuracy: 0.81 - val_loss: 0.4 - val_accuracy: 0.85',
  'Epoch 2/5',
  '1875/1875 [==============================] - 3s 2ms/step - loss: 0.4 - accuracy: 0.84 - val_loss: 0.3 - val_accuracy: 0.86',
  'Epoch 3/5',
  '1875/1875 [==============================] - 3s 2ms/step - loss: 0.3 - accuracy: 0.86 - val_loss: 0.3 - val_accuracy: 0.87',
  'Epoch 4/5',
  '1875/1875 [==============================] - 3s 2ms/step - loss: 0.2 - accuracy: 0.88 - val_loss: 0.3 - val_accuracy: 0.88',
  'Epoch 5/5',
  '1875/1875 [==============================] - 3s 2ms/step - loss: 0.2 - accuracy: 0.9012 - val_loss: 0.3 - val_accuracy: 0.8913',
  '```',
];
const log = (epochs: number): string => [...LOG.slice(0, 1 + 2 * epochs), '```'].join('\n');

describe('claim-against-output', () => {
  const spec: CheckSpec = { kind: 'claim-against-output', points: 1, metric: 'accuracy' };

  it.each([
    ['the number that was printed', 'The accuracy was 0.8913.', 'passed'],
    ['the same with fewer digits', 'The accuracy was 89.1 %.', 'passed'],
    ['another number', 'The accuracy was 0.95.', 'failed'],
    ['no number', 'It went well.', 'failed'],
  ])('%s', async (_, words, outcome) => {
    expect((await outcomeOf(spec, { answer: `${words}\n\n${log(5)}` })).outcome).toBe(outcome);
  });

  it('has nothing to go by without output', async () => {
    const outcome = await outcomeOf(spec, { answer: 'The accuracy was 0.95.' });
    expect([outcome.outcome, outcome.points]).toEqual(['needs-review', null]);
  });
});

describe('history', () => {
  const spec: CheckSpec = { kind: 'history', points: 1 };

  it('wants the epochs that were asked for', async () => {
    expect((await outcomeOf(spec, { answer: log(5) })).outcome).toBe('passed');
    const short = await outcomeOf(spec, { answer: log(4) });
    expect(short.outcome).toBe('failed');
    expect(short.message).toBe('Asked are 5 epochs; 5 epochs were planned and 4 epochs ran.');
    expect((await outcomeOf(spec, { answer: 'I trained it.' })).outcome).toBe('missing');
  });

  it('notices when the words speak of other epochs than the log', async () => {
    const outcome = await outcomeOf(spec, { answer: `After 15 epochs it was good.\n\n${log(5)}` });
    expect(outcome.outcome).toBe('needs-review');
    expect(outcome.message).toContain('speaks of 15 epochs, and the log has 5');
    const fine = await outcomeOf(spec, { answer: `After 5 epochs it was good.\n\n${log(5)}` });
    expect(fine.outcome).toBe('passed');
  });

  it('reads a file, refuses a broken one, and holds its end against the bands', async () => {
    const rows = (last: string): Uint8Array =>
      text(`loss,accuracy,val_loss,val_accuracy\n${'0.5,0.8,0.5,0.8\n'.repeat(4)}${last}\n`);
    const file = (content: Uint8Array): [string, Uint8Array][] => [
      ...MODEL,
      ['histories/squares-linear.csv', content],
    ];
    const withEpochs = (lab: Lab): Lab => {
      const spread = (at: number) => ({ ...bands('x', at, at).test.accuracy, mean: at, sd: 0.004 });
      const exercises = lab.exercises.map((exercise) =>
        exercise.bands === null
          ? exercise
          : {
              ...exercise,
              bands: {
                ...exercise.bands,
                epochs: [
                  {
                    epoch: 5,
                    loss: spread(0.3),
                    accuracy: spread(0.9),
                    valLoss: spread(0.31),
                    valAccuracy: spread(0.89),
                  },
                ],
              },
            },
      );
      return { ...lab, exercises };
    };
    const last = (row: string): Promise<{ outcome: string; message: string }> =>
      outcomeOf(spec, { files: file(rows(row)), lab: withEpochs });
    expect((await last('0.3,0.905,0.3,0.89')).outcome).toBe('passed');
    const strange = await last('0.3,0.999,0.3,0.89');
    expect(strange.outcome).toBe('needs-review');
    expect(strange.message).toContain('last training accuracy of 0.999');
    expect((await last('0.3,0.905,0.3,x')).outcome).toBe('refused');
  });
});

describe('misclassified-count', () => {
  const spec: CheckSpec = { kind: 'misclassified-count', points: 1 };

  it.each([
    ['It misclassifies 30 of the 300 images.', 'passed'],
    ['31 images are wrong.', 'passed'],
    ['It misclassifies 36 images.', 'failed'],
    ['It misclassifies few images.', 'failed'],
    ['The error is 10 % after 5 epochs.', 'needs-review'],
  ])('%s', async (answer, outcome) => {
    expect((await outcomeOf(spec, { answer })).outcome).toBe(outcome);
  });

  it('finds counts and nothing else', () => {
    const counts = (sentence: string): number[] =>
      statedCounts(sentence, 10_000).map(({ count }) => count);
    expect(counts('We got 1,234 wrong predictions.')).toEqual([1234]);
    expect(counts('We got 236 errors out of 10,000 images, or 2.36 %.')).toEqual([236]);
    expect(counts('The accuracy is 0.9764. 12 people wrote this.')).toEqual([]);
    expect(counts('Misclassified: 236')).toEqual([236]);
  });
});

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

describe('not-too-good', () => {
  const spec: CheckSpec = { kind: 'not-too-good', points: 1 };
  const upper =
    (value: number) =>
    (lab: Lab): Lab => ({
      ...lab,
      exercises: lab.exercises.map((exercise) =>
        exercise.bands === null ? exercise : { ...exercise, bands: bands(exercise.id, 0.5, value) },
      ),
    });

  it.each([
    [0.95, 'passed', 'is what runs of this recipe reach'],
    [0.89, 'needs-review', 'Training may have differed'],
    [0.75, 'needs-review', 'less than half of what the best runs make'],
  ])('an upper bound of %d', async (bound, outcome, message) => {
    const result = await outcomeOf(spec, { lab: upper(bound) });
    expect(result.outcome).toBe(outcome);
    expect(result.message).toContain(message);
  });
});

describe('free-text', () => {
  const spec: CheckSpec = {
    kind: 'free-text',
    points: 3,
    rubric: [
      { concept: 'overfitting', points: 2, lookFor: '', words: ['overfit', 'over-fitting'] },
      { concept: 'dropout', points: 1, lookFor: '', words: ['dropout', 'drop units'] },
    ],
  };

  it('suggests, and decides nothing', async () => {
    const outcome = await outcomeOf(spec, { answer: 'The network overfits after a while.' });
    expect([outcome.outcome, outcome.points]).toEqual(['needs-review', null]);
    expect(outcome.message).toContain('Its words suggest 2 of 3 points; not found: dropout.');
  });

  it.each([
    ['overfitting', ['overfit'], 'found'],
    ['It is overfitted.', ['overfit'], 'found'],
    ['It did not overfit.', ['overfit'], 'negated'],
    ["It doesn't really overfit.", ['overfit'], 'negated'],
    ['It is not large, but overfits.', ['overfit'], 'found'],
    ['It never fails to overfit.', ['overfit'], 'found'],
    ['No overfitting at first. Later it overfits.', ['overfit'], 'found'],
    ['The validation loss then increases.', ['validation loss increase'], 'found'],
    ['The loss of validation increases.', ['validation loss increase'], 'not-found'],
    ['There is no hidden layer.', ['no hidden layer'], 'found'],
    ['', ['overfit'], 'not-found'],
  ])('%s', (sentence, words, met) => {
    expect(findConcept(sentence, words).met).toBe(met);
  });
});
