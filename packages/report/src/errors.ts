import { errorCatalogue } from '@labproof/core';

/** The errors of writing pages and printing them. */
export const reportErrors = errorCatalogue([
  {
    owner: 'instructor',
    area: 'Commands and output',
    codes: {
      'night-line': {
        means: 'A line of the history of nights is damaged.',
        fix: 'Correct or delete that line.',
      },
      'pdf-browser-path': {
        means: '`PUPPETEER_EXECUTABLE_PATH` names no program.',
        fix: 'Correct or unset it.',
      },
    },
  },
  {
    owner: 'us',
    area: 'Reports',
    codes: {
      'pdf-browser-start': {
        means: 'The browser does not start; the HTML is complete.',
        fix: 'Name another in `PUPPETEER_EXECUTABLE_PATH`.',
      },
      'pdf-no-browser': {
        means: 'There is no browser for PDF; the HTML is complete.',
        fix: 'Install Chrome or Chromium, or print the HTML yourself.',
      },
      'pdf-print': {
        means: 'The browser failed twice on one document; the HTML is complete.',
        fix: 'Print the HTML yourself, or run `labproof report DIR --pdf` again.',
      },
    },
  },
]);

export const reportError: typeof reportErrors.error = reportErrors.error;
