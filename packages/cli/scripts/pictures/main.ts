// Pictures of every kind of page for README.md and docs/, from real runs: npm run pictures [-- FOLDER]
//
// FOLDER keeps the pages; where it exists already they are pictured as they are. Every page has the same bytes on every
// machine but for the seconds that training took.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBrowser } from '@labproof/report';
import { makePages } from './real-runs.ts';
import { SHOTS } from './shots.ts';
import { takePicture } from './take-picture.ts';

/** Nobody waits for a README to load. */
const MOST_BYTES = 150_000;
const MOST_BYTES_TOGETHER = 1_500_000;

const [kept] = process.argv.slice(2);
const folder =
  kept === undefined ? mkdtempSync(join(tmpdir(), 'labproof-pictures-')) : resolve(kept);
const target = fileURLToPath(new URL('../../../../docs/pictures', import.meta.url));
const browser = await startBrowser();
try {
  if (kept === undefined || !existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    await makePages(folder);
  }
  mkdirSync(target, { recursive: true });
  let together = 0;
  for (const shot of SHOTS) {
    const picture = await takePicture(browser, folder, shot);
    if (picture === null) {
      console.error(`${shot.name}: left as it is, pdftoppm (poppler-utils) is not installed`);
      continue;
    }
    writeFileSync(join(target, `${shot.name}.webp`), picture);
    console.log(`${shot.name}.webp ${picture.length} bytes`);
    if (picture.length > MOST_BYTES)
      throw new Error(`${shot.name} takes more than ${MOST_BYTES} bytes`);
    together += picture.length;
  }
  if (together > MOST_BYTES_TOGETHER)
    throw new Error(`the pictures take ${together} bytes together`);
} finally {
  await browser.close();
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
