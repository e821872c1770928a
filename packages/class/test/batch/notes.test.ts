import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { readNotes } from '../../src/notes/read-notes.ts';
import { summedUp } from '../../src/notes/class-note.ts';
import { ClassFolder } from '../support/class-folder.ts';

describe('notes of a kind', () => {
  let folder: ClassFolder;
  beforeEach(() => {
    folder = new ClassFolder();
  });
  afterEach(() => folder.remove());

  it('are one line, with everybody in notes.json', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `s${String(index).padStart(2, '0')}`);
    folder.placeSubmission('class/amy', 'Question 1: 5 seconds.\n', false);
    const roster = folder.place('roster.csv', `student\namy\n${names.join('\n')}\n`);
    const { notes, missing } = await gradeBatch(folder.options({ roster }));
    expect(missing).toHaveLength(12);
    expect(notes).toEqual([
      {
        kind: 'not-handed-in',
        message: '12 students of the roster handed in nothing: s00, s01, s02, s03, s04 and 7 more.',
        about: names,
      },
    ]);
    expect(JSON.parse(readFileSync(folder.at('out/notes.json'), 'utf8'))).toEqual(notes);
    expect(readNotes(folder.at('out'))[0]?.about).toEqual(names);
    // Folders of earlier versions have none, and what is no list of notes stops no page.
    folder.place('out/notes.json', '{"kind": 1');
    expect(readNotes(folder.at('out'))).toEqual([]);
  });

  it('stand by themselves while they are few, and are never mixed with others', () => {
    const gone = (about: string): { kind: 'gone'; about: string; message: string } => ({
      kind: 'gone',
      about,
      message: `${about} is gone.`,
    });
    const other = { kind: 'other', about: 'x', message: 'Something else.' } as const;
    expect(
      summedUp([gone('a'), other, gone('b'), other, other]).map(({ message }) => message),
    ).toEqual([
      'a is gone.',
      'b is gone.',
      'Something else.',
      'Something else.',
      'Something else.',
    ]);
    const [together] = summedUp(['a', 'b', 'c'].map(gone));
    expect(together?.message).toContain(
      '3 students were graded here before and are not among these submissions',
    );
    expect(together?.about).toEqual(['a', 'b', 'c']);
  });
});
