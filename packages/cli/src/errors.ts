import { errorCatalogue } from '@labproof/core/errors';

/** The errors of the command. */
export const cliErrors = errorCatalogue([
  {
    owner: 'student',
    area: 'Submission',
    codes: {
      'init-files-exist': {
        means: '`init` found files of the same names and wrote nothing.',
        fix: 'Name another folder.',
      },
      'submission-not-found': {
        means: '`check` found nothing at the path.',
        fix: 'Name the folder or the zip that you mean to hand in.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Commands and output',
    codes: {
      'calibrate-never-enough': {
        means: 'No number of trials gives the mark that the lab asks for.',
        fix: 'Ask for less under `passing`, or say a number of trials.',
      },
      'cli-bad-target': {
        means: 'The argument is not `LAB` or `LAB/EXERCISE`.',
        fix: 'Take a name from `labproof labs`.',
      },
      'cli-config-without-playground': {
        means: '`--config` is for playground exercises.',
        fix: 'Name one, such as `image-recognition/playground`.',
      },
      'command-interrupted': {
        means: 'Ctrl-C, SIGTERM or SIGHUP ended the command.',
        fix: 'Run it again; finished trials and grades are kept.',
      },
      'export-no-grades': {
        means: 'The folder holds no grades of this version.',
        fix: 'Name the folder that `grade` wrote.',
      },
      'hand-over-format': {
        means: 'Nothing says for which platform the grades or reports are.',
        fix: 'Say `--format`, or write `format` into `class.yaml`.',
      },
      'handout-page-address': {
        means: '`handout --page` was given something that is no web address.',
        fix: 'Give the whole address, with `https://` in front.',
      },
      'inspect-unreadable': {
        means: 'There is nothing to inspect at the path.',
        fix: 'Name a model, a folder with a `model.json`, or a file of answers.',
      },
      'json-unreadable': {
        means: 'A JSON file of the command line is not there, or is no JSON.',
        fix: 'Name a file of the form that the message shows.',
      },
      'pack-edition': {
        means: '`pack` was asked for two editions or for none.',
        fix: 'Say one of `--student`, `--page` and `--gradescope`.',
      },
      'pack-folder-in-use': {
        means: 'The folder holds files of another lab, which would get into the packed one.',
        fix: 'Name a new folder, or delete that one first.',
      },
      'pack-release-address': {
        means: 'The address of a release is not https, or has no digest beside it.',
        fix: 'Give `--release https://…` and `--sha256`.',
      },
      'pack-release-digest': {
        means: 'The release is another one than its SHA-256 says.',
        fix: 'Take the file and the digest from the same release.',
      },
      'pack-release-unreadable': {
        means: 'The file is no release that installs Labproof by itself.',
        fix: 'Name `labproof-VERSION.tgz` of `npm run release`.',
      },
      'playground-config-unreadable': {
        means: 'The file of playground settings cannot be read.',
        fix: 'Name a file that is there, or write the settings themselves.',
      },
      'release-behind': {
        means: 'Marks of the reading room are not in the grades yet.',
        fix: 'Grade again with the same command, then release.',
      },
      'release-changed': {
        means: 'Files of a release were changed after it was made.',
        fix: 'Restore them from a copy.',
      },
      'release-doubtful': {
        means: 'A reader doubts marks that would be released.',
        fix: 'Look at them again in `labproof review`, or say `--with-doubtful`.',
      },
      'release-none': {
        means: 'There is no release that could be given out.',
        fix: 'Make one with `labproof release`, or say `--as graded`.',
      },
      'release-unfinished': {
        means: 'Points need manual grading, or a student has no score.',
        fix: 'Read and grade again, or say `--unfinished`.',
      },
      'review-usage': {
        means: 'An option of `review` has a value that fits nobody or nothing here.',
        fix: 'Correct what the message names.',
      },
      'report-bad-findings': {
        means: '`findings.json` is not of this version.',
        fix: 'Grade again, or delete the file.',
      },
      'report-bad-grade': {
        means: 'A `grade.json` is not of this version.',
        fix: 'Grade again.',
      },
      'return-folder-in-use': {
        means: '`return` would write where other things lie.',
        fix: 'Name another place with `--out`, or move that folder away.',
      },
      'report-no-folder': {
        means: 'The graded folder cannot be read.',
        fix: 'Name the folder that `grade` wrote.',
      },
      'report-no-grades': {
        means: 'The folder holds no `<student>/grade.json`.',
        fix: 'Name the folder that `grade` wrote.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Training',
    codes: {
      'verify-limit-without-full': {
        means: '`verify` was given a time limit without `--full`.',
        fix: 'Add `--full`, or leave the limit out.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Labs and bands',
    codes: {
      'bands-not-signed-off': {
        means: 'The bands are not what the trials behind them give.',
        fix: 'Measure them anew: `labproof calibrate`.',
      },
      'bands-of-another-recipe': {
        means:
          'The recipe was changed after its bands were measured, so the pass mark says nothing.',
        fix: 'Run `labproof calibrate`, or delete the file of bands: then the accuracy needs manual grading.',
      },
      'lab-new-folder-in-use': {
        means: '`lab new` writes into a new or an empty folder only.',
        fix: 'Name another folder.',
      },
      'lab-new-id': {
        means: 'The name of the new lab cannot be an id, or another lab has it.',
        fix: 'Call it as the message says.',
      },
      'lab-student-edition': {
        means: 'A student edition has no rubrics and bands, so it cannot grade.',
        fix: 'Grade by the lab itself.',
      },
      'manifest-unreadable': {
        means: 'A file that was to be verified is not the manifest of a result.',
        fix: 'Name a `manifest.json` of `run --out`, or one of a lab.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Grading a class',
    codes: {
      'class-file-differs': {
        means:
          '`class.yaml` remembers other options than the command line says; the message shows both.',
        fix: 'Say `--save` to use the new ones from now on, `--once` for this time, or leave them out.',
      },
      'class-not-found': {
        means: 'No folder was named, and neither this one nor `graded` in it holds a `class.yaml`.',
        fix: 'Name the folder of the results.',
      },
      'grade-incomplete': {
        means: 'The first grading of a class has to be told everything; later ones remember it.',
        fix: 'Say it once: `labproof grade DOWNLOAD --lab LAB --out DIR`.',
      },
      'hidden-seed-missing': {
        means:
          'The class was graded with a secret from an environment variable that is not set now.',
        fix: 'Set it again, or name a file that holds it.',
      },
      'hidden-seed-unreadable': {
        means: 'The file of the secret cannot be read.',
        fix: 'Name the file in which the secret is kept; with a new one the hidden images are others.',
      },
      'late-rule-unread': {
        means:
          'What was given as the rule for late hand-ins (`--late`) is neither a rule nor a file.',
        fix: 'Write it as `--late "2026-11-20T23:59+01:00, 5 % a day, at most 3"`.',
      },
      'late-policy-missing': {
        means:
          '`--times` says when students handed in, and nothing says what a late hand-in costs.',
        fix: 'Add `--late`.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Queue',
    codes: {
      'file-store-account-missing': {
        means: '`--files` names a bucket, and there is no account for it.',
        fix: 'Set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.',
      },
      'queue-address-missing': {
        means: 'There is no address of a queue.',
        fix: 'Give one: `--queue`, `--queue-file` or `LABPROOF_QUEUE`.',
      },
      'queue-engine': {
        means: 'Workers choose their engine themselves.',
        fix: 'Leave `--engine` out.',
      },
      'queue-file-unreadable': {
        means: 'The file with the address cannot be read.',
        fix: 'Name a file that holds the address of the queue in one line.',
      },
      'queue-hidden-seed': {
        means: 'There is a secret for hidden images, and workers do not get it.',
        fix: 'Grade without `--queue`, or without the secret.',
      },
      'queue-password-visible': {
        means: 'A password on the command line can be read by everybody on the machine.',
        fix: 'Use `--queue-file` or `LABPROOF_QUEUE`.',
      },
    },
  },
  {
    owner: 'us',
    area: 'Reports',
    codes: {
      'demo-class-missing': {
        means: "The demo's class is not in the package.",
        fix: 'Install Labproof again.',
      },
      'report-not-printed': {
        means: 'A fault in Labproof kept a report from being printed; its HTML is complete.',
        fix: 'Print the HTML yourself, and report the fault.',
      },
      'report-not-rendered': {
        means:
          'A fault in Labproof kept the report of one student from being written; the grade and the other reports are complete.',
        fix: 'Look into `grade.json`, and report the fault with it.',
      },
      'report-worker-died': {
        means: 'A process ended while it rendered a page.',
        fix: 'Run `labproof report DIR`.',
      },
    },
  },
]);

export const cliError: typeof cliErrors.error = cliErrors.error;
