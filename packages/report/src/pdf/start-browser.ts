import { reasonOf } from '@labproof/core';
import type { Browser } from 'puppeteer-core';
import { type BrowserChoice, findBrowser, findSystemBrowser } from './find-browser.ts';
import { launchBrowser } from './launch-browser.ts';
import { reportError } from '../errors.ts';
import { within } from './within.ts';

/**
 * The browsers to try, in order. Some systems (Ubuntu since 23.10) deny the sandbox to programs in a user's folder;
 * an installed Chrome has it there, and that is better than a bundled one without.
 */
function attempts(choice: BrowserChoice): BrowserChoice[] {
  const system = choice.source === 'bundled' ? findSystemBrowser() : null;
  // One that was killed while it started comes up the second time.
  if (system === null) return [choice, choice];
  const why = 'it is installed, and the bundled Chromium does not start';
  return [choice, choice, { executable: system, source: 'system', why, libraries: null }];
}

/** Milliseconds after which a browser that answers nothing is ended and another one started. */
export const PATIENCE = 60_000;

/** Finds a browser and starts it; ends it again when the signal fires. Throws a `LabproofError` (`pdf-no-browser`, `pdf-browser-path`, `pdf-browser-start`). */
export async function startBrowser(
  signal?: AbortSignal,
  patience: number = PATIENCE,
): Promise<Browser> {
  const choice = await findBrowser();
  let failure: unknown;
  for (const attempt of attempts(choice)) {
    const given = new AbortController();
    try {
      // One that is killed as it starts never answers, and nobody says so.
      const either = AbortSignal.any([given.signal, ...(signal === undefined ? [] : [signal])]);
      return await within(patience, launchBrowser(attempt, either));
    } catch (error) {
      given.abort();
      signal?.throwIfAborted();
      failure ??= error;
    }
  }
  const reason = reasonOf(failure);
  throw reportError('pdf-browser-start', {
    message: `The browser ${choice.executable} does not start: ${reason.split('\n').slice(0, 3).join(' ')}. The HTML reports are complete without it.`,
    fix: 'Print report.html to PDF from any browser, or set PUPPETEER_EXECUTABLE_PATH to a Chrome or Chromium that starts and run `labproof report DIR --pdf`.',
    cause: failure,
  });
}
