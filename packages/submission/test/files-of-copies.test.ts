import { describe, expect, it } from 'vitest';
import { checkKinds } from '../../grader/src/checks/registry.ts';
import { openTensorFlow } from '../../grader/src/evaluation/open-tensorflow.ts';
import { namesOfCopy } from '../src/files/copy-mark.ts';
import { identify } from '../src/files/identify.ts';
import { filesInMemory, type SubmissionFiles } from '../src/files/submission-files.ts';
import { readHistories } from '../src/histories/read-histories.ts';
import { MODEL_LIMITS } from '../src/models/model-limits.ts';
import { assignModels } from '../src/models/assign-models.ts';
import { findImage } from '../src/pictures/find-image.ts';
import { lab } from './support/lab.ts';
import { network, seeingWeights, text } from './support/models.ts';
import { writeModelH5 } from './models/keras-writer.ts';

const files = (content: Readonly<Record<string, string | Uint8Array>>): SubmissionFiles =>
  filesInMemory(
    new Map(
      Object.entries(content).map(([path, value]) => [
        path,
        typeof value === 'string' ? text(value) : value,
      ]),
    ),
  );

const answersOf = (content: Readonly<Record<string, string>>): string[] =>
  identify(files(content), lab, checkKinds).answers.map(
    ({ path, refused }) => `${path}: ${refused?.code ?? 'read'}`,
  );

describe('the marks of copies', () => {
  it.each([
    ['net (1)', 'net'],
    ['net-1', 'net'],
    ['net copy', 'net'],
    ['net - Copy (2)', 'net'],
    ['net – Kopie', 'net'],
    ['Kopie von net', 'net'],
    ['Copy of net', 'net'],
    ['Kopie von net (1)-2', 'net'],
    ['net 2', 'net'],
  ])('%s is %s', (stem, plain) => {
    expect(namesOfCopy(stem).at(-1)).toBe(plain);
  });

  it('are not seen in names that have none', () => {
    for (const stem of ['net', 'mnist-mlp-linear', 'copy', 'q12', '(1)', '-1']) {
      expect(namesOfCopy(stem).at(0)).toBe(stem);
    }
    expect(namesOfCopy('copyright')).toEqual(['copyright']);
  });
});

describe('answers that are copies', () => {
  it.each(['answers-1.md', 'answers (1).md', 'Kopie von answers.md', 'answers – Kopie.md'])(
    'reads %s',
    (path) => {
      expect(answersOf({ [path]: '# Question 1', 'other.md': 'x' })).toEqual([`${path}: read`]);
    },
  );

  it('reads one of several that are the same, and grades none of those that differ', () => {
    expect(answersOf({ 'answers.md': 'a', 'answers (1).md': 'a' })).toHaveLength(1);
    expect(answersOf({ 'answers.md': 'a', 'answers-1.md': 'b' })).toEqual([
      'answers-1.md: versions-differ',
      'answers.md: versions-differ',
    ]);
    expect(answersOf({ 'lab.ipynb': 'a', 'lab copy.ipynb': 'b' })).toEqual([
      'lab copy.ipynb: versions-differ',
      'lab.ipynb: versions-differ',
    ]);
  });

  it('takes numbers of questions and parts for no copies', () => {
    for (const names of [
      ['question-1.md', 'question-2.md'],
      ['part 2.ipynb', 'part 3.ipynb'],
      ['answers-1.md', 'answers-2.md', 'answers-3.md'],
      ['lab-1.ipynb', 'lab-2.ipynb', 'lab.ipynb'],
    ]) {
      const read = answersOf(Object.fromEntries(names.map((name) => [name, name])));
      expect(read).toEqual(names.map((name) => `${name}: read`));
    }
  });
});

