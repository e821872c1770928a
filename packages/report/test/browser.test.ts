// Takes 25 s: every page is opened in many sizes.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderClassReport } from '../src/pages/class-report.ts';
import { PdfPrinter } from '../src/pdf/pdf-printer.ts';
import { startBrowser } from '../src/pdf/start-browser.ts';
import { ATTACKS, attackText } from './synthetic/attacks.ts';
import { attackedGrade } from './synthetic/attacked.ts';
import { everyChart } from './synthetic/charts.ts';
import { syntheticClass } from './synthetic/grades.ts';
import { syntheticLab as lab } from './synthetic/lab.ts';
import { LONG_PAGES } from './synthetic/long-words.ts';
import { PAGES, studentPage } from './synthetic/pages.ts';
import { laidOutWidth, look, openPage, withPage } from './synthetic/viewer.ts';

/*
 * These tests need a real browser; the one that comes with npm is enough. Where none starts they fail, because
 * a page that nobody looked at is not tested.
 */
/** What A4 leaves between its margins of 15 mm, in CSS pixels. */
const A4_WIDTH = 680;

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});

describe.each([...PAGES, ...LONG_PAGES])('the page "%s"', (_, html) => {
  let page: Page;
  beforeAll(async () => {
    page = await openPage(browser, html);
  });
  afterAll(() => page.close());

  it.each([
    { width: 320, theme: 'light' },
    { width: 320, theme: 'light', text: '200%' },
    { width: 1280, theme: 'light', text: '200%' },
    { width: A4_WIDTH, theme: 'print' },
  ] as const)('fits $width px, $theme, text at $text, without scrolling sideways', async (view) => {
    expect(await laidOutWidth(page, view)).toBe(view.width);
  });
});

describe.each(PAGES)('the page "%s"', (_, html) => {
  let page: Page;
  beforeAll(async () => {
    page = await openPage(browser, html);
    await page.evaluate(axe.source);
  });
  afterAll(() => page.close());

  it.each([
    { width: 1200, theme: 'light' },
    { width: 1200, theme: 'dark' },
    { width: 360, theme: 'light' },
  ] as const)('has no violation that axe finds at $width px, $theme', async (view) => {
    await look(page, view);
    const results = (await page.evaluate(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
    )) as axe.AxeResults;
    expect(results.passes.length).toBeGreaterThan(10);
    expect(
      results.violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary]),
    ).toEqual([]);
  });
});

it('every chart is well-formed XML', async () => {
  const drawings = everyChart().map(({ svg }) => svg);
  const inline = PAGES.flatMap(([, html]) => html.match(/<svg xmlns[^]*?<\/svg>/g) ?? []);
  expect(inline.length).toBeGreaterThan(30);
  const errors = await withPage(browser, { width: 100, theme: 'light' }, (page) =>
    page.evaluate(
      `${JSON.stringify([...drawings, ...inline])}.map((svg) => new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')?.textContent).filter(Boolean)`,
    ),
  );
  expect(errors).toEqual([]);
});

describe('the table of a class', () => {
  const html = renderClassReport({ grades: syntheticClass(), lab });
  const FIRST = `document.querySelector('table.students tbody tr:not([hidden])').cells[1].textContent.trim()`;

  it('sorts by numbers, both ways, under its own content security policy', async () => {
    const seen = await withPage(browser, { width: 1200, theme: 'light' }, async (page) => {
      await page.setContent(html);
      const score = await page.waitForSelector('table.students th:nth-child(4) button');
      await score?.click();
      const lowest = await page.evaluate(FIRST);
      await score?.click();
      const highest = await page.evaluate(
        `document.querySelector('table.students tbody tr').cells[3].dataset.value`,
      );
      const order = await page.evaluate(
        `document.querySelector('table.students th:nth-child(4)').getAttribute('aria-sort')`,
      );
      return { lowest, highest, order };
    });
    const best = syntheticClass().reduce((most, { score }) => Math.max(most, score ?? 0), 0);
    expect(seen).toEqual({ lowest: 's1201', highest: String(best), order: 'descending' });
  });

  it('finds students by words', async () => {
    const seen = await withPage(browser, { width: 1200, theme: 'light' }, async (page) => {
      await page.setContent(html);
      await page.type('.search input', 'number 12');
      return [
        await page.evaluate(FIRST),
        await page.evaluate(`document.querySelector('.search output').textContent`),
      ];
    });
    expect(seen).toEqual([
      syntheticClass()[11]?.name === null ? 's1112' : 's1111',
      '1 of 16 shown',
    ]);
  });

  it('reads without a script', async () => {
    const seen = await withPage(browser, { width: 1200, theme: 'light' }, async (page) => {
      await page.setJavaScriptEnabled(false);
      await page.setContent(html);
      return [
        await page.evaluate(`document.querySelectorAll('table.students tbody tr').length`),
        await page.evaluate(`document.querySelector('.search').hidden`),
      ];
    });
    expect(seen).toEqual([16, true]);
  });
});

describe('a hostile submission in a real browser', () => {
  let server: Server;
  let host = '';
  const requests: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.end('x');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  /** Shows a page in a browser that shuts off nothing and reports what the page tried to load. */
  async function loadOpenly(html: string): Promise<string[]> {
    const asked: string[] = [];
    await withPage(browser, { width: 1200, theme: 'light' }, async (page) => {
      page.on('request', (request) => asked.push(request.url()));
      await page.setContent(html, { waitUntil: 'load' });
      await page.evaluate('new Promise((resolve) => setTimeout(resolve, 150))');
    });
    return asked.filter((url) => !url.startsWith('data:') && url !== 'about:blank');
  }

  it('would load from outside if it stood in a page as it is', async () => {
    const asked = await loadOpenly(`<!doctype html><img src="http://${host}/a.png">${ATTACKS[1]}`);
    expect(asked).toContain(`http://${host}/a.png`);
    expect(asked.length).toBeGreaterThan(1);
  });

  it('loads nothing from its report, even where nothing is shut off', async () => {
    expect(await loadOpenly(studentPage(attackedGrade(host)))).toEqual([]);
  });

  it('loads nothing from its report where the content security policy is missing too', async () => {
    const html = studentPage(attackedGrade(host)).replace(/<meta\s+http-equiv[^>]*>/, '');
    expect(html).not.toContain('Content-Security-Policy');
    expect(await loadOpenly(html)).toEqual([]);
  });

  it('reaches nobody when it is printed without having been sanitised', async () => {
    requests.length = 0;
    const printer = new PdfPrinter();
    try {
      const pdf = await printer.print(`<!doctype html><p>printed</p>${attackText(host)}`, {
        title: 'hostile',
      });
      expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    } finally {
      await printer.close();
    }
    expect(requests).toEqual([]);
  });
});
