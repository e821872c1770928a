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
  { width, theme }: View,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const page = await browser.newPage();
  try {
    await page.setViewport({ width, height: 900 });
    if (theme === 'print') await page.emulateMediaType('print');
    else await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    return await use(page);
  } finally {
    await page.close();
  }
}

/** How wide a page is laid out, in CSS pixels: more than the view, and it scrolls sideways or is cut in print. */
export async function laidOutWidth(browser: Browser, html: string, view: View): Promise<number> {
  return withPage(browser, view, async (page) => {
    await page.setContent(html);
    if (view.text !== undefined)
      await page.addStyleTag({ content: `html{font-size:${view.text}!important}` });
    return Number(await page.evaluate('document.documentElement.scrollWidth'));
  });
}
