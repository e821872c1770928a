// Runs alone: it starts a browser and bundles the page.
// Takes 35 s: a class is marked by keyboard.
/// <reference lib="dom" />
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pageFiles } from '../src/server/page-files.ts';
import type { QueueView } from '../src/server/protocol.ts';
import { startLocalBrowser } from './support/browser.ts';
import { serveForTest, teamOf, type TestRoom } from './support/served-room.ts';
import { gradedFolder } from './support/small-class.ts';

const HOSTILE = [
  '<script>window.hit = 1</script><img src=x onerror="window.hit = 1">',
  '[a](javascript:window.hit=1) ![b](http://127.0.0.1:9/x.png)',
  `$${'x'.repeat(1_000_000)}$ and $\\href{javascript:window.hit=1}{x}$`,
  '<svg onload="window.hit=1"></svg> <style>*{display:none}</style>',
].join('\n\n');

const students = Object.fromEntries(
  Array.from({ length: 8 }, (_, index) => [
    `student${index}`,
    {
      name: `Ines Number${index}`,
      answers: {
        q1:
          index < 3
            ? 'Meters are read for the electricity company, which saves hours of typing.'
            : index === 7
              ? HOSTILE
              : `Form ${index} of archive ${index * 7} with $x_${index}$ is read.`,
        q4: `Network ${index} is $\\alpha$ better on its own ${index * 3} images.`,
      },
    },
  ]),
);

let browser: Browser;
let files: ReturnType<typeof pageFiles>;
beforeAll(async () => {
  const out = mkdtempSync(join(tmpdir(), 'labproof-page-'));
  execFileSync(process.execPath, [
    fileURLToPath(new URL('../scripts/build-page.mjs', import.meta.url)),
    out,
  ]);
  files = pageFiles(out);
  browser = await startLocalBrowser();
});
afterAll(() => browser.close());

let room: TestRoom;
let page: Page;
let requests: string[];
beforeEach(async () => {
  room = await serveForTest(gradedFolder(students), teamOf(['lea']), files);
  const context = await browser.createBrowserContext();
  page = await context.newPage();
  page.setDefaultTimeout(0);
  requests = [];
  page.on('request', (request) => void requests.push(request.url()));
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(`${room.served.address}#lea`);
  await page.waitForSelector('.desk');
});
afterEach(async () => {
  await page.browserContext().close();
  await room.close();
});

/** Presses keys and waits until everything is on the disk. */
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key as 'a');
    await settled();
  }
}
async function settled(): Promise<void> {
  await page.waitForFunction(() =>
    document.querySelector('.who')?.textContent?.includes('everything is saved'),
  );
  await page.waitForNetworkIdle({ idleTime: 60 });
}
const text = (selector: string): Promise<string> =>
  page.$eval(selector, (element) => (element as HTMLElement).innerText);
const place = (): Promise<string> => text('.place');
const points = (): Promise<string> => text('#marking-title .num');
const total = (): number =>
  [...room.open.room.record.standing.values()].flat().filter(({ mark }) => mark.decided).length;

