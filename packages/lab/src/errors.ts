import { errorCatalogue } from '@labproof/core';

/** The errors of what a lab looks like. */
export const labErrors = errorCatalogue([
  {
    owner: 'instructor',
    area: 'Labs and bands',
    codes: {
      'lab-invalid': {
        means: 'Files of the lab are wrong; the message lists every place with file and line.',
        fix: 'Correct them: [making a lab](authoring-a-lab.md).',
      },
    },
  },
]);
