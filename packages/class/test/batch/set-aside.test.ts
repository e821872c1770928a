// Runs alone: it starts processes that end for want of memory.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PDF_TEXT, packedPage } from '../../../../fixtures/hostile/raw-pdf.ts';
import { processExecutor } from '../../src/processes/process-pool.ts';
import { lastNote } from '../../src/processes/work-notes.ts';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { ClassFolder } from '../support/class-folder.ts';

/** Orders to draw that write nothing: within every limit on a file, and some seconds of work. */
const SLOW = packedPage(PDF_TEXT + '() Tj '.repeat(5e6), 1);

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
  folder.placeSubmission('class/amy', '## Question 2\n\nAbout 5 seconds.\n', false);
});
afterEach(() => folder.remove());

async function statuses(over: Parameters<ClassFolder['options']>[0]): Promise<string[]> {
  const result = await gradeBatch(folder.options({ executor: processExecutor, jobs: 1, ...over }));
  return [...result.grades].map(
    ({ student, status, score, pending }) => `${student} ${status} ${score} +${pending}`,
  );
}

describe('a file that takes more than reading does', () => {
  it.each([
    ['processor time', 'q1-a.pdf', SLOW, { limits: { submission: { readingSeconds: 0.2 } } }],
    ['memory', 'q1-a.md', '**a** '.repeat(6e5), { memoryLimit: 320 }],
  ])('is set aside for its %s, and what is beside it counts', async (_, name, content, over) => {
    folder.place('class/eve/q2-a.md', 'About 5 seconds.\n');
    folder.place(`class/eve/${name}`, content);
    expect(await statuses(over)).toEqual(['amy final 1 +0', 'eve needs-review 1 +11']);
  });

  it('comes again and again: a person reads all of it, and the class is graded', async () => {
    for (const name of ['a', 'b', 'c', 'd']) folder.place(`class/eve/q1-${name}.pdf`, SLOW);
    const limits = { submission: { readingSeconds: 0.2 } };
    const result = await gradeBatch(folder.options({ executor: processExecutor, jobs: 1, limits }));
    const [amy, eve] = result.grades;
    expect(amy?.status).toBe('final');
    expect(eve).toMatchObject({
      status: 'needs-review',
      score: 0,
      pending: eve?.max,
      problem: { code: 'submission-takes-too-much' },
    });
    expect(eve?.problem?.message).toContain('q1-a.pdf');
  });
});

describe('a note of what is read', () => {
  it('is the last of its token, whatever stands between', () => {
    const note = { kind: 'file', path: 'a\n"b".pdf' };
    const errors = `x\nt1 {"kind":"files"}\nnoise\nt1 ${JSON.stringify(note)}\nt2 "forged"\nheap out of memory`;
    expect(lastNote(errors, 't1')).toEqual(note);
    expect(lastNote(`${errors}\nt1 null\n`, 't1')).toBeNull();
    expect(lastNote('t1 "half', 't1')).toBeNull();
  });
});
