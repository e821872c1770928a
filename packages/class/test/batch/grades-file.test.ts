import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFormerResults } from '../../src/results/former-results.ts';
import { GradesFile, gradeAsJson } from '../../src/results/grades-file.ts';
import { JsonArrayWriter } from '../../src/files/json-array.ts';
import type { Grade } from '../../../grader/src/grade/grade.ts';
import { refusedGrade } from '../../../grader/src/grade/whole-grade.ts';
import { lab } from '../../../submission/test/support/lab.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'labproof-grades-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Text that looks like the layout around a grade, and characters of two and four bytes. */
const TRICKY = 'é\n  }\n  },\n  {\n]\u2028🙂';

function grades(count: number, filler = 0): Grade[] {
  return Array.from({ length: count }, (_, at) => ({
    ...refusedGrade(
      { lab, student: `s${at}`, name: TRICKY },
      { code: 'submission-empty', message: TRICKY, fix: 'x'.repeat(filler) },
    ),
    answers: [{ question: null, heading: '{', text: TRICKY }],
  }));
}

function written(content: string): string {
  const path = join(folder, 'grades.json');
  writeFileSync(path, content);
  return path;
}

function inParts(all: readonly Grade[]): string {
  let text = '';
  const writer = new JsonArrayWriter((part) => {
    text += part;
  });
  for (const grade of all) writer.add(gradeAsJson(grade));
  writer.end();
  return text;
}

describe('grades.json', () => {
  it.each([0, 1, 3])('is the same text in parts as in one piece: %i grades', (count) => {
    const all = grades(count);
    expect(inParts(all)).toBe(`${JSON.stringify(all, null, 2)}\n`);
  });

  it.each([
    ['as it is written', (all: readonly Grade[]) => inParts(all)],
    ['laid out anew', (all: readonly Grade[]) => JSON.stringify(all)],
    ['with tabs', (all: readonly Grade[]) => JSON.stringify(all, null, '\t')],
  ])('is read a grade at a time: %s', (_, text) => {
    // Longer than the parts in which the file is read, so that grades lie across their ends.
    const all = grades(5, 700_000);
    const file = new GradesFile(written(text(all)));
    expect(file.students).toEqual(['s0', 's1', 's2', 's3', 's4']);
    for (const grade of all) {
      expect(file.read(grade.student)).toEqual({ grade, json: gradeAsJson(grade) });
    }
    expect(file.read('s9')).toBeNull();
    file.close();
  });

  it('keeps the order of the fields, which the text of a grade depends on', () => {
    const [grade] = grades(1);
    const { student, ...others } = grade as Grade;
    const turned = { ...others, student };
    const file = new GradesFile(written(inParts([turned])));
    const read = file.read(student);
    expect(read?.json).toBe(gradeAsJson(turned));
    expect(gradeAsJson(read?.grade as Grade)).toBe(gradeAsJson(turned));
    file.close();
  });

  it('names a student as often as the file does', () => {
    const [grade] = grades(1) as [Grade];
    const file = new GradesFile(written(inParts([grade, grade])));
    expect(file.students).toEqual(['s0', 's0']);
    file.close();
  });

  it.each([
    ['cut off within a grade', (text: string) => text.slice(0, -200)],
    ['cut off between grades', (text: string) => text.slice(0, -3)],
    ['followed by something else', (text: string) => `${text}[]`],
    ['another list', () => '[\n  {\n    "student": "s0"\n  }\n]\n'],
    ['no list', () => '{}'],
    ['empty', () => ''],
  ])('is not compared with where it is %s', (_, damage) => {
    written(damage(inParts(grades(2))));
    const results = openFormerResults(folder);
    expect(results.students).toEqual([]);
    expect(results.problem).toContain('cannot be compared with the new grades');
    results.close();
  });
});
