import type { Browser, Page } from 'puppeteer-core';

/** How a page is looked at. */
export interface View {
  /** CSS pixels. */
  readonly width: number;
  readonly theme: 'light' | 'dark' | 'print';
  /** Size of text against the browser's own, where the reader has enlarged it. */
  readonly text?: '200%';
}

/** Opens an empty page for a moment. */
export async function withPage<T>(
  browser: Browser,
  view: View,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const page = await openPage(browser);
  try {
    await look(page, view);
    return await use(page);
  } finally {
    await page.close();
  }
}

/** A page that waits for its content as long as a busy machine needs. */
export async function openPage(browser: Browser, html?: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  if (html !== undefined) await page.setContent(html);
  return page;
}

/** Looks at an open page in another way than before; laying it out again costs less than opening it again. */
export async function look(page: Page, { width, theme }: View): Promise<void> {
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaType(theme === 'print' ? 'print' : 'screen');
  const scheme = theme === 'dark' ? 'dark' : 'light';
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
}

/** How wide a page is laid out, in CSS pixels: more than the view, and it scrolls sideways or is cut in print. */
export async function laidOutWidth(page: Page, view: View): Promise<number> {
  await look(page, view);
  const enlarged =
    view.text === undefined
      ? null
      : await page.addStyleTag({ content: `html{font-size:${view.text}!important}` });
  const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
  await enlarged?.evaluate((style) => style.remove());
  return width;
}
