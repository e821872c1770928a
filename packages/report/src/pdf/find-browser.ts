import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative, sep } from 'node:path';
import { LabproofError, reasonOf } from '@labproof/core';
import { bundledBrowserObstacle, unpackBundledBrowser } from './bundled-browser.ts';
import { reportError } from '../errors.ts';

/** The browser that prints PDFs, where it came from and why it was taken. */
export interface BrowserChoice {
  readonly executable: string;
  readonly source: 'environment' | 'bundled' | 'system';
  readonly why: string;
  /** Shared libraries to add to the search path, or `null` when the system has them. */
  readonly libraries: string | null;
}

const SYSTEM_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const SYSTEM_PATHS: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Chrome, Chromium or Edge as installed on this machine, or `null`. Folders of the PATH that the working directory decides
 * are passed over, since it may be what a student handed in: relative ones, those below it, and every `node_modules/.bin`
 * that npx puts in front.
 */
export function findSystemBrowser(
  environment: NodeJS.ProcessEnv = process.env,
  workingDirectory: string = process.cwd(),
): string | null {
  const folders = [
    ...(environment['PATH'] ?? '')
      .split(delimiter)
      .filter((folder) => isOfTheSystem(folder, workingDirectory)),
    ...(process.platform === 'linux' ? ['/usr/bin', '/usr/local/bin', '/snap/bin'] : []),
  ];
  const onPath = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const fixed = SYSTEM_PATHS[process.platform] ?? [];
  return [...onPath, ...fixed].find((path) => isExecutable(path)) ?? null;
}

function isOfTheSystem(folder: string, workingDirectory: string): boolean {
  if (!isAbsolute(folder) || folder.split(/[\\/]/u).includes('node_modules')) return false;
  const below = relative(workingDirectory, folder);
  return below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below);
}

const LIBRARY_FOLDERS = ['/lib', '/usr/lib', '/lib64', '/usr/lib64', '/usr/local/lib'];

/** Whether the system brings NSPR, which Chromium links against and small images leave out. */
function systemHasNspr(): boolean {
  return LIBRARY_FOLDERS.flatMap((folder) => [folder, join(folder, 'x86_64-linux-gnu')]).some(
    (folder) => {
      try {
        return readdirSync(folder).includes('libnspr4.so');
      } catch {
        return false;
      }
    },
  );
}

/**
 * Finds the browser: `PUPPETEER_EXECUTABLE_PATH`, then the Chromium of the npm package, then one of the system.
 * Throws a `LabproofError` (`pdf-no-browser`, `pdf-browser-path`) where there is none.
 */
export async function findBrowser(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<BrowserChoice> {
  const named = environment['PUPPETEER_EXECUTABLE_PATH'];
  if (named !== undefined && named !== '') {
    if (!isExecutable(named)) {
      throw reportError('pdf-browser-path', {
        message: `PUPPETEER_EXECUTABLE_PATH names ${named}, and no program that can be run is there. The HTML pages are complete without it.`,
        fix: 'Correct the variable, or unset it to use the bundled Chromium; or open the page in any browser and print it to PDF from there.',
      });
    }
    return {
      executable: named,
      source: 'environment',
      why: 'PUPPETEER_EXECUTABLE_PATH names it',
      libraries: null,
    };
  }
  let obstacle = bundledBrowserObstacle();
  if (obstacle === null) {
    try {
      const { executable, libraries } = await unpackBundledBrowser();
      const needsLibraries = !systemHasNspr();
      return {
        executable,
        source: 'bundled',
        why: needsLibraries
          ? 'it comes with npm; its own shared libraries are used because the system has no libnspr4'
          : 'it comes with npm',
        libraries: needsLibraries ? libraries : null,
      };
    } catch (error) {
      obstacle = `the bundled Chromium could not be unpacked (${reasonOf(error)})`;
    }
  }
  const system = findSystemBrowser(environment);
  if (system !== null) {
    return {
      executable: system,
      source: 'system',
      why: `it is installed, and ${obstacle}`,
      libraries: null,
    };
  }
  throw reportError('pdf-no-browser', {
    message: `There is no browser to print a PDF with: ${obstacle}, and no Chrome, Chromium or Edge is installed. The HTML reports are complete without it.`,
    fix: 'Open report.html and print it to PDF from any browser, or install Chrome or Chromium (or set PUPPETEER_EXECUTABLE_PATH to one) and run `labproof report DIR --pdf`.',
  });
}

/** The browser that prints PDFs, as `labproof doctor` shows it. */
export interface BrowserDescription {
  readonly available: boolean;
  /** The browser and why it was chosen, or why there is none. */
  readonly summary: string;
  /** What to do to get one, else `null`. */
  readonly fix: string | null;
}

/** Which browser prints PDFs, without starting it. */
export async function describeBrowser(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<BrowserDescription> {
  try {
    const { executable, source, why } = await findBrowser(environment);
    return { available: true, summary: `${source} browser ${executable}: ${why}`, fix: null };
  } catch (error) {
    if (error instanceof LabproofError) {
      return { available: false, summary: error.message, fix: error.fix };
    }
    throw error;
  }
}
