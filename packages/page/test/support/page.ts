/// <reference lib="dom" />
import type { ElementHandle, Page } from 'puppeteer-core';

/** Waits until everything is loaded. */
export async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.querySelector('.loading')?.textContent?.startsWith('Everything'),
  );
}

/** Chooses a folder in the page's dialog for folders, as a person does. */
export async function chooseFolder(page: Page, folder: string): Promise<void> {
  const input = (await page.$('#folder')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(folder);
}

/** Chooses files in the page's dialog for files. */
export async function chooseFiles(page: Page, ...paths: string[]): Promise<void> {
  const input = (await page.$('#files')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(...paths);
}

/** Waits for the result and gives it as the page would save it. */
export async function resultOf(page: Page): Promise<{ json: string; html: string }> {
  await page.waitForFunction(() => document.querySelector('iframe.report') !== null);
  const html = await page.$eval('iframe.report', (frame) => frame.getAttribute('srcdoc') ?? '');
  const json = await savedJson(page);
  return { json, html };
}

/** Presses the button of this name. */
export async function press(page: Page, name: string): Promise<void> {
  const found = await page.evaluateHandle(
    (text) => [...document.querySelectorAll('button')].find((one) => one.textContent === text),
    name,
  );
  await (found.asElement() as ElementHandle<HTMLButtonElement> | null)?.click();
}

/** Forgets what was chosen and waits until nothing of it is shown. */
export async function startOver(page: Page): Promise<void> {
  await press(page, 'Start over');
  await page.waitForFunction(() => document.querySelector('.result, .chosen') === null);
}

/** What "Save as JSON" saves. */
async function savedJson(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const make = URL.createObjectURL.bind(URL);
    let saved: Blob | null = null;
    URL.createObjectURL = (object) => {
      if (object instanceof Blob) saved = object;
      return make(object);
    };
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = () => undefined;
    const button = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent === 'Save as JSON',
    );
    button?.click();
    URL.createObjectURL = make;
    HTMLAnchorElement.prototype.click = click;
    return (saved as Blob | null)?.text() ?? '';
  });
}
