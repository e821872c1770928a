import { errorCatalogue } from '@labproof/core';

/** The errors of opening labs and of naming what is in them. */
export const exerciseErrors = errorCatalogue([
  {
    owner: 'instructor',
    area: 'Labs and bands',
    codes: {
      'bands-not-a-checkout': {
        means: 'The bands belong to an installed package, which an update would overwrite.',
        fix: 'Calibrate in a checkout, or a copy of the lab.',
      },
      'exercise-on-playground': {
        means: 'A playground exercise has no recipe to calibrate or verify.',
        fix: 'Use `labproof run`.',
      },
      'exercise-unknown': {
        means: 'The lab has no exercise of that name.',
        fix: 'Take one that the message lists.',
      },
      'lab-file-unreadable': {
        means: 'A file or folder of a lab cannot be read.',
        fix: 'Name the folder of a lab, and see that you may read it.',
      },
      'lab-folder-empty': {
        means: '`--labs` names a folder without labs.',
        fix: "Name a lab's folder or the one above.",
      },
      'lab-id-taken': {
        means: 'Two labs have the same id.',
        fix: 'Give the folder of yours another name, or change the `id` in its `lab.yaml`.',
      },
      'lab-unknown': {
        means: 'There is no lab of that name.',
        fix: 'Take one that the message lists.',
      },
    },
  },
  {
    owner: 'us',
    area: 'Labs and bands',
    codes: {
      'lab-damaged': {
        means: 'A lab that comes with Labproof cannot be read; the message lists every place.',
        fix: 'Install Labproof again; in a checkout, correct the files.',
      },
    },
  },
]);
