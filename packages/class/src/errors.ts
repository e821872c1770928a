import { errorCatalogue } from '@labproof/core';

/** The errors of grading a class and keeping its results. */
export const classErrors = errorCatalogue([
  {
    owner: 'student',
    area: 'Submission',
    codes: {
      'file-changed': {
        means: 'A file changed while it was read.',
        fix: 'Grade again when nothing writes to the submission.',
      },
      'file-unreadable': {
        means: 'A file cannot be opened.',
        fix: 'Look at its permissions, or save it again.',
      },
      'submission-takes-too-much': {
        means:
          'Several of its files, checks or evaluations took more memory or time than grading has, so nothing is decided: all of it needs manual grading.',
        fix: 'Hand in answers, models and plots without large data; the instructor grades by hand.',
      },
      'submission-unreadable': {
        means: 'The submission is neither a folder nor a zip that can be opened.',
        fix: 'Hand in a folder or a `.zip`; where it is one, make it again.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Commands and output',
    codes: {
      'kept-grade-changed': {
        means:
          'A finished grade in the output folder was changed or removed while its class was put together.',
        fix: 'Grade again, and let nothing else write there meanwhile.',
      },
      'output-disk-full': {
        means: 'The results do not fit on the disk; the former ones are untouched.',
        fix: 'Free some space and run the command again.',
      },
      'output-not-writable': {
        means: 'The results cannot be written; the former ones are untouched.',
        fix: 'Name a folder that this account may write to.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Grading a class',
    codes: {
      'class-file-invalid': {
        means:
          'Something in `class.yaml` is not as it should be; the message lists every place with its line.',
        fix: 'Correct these places: [grading a class](grading-a-class.md).',
      },
      'class-zip-too-large': {
        means: 'The zip of a whole class lists more files than are looked through.',
        fix: 'Unpack it and name the folder.',
      },
      'csv-unreadable': {
        means: 'A CSV file cannot be read, or a row of it has more cells than there are columns.',
        fix: 'Save it as CSV with a header line, and text that holds a separator in quotation marks.',
      },
      'gradescope-metadata-unreadable': {
        means: '`submission_metadata.yml` is damaged.',
        fix: 'Export again, or remove it to go by folder names.',
      },
      'grading-interrupted': {
        means: 'Grading was stopped; the former results stand.',
        fix: 'Run the same command again; it goes on.',
      },
      'hand-in-names-disagree': {
        means: 'Two uploads of a platform have one number and two names.',
        fix: "Download them again, or name each folder by the student's id.",
      },
      'hidden-seed-short': {
        means: 'The secret of the hidden test set is so short that it could be guessed.',
        fix: 'Make one: `openssl rand -hex 32`.',
      },
      'identity-disagrees': {
        means: "The number of an upload is one student's on the roster, and its name another's.",
        fix: 'Correct the roster, or rename the upload to the id of the student who handed it in.',
      },
      'late-policy-invalid': {
        means: 'The rule for late hand-ins is not as it should be.',
        fix: 'Say when it was due and what is deducted.',
      },
      'memory-limit-too-low': {
        means: 'The limit is below what a grading process needs before it has read anything.',
        fix: 'Raise `--memory-limit`.',
      },
      'no-submissions': {
        means: 'The folder holds no submissions.',
        fix: 'Name the one that does.',
      },
      'one-or-many': {
        means: "Files or folders may be one student's, or one each.",
        fix: "Put each student's files into a folder of its own.",
      },
      'out-among-submissions': {
        means: 'The reports would lie among the submissions and be graded next time.',
        fix: 'Choose an output folder elsewhere.',
      },
      'path-missing': {
        means: 'A path of the command line is not there.',
        fix: 'Correct the path; a name with blanks in it needs quotation marks.',
      },
      'path-not-gradable': {
        means: 'A path is neither a folder nor a zip.',
        fix: 'Name a submission, or the folder that holds them.',
      },
      'reviews-invalid': {
        means: 'Rows of the manual points do not fit the class; the message lists them.',
        fix: 'Correct them; none was taken.',
      },
      'reviews-unreadable': {
        means: 'The file of manual points is not there, or is no JSON.',
        fix: 'Name the file, or restore it from a copy; the message shows its form.',
      },
      'roster-invalid': {
        means: 'Rows of the roster are not as they should be; the message lists them.',
        fix: 'Correct them.',
      },
      'student-twice': {
        means: 'Two submissions stand for one student.',
        fix: 'Remove or rename one.',
      },
      'time-unreadable': {
        means: 'A date cannot be read, or lacks its offset from UTC.',
        fix: 'Write it as 2026-11-20T23:59+01:00.',
      },
    },
  },
  {
    owner: 'us',
    area: 'Grading',
    codes: {
      'grade-not-writable': {
        means:
          'A grade could not be written down because of a fault in Labproof; its student has no score, the others do.',
        fix: 'Report it with the submission and grade it by hand.',
      },
      'grade-of-another': {
        means:
          'The grade that came back for a submission is of another student or another lab; it does not count.',
        fix: 'Grade again; with a queue, look at who can write to it.',
      },
      'grade-stage-failed': {
        means:
          'A fault in Labproof spoilt one grade after it was decided (applying points, keeping it); its student has no score, the others do.',
        fix: 'Report it with the submission and grade it by hand.',
      },
      'grading-failed': {
        means: 'A fault of ours stopped the grading of one submission.',
        fix: 'Grade it by hand and report the fault.',
      },
      'grading-process-died': {
        means:
          'The process that graded a submission ended early, for example because the machine ran out of memory.',
        fix: 'Grade it again with `--jobs 1`.',
      },
      'grading-process-not-started': {
        means: 'No grading process could be started.',
        fix: 'Close other programs, or grade with `--jobs 1`.',
      },
      'memory-limit': {
        means: 'A submission needed more memory than it may have.',
        fix: 'Grade it alone with a higher limit, or by hand.',
      },
      'time-limit': {
        means: 'A submission took longer than it may.',
        fix: 'Grade it alone with a higher limit, or by hand.',
      },
    },
  },
]);

export const classError: typeof classErrors.error = classErrors.error;

/** A code that this package's errors can have. */
export type ClassCode = Parameters<typeof classError>[0];
