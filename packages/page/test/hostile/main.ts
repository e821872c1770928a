// Looks over every hostile submission on the page, in one session of a real browser, and by the command, and names those
// whose JSON differs. `npm run hostile-page [-- NAME…]`
/// <reference lib="dom" />
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalBrowser } from '../../../review/test/support/browser.ts';
import { buildSite } from '../../scripts/bundle/site.ts';
import {
  hostileByCommand,
  hostileOnPage,
  hostileSite,
  OTHERWISE,
  writeHostile,
} from '../support/hostile.ts';
import { loaded } from '../support/page.ts';
import { ServedFolder } from '../support/serve-folder.ts';

const names = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'labproof-hostile-page-'));
await buildSite(join(work, 'built'));
const served = new ServedFolder(hostileSite(join(work, 'built')));
await served.start();
const inputs = await writeHostile(work, names.length === 0 ? null : new Set(names));
const wanted = await hostileByCommand(inputs);
const browser = await startLocalBrowser();
let differing = 0;
try {
  const page = await browser.newPage();
  // What tsx puts around functions is not in the page.
  await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
  page.setDefaultTimeout(0);
  await page.goto(served.address);
  await loaded(page);
  const asked = new Set(served.asked);
  for (const input of inputs) {
    const start = performance.now();
    const found = await Promise.race([hostileOnPage(page, input).catch(() => null), noAnswer()]);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const expected = wanted.get(input.path) ?? '';
    const why = OTHERWISE[input.name];
    if (found === null) {
      await page.reload();
      await loaded(page);
    }
    if (found === expected) {
      say(
        `${seconds} s  equal      ${input.name}${why === undefined ? '' : ' (and was to differ)'}`,
      );
      continue;
    }
    if (why === undefined) differing += 1;
    say(
      `${seconds} s  ${why === undefined ? 'DIFFERENT ' : 'otherwise '} ${input.name}${why === undefined ? '' : `: ${why}`}`,
    );
    if (why === undefined) say(difference(expected, found ?? 'no answer'));
  }
  say(
    `${inputs.length} submissions, ${differing} different; ${served.asked.filter((path) => !asked.has(path)).length} requests for anything new after loading`,
  );
} finally {
  await browser.close();
  served.stop();
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = differing === 0 ? 0 : 1;

/** After so many seconds the page has not taken a submission at all. */
async function noAnswer(): Promise<null> {
  await new Promise((resolve) => setTimeout(resolve, 45_000).unref());
  return null;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The first lines that differ. */
function difference(expected: string, found: string): string {
  const [a, b] = [expected.split('\n'), found.split('\n')];
  const at = a.findIndex((line, index) => line !== b[index]);
  return `  command: ${a[at] ?? ''}\n  page:    ${b[at] ?? ''}`;
}
