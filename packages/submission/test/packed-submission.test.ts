import fc from 'fast-check';
import { LabproofError } from '@labproof/core';
import { describe, expect, it } from 'vitest';
import { packSubmission, unpackSubmission } from '../src/files/packed-submission.ts';
import type { SubmissionFiles } from '../src/files/submission-files.ts';

const files = fc.record({
  files: fc
    .array(fc.tuple(fc.string(), fc.uint8Array()))
    .map((entries) =>
      entries.map(([path, content]) => ({ path, bytes: content.length, read: () => content })),
    ),
  leftOut: fc.array(fc.record({ path: fc.string(), why: fc.string() })),
  unwrapped: fc.option(fc.string()),
});
const submission = fc.record({ student: fc.string(), name: fc.option(fc.string()), files });

const contents = ({ files, leftOut, unwrapped }: SubmissionFiles) => ({
  files: files.map(({ path, bytes, read }) => ({ path, bytes, content: Array.from(read()) })),
  leftOut,
  unwrapped,
});

describe('a packed submission', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(submission, (packed) => {
        const { student, name, files } = unpackSubmission(packSubmission(packed));
        expect({ student, name }).toEqual({ student: packed.student, name: packed.name });
        expect(contents(files)).toEqual(contents(packed.files));
      }),
    );
  });

  it('is refused when it was cut off', () => {
    fc.assert(
      fc.property(submission, fc.nat(), (packed, cut) => {
        const bytes = packSubmission(packed);
        expect(() => unpackSubmission(bytes.subarray(0, cut % bytes.length))).toThrow();
      }),
    );
  });

  it('says of a file that could not be read why, where it is read', () => {
    const problem = new LabproofError({
      code: 'file-unreadable',
      owner: 'student',
      message: 'The file a cannot be opened.',
      fix: 'Save it again.',
    });
    const read = (): Uint8Array => {
      throw problem;
    };
    const content = new Uint8Array([1, 2]);
    const all = [
      { path: 'a', bytes: 7, read },
      { path: 'b', bytes: 2, read: () => content },
    ];
    const { files } = unpackSubmission(
      packSubmission({
        student: 's',
        name: null,
        files: { files: all, leftOut: [], unwrapped: null },
      }),
    );
    expect(files.files[0]?.read).toThrow(problem);
    expect(files.files[1]?.read()).toEqual(content);
  });
});
