import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { lab } from '../../../submission/test/support/lab.ts';
import { ClassFolder } from '../support/class-folder.ts';

/** The lab with other pass marks. */
function withMark(value: number): typeof lab {
  const exercises = lab.exercises.map((exercise) => {
    if (exercise.bands === null) return exercise;
    const { test } = exercise.bands;
    const accuracyLower = { ...test.accuracyLower, value };
    return { ...exercise, bands: { ...exercise.bands, test: { ...test, accuracyLower } } };
  });
  return { ...lab, exercises };
}

describe('a pass mark that moves between two gradings', () => {
  let folder: ClassFolder;
  beforeEach(() => {
    folder = new ClassFolder();
    const answers = '## Question 1\n\nParcels.\n\n## Question 4\n\nThe accuracy is 0.90.\n';
    folder.placeSubmission('class/amy', answers);
    folder.placeSubmission('class/ben', `${answers}\nIndeed.\n`);
    folder.placeSubmission('class/cem', '## Question 1\n\nLetters.\n', false);
  });
  afterEach(() => folder.remove());

  it('is said with whom it moves, and is the cause of their change', async () => {
    await gradeBatch(folder.options());
    const { notes, changes } = await gradeBatch(folder.options({ lab: withMark(0.92) }));
    const said = notes.map(({ message }) => message).filter((message) => message.includes('q4'));
    expect(said).toEqual([
      'The pass mark of q4 was 88.000 % in the results before and is 92.000 %; it changes the outcome of 2 students: amy, ben.'.replaceAll(
        ' %',
        '\u00a0%',
      ),
    ]);
    expect(changes.map(({ student }) => student)).toEqual(['amy', 'ben']);
    expect(changes[0]?.causes.join()).toMatch(/the pass mark of q4 was 88\.000/u);
  });

  it('that moves nobody is said as well, and one that stays is not', async () => {
    await gradeBatch(folder.options());
    const same = await gradeBatch(folder.options());
    expect(same.notes).toEqual([]);
    const { notes, changes } = await gradeBatch(folder.options({ lab: withMark(0.89) }));
    expect(notes.map(({ message }) => message).join()).toMatch(/no outcome changes by it/u);
    expect(changes).toEqual([]);
  });
});
