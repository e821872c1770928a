/// <reference lib="dom" />
import { writeFileSync } from 'node:fs';
import { checkKinds } from '@labproof/grader';
import { startLocalBrowser } from '../../../review/test/support/browser.ts';
import { type Context, processWorld } from '../../src/program/context.ts';
import { openContext } from '../../src/program/open-context.ts';
import { main } from '../../src/main.ts';

/** The question whose answer is shown: one with curves beside it. */
const QUESTION = 'q4';

/** Opens the reading room on a graded folder, gives an item by its key, and writes what a reader sees as a PNG. */
export async function pictureRoom(
  graded: string,
  path: string,
  size: { readonly width: number; readonly height: number },
): Promise<void> {
  const ending = new AbortController();
  let ended: Promise<number> = Promise.resolve(0);
  const address = await new Promise<string>((resolve, reject) => {
    const context: Context = {
      ...openContext(processWorld(), { checks: checkKinds, whole: true }),
      signal: ending.signal,
      out: (text) => resolve(text.trim()),
    };
    ended = main(['review', graded, '--no-browser'], context);
    void ended.then((code) => reject(new Error(`the reading room ended with ${code}`)));
  });
  const browser = await startLocalBrowser();
  try {
    const page = await browser.newPage();
    await page.setViewport(size);
    await page.goto(address);
    await page.waitForSelector('.desk');
    await page.select('.top select', QUESTION);
    await page.waitForFunction(() =>
      document.querySelector('#answer-title')?.textContent?.startsWith('4.'),
    );
    await page.keyboard.press('1');
    await page.waitForFunction(() => document.querySelector('.item[aria-pressed=true]') !== null);
    await page.waitForNetworkIdle({ idleTime: 200 });
    await page.evaluate(() => document.fonts.ready);
    writeFileSync(path, await page.screenshot());
  } finally {
    await browser.close();
    ending.abort();
    await ended;
  }
}
