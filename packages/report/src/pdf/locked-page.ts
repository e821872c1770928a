import type { Browser, HTTPRequest, Page } from 'puppeteer-core';

/** The only addresses that a report page may load: the pictures and fonts inside itself. */
const ALLOWED = /^data:(?:image\/(?:png|jpeg)|font\/woff2)[;,]/;

function guard(request: HTTPRequest): void {
  const url = request.url();
  const allowed = ALLOWED.test(url) || url === 'about:blank';
  // A request that the browser has already given up cannot be answered any more; that is no error of the report.
  (allowed ? request.continue() : request.abort('accessdenied')).catch(() => undefined);
}

/**
 * A page that runs no script and loads nothing from outside itself.
 * The reports' own content security policy and the browser's dead proxy stand behind it.
 */
export async function openLockedPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  page.on('request', guard);
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: 'light' },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  return page;
}
