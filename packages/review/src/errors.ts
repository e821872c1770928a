import { errorCatalogue } from '@labproof/core';

/** The errors of the reading room. */
export const reviewErrors = errorCatalogue([
  {
    owner: 'instructor',
    area: 'Reading room',
    codes: {
      'appeals-invalid': {
        means:
          'A row of `appeals.csv` names no student, question or item of this class, or says nothing.',
        fix: 'Correct the rows that the message lists.',
      },
      'marks-damaged': {
        means: 'The record of marks cannot be read as it was written.',
        fix: 'Put it aside, restore a copy or merge an exported file; `reviews.csv` still holds the points.',
      },
      'marks-file-invalid': {
        means: 'A file to merge is cut off, was edited, or holds no exported marks.',
        fix: 'Export it again with `labproof review export`.',
      },
      'marks-file-stranger': {
        means: 'A file to merge is of another lab or another class.',
        fix: 'Name the folder that its marks were given for.',
      },
      'marks-in-use': {
        means: 'A reading room is open on this folder already.',
        fix: 'Use that one, or end it.',
      },
      'marks-no-database': {
        means: 'The embedded database does not run on this machine.',
        fix: 'Run `npm ci` with optional dependencies, or read in `reviews.csv`.',
      },
      'review-nothing': {
        means: 'The folder holds no grades of this version, or nothing in it needs manual grading.',
        fix: 'Name the folder that `labproof grade` wrote; grade again if another version wrote it.',
      },
      'review-page-missing': {
        means: 'The page of the reading room is not built.',
        fix: 'Run `npm run build` in the checkout.',
      },
      'review-port': {
        means: 'The reading room cannot listen on the port.',
        fix: 'Choose another with `--port`, or leave it out.',
      },
      'team-invalid': {
        means: 'The file of the team is not as it should be.',
        fix: 'Correct what the message lists; `labproof review invite NAME` writes an entry.',
      },
    },
  },
]);

/** @public The code of an error of the reading room. */
export type ReviewCode = Parameters<typeof reviewErrors.error>[0];

export const reviewError: typeof reviewErrors.error = (code, text, owner) =>
  reviewErrors.error(code, text, owner);