describe('models that are copies', () => {
  const assigned = async (content: Readonly<Record<string, Uint8Array>>): Promise<string[]> => {
    const submission = files(content);
    const { models } = identify(submission, lab, checkKinds);
    const { byExercise } = await assignModels(models, submission, lab, {
      limits: MODEL_LIMITS,
      openForeign: openTensorFlow,
    });
    return [...byExercise].map(
      ([exercise, model]) =>
        `${exercise}: ${model.state === 'read' ? model.path : model.refusal.code}`,
    );
  };
  const other = seeingWeights().map((array) => array.map((value) => value / 2));

  it('are told by their names, the same network once, two networks by a person', async () => {
    const linear = await writeModelH5(network('linear'), seeingWeights());
    const retrained = await writeModelH5(network('linear'), other);
    expect(await assigned({ 'models/squares-linear-1.h5': linear })).toEqual([
      'squares-linear: models/squares-linear-1.h5',
    ]);
    expect(
      await assigned({ 'squares-linear (1).h5': linear, 'squares-linear.h5': linear }),
    ).toEqual(['squares-linear: squares-linear (1).h5']);
    expect(
      await assigned({ 'squares-linear (1).h5': retrained, 'squares-linear.h5': linear }),
    ).toEqual(['squares-linear: versions-differ']);
  });

  it('counts the one that can be read, and the one with the layers that were asked for', async () => {
    const linear = await writeModelH5(network('linear'), seeingWeights());
    const relu = await writeModelH5(network('relu'), seeingWeights());
    expect(
      await assigned({ 'squares-linear (1).h5': text('damaged'), 'squares-linear.h5': linear }),
    ).toEqual(['squares-linear: squares-linear.h5']);
    expect(await assigned({ 'squares-linear (1).h5': relu, 'squares-linear.h5': linear })).toEqual([
      'squares-linear: squares-linear.h5',
    ]);
  });
});

describe('histories and plots that are copies', () => {
  const HISTORY = 'epoch,loss,accuracy\n0,0.5,0.8\n1,0.4,0.9\n';
  const histories = (content: Readonly<Record<string, string>>): string[] =>
    // Beside answers: a folder that holds everything is taken off the paths.
    [
      ...readHistories(
        identify(files({ ...content, 'answers.md': '# Question 1' }), lab, checkKinds).histories,
      ),
    ].map(
      ([exercise, { path, epochs, refused }]) =>
        `${exercise}: ${epochs === null ? refused?.code : path}`,
    );

  it.each([
    'histories/squares-linear.csv',
    'histories/squares-linear-1.csv',
    'squares-linear (1).csv',
    'squares-linear_history.csv',
    'history_squares-linear.json',
    'logs/squares-linear.log',
    'plots/squares-linear-training-log.txt',
    'squares-linear/history.csv',
    'squares-linear/training.log',
  ])('finds %s', (path) => {
    expect(histories({ [path]: HISTORY })).toEqual([`squares-linear: ${path}`]);
  });

  it('leaves files alone that only have the name', () => {
    expect(histories({ 'squares-linear.csv': 'image,predicted\n1,2\n' })).toEqual([]);
    expect(histories({ 'squares-linear.txt': 'the loss is low' })).toEqual([]);
    expect(histories({ 'models/squares-linear.json': '{"loss": 1}' })).toEqual([]);
  });

  it('takes one of several that say the same, and leaves those that do not to a person', () => {
    expect(
      histories({ 'histories/squares-linear.csv': HISTORY, 'squares-linear (1).csv': HISTORY }),
    ).toEqual(['squares-linear: histories/squares-linear.csv']);
    expect(
      histories({
        'histories/squares-linear.csv': HISTORY,
        'squares-linear (1).csv': HISTORY.replace('0.4', '0.3'),
      }),
    ).toEqual(['squares-linear: versions-differ']);
  });

  it('finds the plot that an answer shows by its name before it was copied', () => {
    const found = (shown: string, ...paths: string[]): string =>
      findImage(
        { target: shown, alt: '' },
        'answers-1.md',
        files(Object.fromEntries(paths.map((path) => [path, '']))),
      ).path;
    expect(found('plots/q3.png', 'q3-1.png')).toBe('q3-1.png');
    expect(found('q3.png', 'q3 (1).png', 'q4 (1).png')).toBe('q3 (1).png');
    expect(found('q3.png', 'q3.png', 'q3-1.png')).toBe('q3.png');
    expect(() => found('q3.png', 'q3-1.png', 'q3-2.png')).toThrow('several files of that name');
  });
});