async function violations(): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    // The page's policy lets no script in; the browser's own tools may.
    await page.evaluate(axe.source);
  }
  const result = await page.evaluate(async () => {
    const { axe: runner } = window as unknown as { axe: typeof axe };
    return await runner.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
  });
  return result.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 90)).join(' | ')}`,
  );
}

/** What reaches over the edge, for the message. */
function widest(width: number): Promise<string> {
  return page.evaluate(
    (edge) =>
      [...document.querySelectorAll('*')]
        .filter((element) => element.getBoundingClientRect().right > edge + 1)
        .map((element) => `${element.tagName}.${element.className}`)
        .join(' '),
    width,
  );
}

/** Where somebody wants to look at the screens, they lie there: `LABPROOF_PICTURES=DIR`. */
async function pictureOf(name: string): Promise<void> {
  const folder = process.env['LABPROOF_PICTURES'];
  if (folder === undefined) return;
  // Of a dialog only what is seen, as whoever reads sees it.
  const fullPage = (await page.$('dialog[open]')) === null;
  await page.screenshot({ path: join(folder, `${name}.png`) as `${string}.png`, fullPage });
}

/** Goes to an answer that others are like. */
async function toGroup(): Promise<void> {
  const { value } = await room.ask<QueueView>('lea', 'queue?question=q1');
  const ids = new Set(value.answers.filter(({ group }) => group !== null).map(({ id }) => id));
  for (let step = 0; step < value.answers.length; step++) {
    const { value: seen } = await room.ask<QueueView>('lea', 'queue?question=q1');
    const at = Number((await place()).split('/')[0]) - 1;
    if (ids.has(seen.answers[at]?.id ?? '')) return;
    await press(at + 1 < seen.answers.length ? 'j' : 'k');
  }
}

describe('the page', () => {
  it('marks a class by keyboard alone, and every key is on the disk before it says so', async () => {
    expect(await place()).toContain('1 / 8');
    await press('1');
    expect(await points()).toBe('0.5 / 1');
    await press('2');
    expect(await points()).toBe('1 / 1');
    await press('2');
    expect(await points()).toBe('0.5 / 1');
    await press('j', 'a');
    expect(await place()).toContain('2 / 8');
    expect(await points()).toBe('1 / 1');
    await press('j', '0');
    expect(await points()).toBe('0 / 1');
    await press('u');
    expect(await points()).toBe('– / 1');
    await press('r');
    expect(await points()).toBe('0 / 1');
    await press('k', 'd');
    expect(
      await page.$eval(
        '.marking [aria-pressed=true]:not(.item):not(.half)',
        (element) => element.textContent,
      ),
    ).toContain('Doubtful');
    await press('n');
    expect(await place()).not.toContain('2 / 8');
    expect(total()).toBe(3);
    await press(']');
    expect(await text('#answer-title')).toContain('4.');
  });

  it('says that an answer has lost its mark, and counts it as not done', async () => {
    await press('1');
    expect(await text('.who')).toContain('1 of 16 done');
    expect(await text('[role=status]')).toBe('Saved.');
    await press('1');
    expect(await points()).toBe('– / 1');
    expect(await text('.told')).toBe('Saved. This answer has no mark now.');
    expect(await text('.who')).toContain('0 of 16 done');
    await page.keyboard.press('p');
    await page.keyboard.type('0.75');
    await page.keyboard.press('Enter');
    await settled();
    expect(await page.$('.told')).toBeNull();
    await page.keyboard.press('p');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await settled();
    expect(await text('.told')).toBe('Saved. This answer has no mark now.');
    await press('2', 'u');
    expect(await text('.told')).toBe('Undone: a mark. This answer has no mark now.');
    await press('d');
    expect(await text('[role=status]')).toBe('Saved. This answer has no mark yet.');
  });

  it('goes on from question to question, and says at the end what is left', async () => {
    await press('j');
    // All but the first and, doubtful, the third.
    for (let step = 2; step <= 8; step++) {
      await press('a');
      if (step === 3) await press('d');
      if (step < 8) await press('j');
    }
    await press('n');
    expect(await text('#answer-title')).toContain('4.');
    expect(await text('.told')).toBe('Question 4.');
    for (let step = 1; step <= 8; step++) await press('a', 'n');
    // The answer that was passed over.
    expect(await text('#answer-title')).toContain('1.');
    expect(await place()).toContain('1 / 8');
    await press('a', 'n');
    expect(await place()).toContain('3 / 8');
    expect(await text('.who')).toContain('15 of 16 done');
    await press('n');
    expect(await text('.told')).toBe(
      'Done: every answer has a mark. Left: 1 doubtful mark in question 1.',
    );
    expect(await violations()).toEqual([]);
    await press('d', 'n');
    expect(await text('.told')).toBe('Done: every answer has a mark.');
  });

  it('gives half of an item, and points that are typed', async () => {
    await page.keyboard.down('Shift');
    await page.keyboard.press('Digit1');
    await page.keyboard.up('Shift');
    await settled();
    expect(await points()).toBe('0.25 / 1');
    await page.keyboard.press('p');
    await page.keyboard.type('0.75');
    await page.keyboard.press('Enter');
    await settled();
    expect(await points()).toBe('0.75 / 1');
  });

  it('takes points with a comma, and refuses others in words', async () => {
    const type = async (typed: string): Promise<void> => {
      await page.keyboard.press('p');
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
      await settled();
    };
    await type('0,5');
    expect(await points()).toBe('0.5 / 1');
    await type('99');
    expect(await text('#points-problem')).toContain('“99” was not saved');
    expect(await points()).toBe('0.5 / 1');
    await type('0,2,5');
    expect(await text('#points-problem')).toContain('no number of points');
    expect(await points()).toBe('0.5 / 1');
    await type('0.75');
    expect(await page.$('#points-problem')).toBeNull();
    expect(await points()).toBe('0.75 / 1');
  });

  it('keeps comments, recalls them, and finds them again', async () => {
    await page.keyboard.press('c');
    await page.keyboard.type('Say who gains what. 1 2 j');
    await page.keyboard.press('Escape');
    await settled();
    await press('1', 'j');
    await page.keyboard.press('c');
    await page.waitForSelector('.recall button');
    await page.keyboard.type('who gains');
    await page.waitForSelector('.recall button');
    await page.click('.recall button');
    await settled();
    const comments = [...room.open.room.record.standing.values()]
      .flat()
      .map(({ mark }) => mark.comment);
    expect(comments).toEqual(['Say who gains what. 1 2 j', 'Say who gains what. 1 2 j']);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('/');
    await page.waitForSelector('dialog[open] #words:focus');
    await page.type('#words', 'gains what');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      document.querySelector('dialog')?.textContent?.includes('2 found'),
    );
    expect(await text('dialog')).toContain('Say who gains what');
  });

  it('shows whose points a change of the rubric moves before it is made', async () => {
    await press('1', 'e');
    await page.waitForSelector('#item-points');
    await page.$eval('#item-points', (input) => ((input as HTMLInputElement).value = ''));
    await page.type('#item-points', '0.25');
    await page.click('dialog button.main');
    await page.waitForFunction(() =>
      document.querySelector('dialog')?.textContent?.includes('1 answer moves: 0.5 → 0.25'),
    );
    await page.click('dialog button.main');
    await page.waitForFunction(() => document.querySelector('dialog') === null);
    await settled();
    expect(await points()).toBe('0.25 / 1');
    await press('u');
    expect(await points()).toBe('0.5 / 1');
  });

  it('marks a group at once', async () => {
    await toGroup();
    await press('1', 'g');
    await page.waitForSelector('.members li');
    expect(await text('dialog button.main')).toBe('Give 0.5 points to all 3');
    await page.click('dialog button.main');
    await page.waitForFunction(() => document.querySelector('dialog') === null);
    await settled();
    expect(total()).toBe(3);
    expect(await text('.who')).toContain('1 of 16 done');
  });

  it('says how many of a group get a mark, and which keep their own', async () => {
    await toGroup();
    await press('2', 'g');
    await page.waitForSelector('.members li');
    const others = await page.$$('.members li button:nth-of-type(2)');
    await others[0]?.click();
    await page.waitForFunction(() => document.querySelector('dialog') === null);
    await settled();
    await press('1', 'g');
    await page.waitForSelector('.members li');
    expect(await text('dialog button.main')).toBe('Give 0.5 points to 2 of 3; 1 stays as it is');
    expect(await text('.members')).toContain('keeps its own mark');
    await page.click('dialog button.main');
    await page.waitForFunction(() => document.querySelector('dialog') === null);
    await settled();
    expect(total()).toBe(3);
  });

  it('runs and loads nothing of a hostile answer', async () => {
    await page.keyboard.press('/');
    await page.waitForSelector('dialog[open] #words:focus');
    await page.type('#words', 'window.hit');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog .recall button');
    await page.click('dialog .recall button');
    await page.waitForFunction(() =>
      document.querySelector('.answer .shown')?.textContent?.includes('window.hit'),
    );
    await settled();
    expect(await page.evaluate(() => 'hit' in window)).toBe(false);
    expect(
      requests.filter((url) => !url.startsWith(room.served.address) && !url.startsWith('data:')),
    ).toEqual([]);
    expect(await page.$eval('main', (main) => getComputedStyle(main).display)).toBe('block');
  });

  it('says what was not saved, and shows what is', async () => {
    await press('1');
    await room.served.close();
    await page.keyboard.press('2');
    await page.waitForSelector('[role=alert]');
    expect(await text('[role=alert]')).toContain('nothing was saved');
    expect(total()).toBe(1);
  });

  it.each([
    { theme: 'light', width: 1280 },
    { theme: 'dark', width: 1280 },
    { theme: 'light', width: 320 },
    { theme: 'dark', width: 320 },
  ])('is clean to axe and fits on every screen, $theme at $width px', async ({ theme, width }) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.setViewport({ width, height: 800 });
    const found: string[] = [];
    const look = async (name: string): Promise<void> => {
      await settled();
      await pictureOf(`${name}-${theme}-${width}`);
      found.push(...(await violations()).map((violation) => `${name}: ${violation}`));
      const laidOut = await page.evaluate(() => document.documentElement.scrollWidth);
      if (laidOut > width) found.push(`${name}: ${laidOut} px wide: ${await widest(width)}`);
    };
    const close = async (): Promise<void> => {
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => document.querySelector('dialog') === null);
    };
    await press('1');
    await look('reading');
    for (const [key, name] of [
      ['?', 'keys'],
      ['e', 'rubric'],
      ['/', 'search'],
    ] as const) {
      await page.keyboard.press(key as 'a');
      await page.waitForSelector('dialog[open]');
      await look(name);
      await close();
    }
    await page.keyboard.press('/');
    await page.waitForSelector('dialog[open] #words:focus');
    await page.type('#words', 'archive');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog .recall button');
    await look('hits');
    await close();
    await toGroup();
    await press('1', 'g');
    await page.waitForSelector('.members li');
    await look('group');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('dialog') === null);
    await page.keyboard.press('c');
    await page.keyboard.type('Who gains what?');
    await page.keyboard.press('Escape');
    await settled();
    await page.focus('#comment');
    await look('comment');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await press('d', 'n');
    await page.focus('#comment');
    await page.waitForSelector('.recall button');
    await look('recall');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('l');
    await page.waitForSelector('.lead-page');
    await look('lead');
    expect(found).toEqual([]);
  });

  it('is clean to axe where two disagree, an appeal waits, shares are dealt and something failed', async () => {
    const names = ['lea', 'anna', 'ben'];
    const folder = gradedFolder(students);
    writeFileSync(
      join(folder, 'appeals.csv'),
      'student,question,item,text\nstudent5,q1,,"I named an archive, which gains."\n',
    );
    const team = await serveForTest(folder, teamOf(names, { twice: 0.5 }), files);
    const queue = await team.ask<QueueView>('lea', 'queue?question=q1');
    for (const [index, name] of ['anna', 'ben'].entries()) {
      for (const { id } of queue.value.answers) {
        await team.ask(name, 'mark', {
          answer: id,
          mark: {
            items: {},
            fixed: index,
            comment: `${name} says`,
            doubtful: false,
            decided: true,
          },
        });
      }
    }
    const found: string[] = [];
    for (const { theme, width } of [
      { theme: 'light', width: 1280 },
      { theme: 'dark', width: 320 },
    ]) {
      const look = async (name: string): Promise<void> => {
        await settled();
        await pictureOf(`${name}-${theme}-${width}`);
        found.push(...(await violations()).map((violation) => `${name}: ${violation}`));
        const laidOut = await page.evaluate(() => document.documentElement.scrollWidth);
        if (laidOut > width) found.push(`${name}: ${laidOut} px wide: ${await widest(width)}`);
      };
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      await page.setViewport({ width, height: 800 });
      await page.goto(`${team.served.address}#lea`);
      await page.waitForSelector('.desk');
      await page.keyboard.press('l');
      await page.waitForSelector('.plan');
      await page.click('.plan tbody input');
      await page.click('.lead-page form button.main');
      await page.waitForFunction(() =>
        document
          .querySelector('.lead-page form [role=status]')
          ?.textContent?.includes('open answer'),
      );
      await look('team');
      await page.click('.lead-page section li button.link');
      await page.waitForSelector('.decide');
      await look('decide');
    }
    // Changed by clicks, and in the record.
    await page.keyboard.press('l');
    await page.waitForSelector('.plan');
    await page.click('.plan tbody input');
    await page.click('.lead-page form button.main');
    await page.waitForFunction(() =>
      document.querySelector('.lead-page form button.main')?.textContent?.startsWith('Deal'),
    );
    await page.click('.lead-page form button.main');
    await page.waitForFunction(() =>
      document.querySelector('.lead-page form p')?.textContent?.includes('Chosen here'),
    );
    expect(team.open.room.record.plan).toMatchObject({ from: 'page' });
    await team.served.close();
    await page.keyboard.press('l');
    await page.keyboard.press('1');
    await page.waitForSelector('[role=alert]');
    found.push(...(await violations()).map((violation) => `failed: ${violation}`));
    expect(found).toEqual([]);
    await team.close();
  });
});
