import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../src/errors/catalogue.ts';
import { coreErrors } from '../src/errors/core-errors.ts';
import { LabproofError, type Problem } from '../src/errors/labproof-error.ts';
import { clauseOf, problemOf, reasonOf } from '../src/errors/reason.ts';
import { systemReason } from '../src/errors/system-words.ts';
import { readFileSync } from 'node:fs';

const catalogue = errorCatalogue([
  {
    owner: 'student',
    area: 'Files',
    codes: { 'file-damaged': { means: 'It is damaged.', fix: 'Save it again.' } },
  },
  {
    owner: 'us',
    area: 'Files',
    codes: { 'file-lost': { means: 'It was lost.', fix: 'Report it.' } },
  },
]);

describe('a catalogue', () => {
  it('says whose an error is', () => {
    const text = { message: 'The file a.md is damaged.', fix: 'Save it again.' };
    expect(catalogue.error('file-damaged', text)).toMatchObject({ ...text, owner: 'student' });
    const cause = new Error('ENOENT');
    expect(catalogue.error('file-lost', { ...text, cause })).toMatchObject({ owner: 'us', cause });
  });

  it('lends a code to a second owner where it says so, and to no other', () => {
    const text = { message: 'The layer "a" is not known.', fix: 'Take another.' };
    expect(coreErrors.error('model-unsupported-layer', text).owner).toBe('instructor');
    expect(coreErrors.error('model-unsupported-layer', text, 'student').owner).toBe('student');
    expect(() => coreErrors.error('dataset-unknown', text, 'student')).toThrow(/of student/u);
  });

  it('knows its codes', () => {
    expect(catalogue.has('file-lost')).toBe(true);
    expect(catalogue.has('file-found')).toBe(false);
    const text = { message: 'The file a.md is damaged.', fix: 'Save it again.' };
    expect(catalogue.remark('file-damaged', text)).toEqual({ code: 'file-damaged', ...text });
  });

  it('has no code twice in this package, and explains each in sentences', () => {
    const codes = coreErrors.groups.flatMap(({ codes }) => Object.entries(codes));
    expect(new Set(codes.map(([code]) => code)).size).toBe(codes.length);
    for (const [, { means, fix }] of codes) {
      expect(means).toMatch(/^[\p{Lu}`].*\.$/u);
      expect(fix).toMatch(/^[\p{Lu}`].*\.$/u);
    }
  });
});

describe('an error', () => {
  const problem: Problem = {
    code: 'file-damaged',
    owner: 'student',
    message: 'The file a.md is damaged.',
    fix: 'Save it again.',
  };

  it('crosses as plain data and comes back the same', () => {
    const error = new LabproofError({ ...problem, cause: new Error('inner') });
    expect(JSON.parse(JSON.stringify({ error }))).toEqual({ error: problem });
    expect(new LabproofError(structuredClone(error.toJSON())).toJSON()).toEqual(problem);
  });

  it('of any kind becomes a problem', () => {
    const unexpected = (reason: string): LabproofError =>
      new LabproofError({ ...problem, owner: 'us', message: reason });
    expect(problemOf(new LabproofError(problem), unexpected)).toEqual(problem);
    expect(problemOf(new TypeError('no such thing'), unexpected).message).toBe('no such thing');
    expect(problemOf('thrown text', unexpected).message).toBe('thrown text');
    expect(reasonOf(undefined)).toBe('undefined');
  });

  it('can be said in the middle of a sentence', () => {
    expect(clauseOf(new LabproofError(problem))).toBe('the file a.md is damaged');
    expect(clauseOf(new Error('MNIST is not here.'))).toBe('MNIST is not here');
    expect(clauseOf('Theodora is a name.')).toBe('Theodora is a name');
  });
});

describe('what the operating system says', () => {
  const failing = (): unknown => {
    try {
      return readFileSync('/nowhere/secret/file');
    } catch (error) {
      return error;
    }
  };

  it('is put into words, with its code and without the path', () => {
    expect(reasonOf(failing())).toBe('there is no such file or folder (ENOENT)');
  });

  it('is left as it is where it is something else', () => {
    expect(systemReason(new Error('ENOENT: a text of somebody'))).toBeNull();
    const rare = Object.assign(new Error('EXDEV: across disks'), {
      code: 'EXDEV',
      syscall: 'link',
    });
    expect(reasonOf(rare)).toBe('EXDEV: across disks');
  });
});
