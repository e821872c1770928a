import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { z } from 'zod';
import { PAGE_PICTURES_SCRIPT } from './page-pictures-script.ts';
import { boxesToCover, pagesLike } from './page-words.ts';
import { startBrowser } from './start-browser.ts';
import { within } from './within.ts';

/** A page of a PDF as a picture: pixels, and nothing else of the file. */
export interface PagePicture {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  /** A PNG in base64. */
  readonly png: string;
}

/** What is asked of a PDF. */
export interface PicturesAsked {
  /** The pages that hold most of this are drawn. */
  readonly like: string;
  /** What stands on a page and is changed by this is covered; `null` covers nothing. */
  readonly hide: ((text: string) => string) | null;
}

const LIMITS = {
  width: 1000,
  height: 1600,
  pages: 200,
  characters: 500_000,
  imagePixels: 16_000_000,
} as const;
const MOST_BYTES = 32 * 2 ** 20;
/** Most pages of one answer. */
const MOST_PAGES = 3;
/** A PDF that takes longer is shown by its text alone. */
const PATIENCE_MILLISECONDS = 20_000;

const OpenedSchema = z.strictObject({
  count: z.int(),
  pages: z.array(
    z.strictObject({
      number: z.int(),
      items: z.array(
        z.strictObject({ text: z.string(), ends: z.boolean(), box: z.array(z.number()).length(4) }),
      ),
    }),
  ),
});
const DrawnSchema = z.strictObject({
  png: z.string().regex(/^[A-Za-z0-9+/]+=*$/u),
  width: z.int().max(LIMITS.width + 1),
  height: z.int().max(LIMITS.height + 1),
});

/**
 * Draws pages of PDFs that students handed in: by pdf.js in a browser of its own, without a network, one PDF after the
 * other. One that takes too long, or ends the browser, is ended with it, and the next one gets another browser.
 */
export class PagePictures {
  readonly #signal: AbortSignal | undefined;
  readonly #patience: number;
  #browser: Browser | null = null;
  #page: Page | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor({
    signal,
    patience = PATIENCE_MILLISECONDS,
  }: { readonly signal?: AbortSignal; readonly patience?: number } = {}) {
    this.#signal = signal;
    this.#patience = patience;
  }

  /**
   * The pages of a PDF that hold a text. A page without any words is left out where something is to be covered, since
   * nobody knows what stands on it. Throws what is wrong with the file, or a `LabproofError` where there is no browser.
   */
  draw(bytes: Uint8Array, asked: PicturesAsked): Promise<PagePicture[]> {
    const work = this.#queue.then(() => this.#draw(bytes, asked));
    this.#queue = work.catch(() => undefined);
    return work;
  }

  /** Ends the browser. What is being drawn fails. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  async #draw(bytes: Uint8Array, { like, hide }: PicturesAsked): Promise<PagePicture[]> {
    if (this.#closed) throw new Error('the reading room is closed');
    if (bytes.length > MOST_BYTES) {
      throw new Error(`it has more than ${MOST_BYTES / 2 ** 20} MiB`);
    }
    const page = await this.#opened();
    try {
      const ask = (call: string): Promise<unknown> => page.evaluate(`labproof.${call}`);
      const limits = JSON.stringify(LIMITS);
      const base64 = Buffer.from(bytes).toString('base64');
      const pictures = async (): Promise<PagePicture[]> => {
        const { pages } = OpenedSchema.parse(await ask(`open("${base64}", ${limits})`));
        const told =
          hide === null
            ? pages
            : pages.filter(({ items }) => items.some(({ text }) => text.trim() !== ''));
        const drawn: PagePicture[] = [];
        for (const words of pagesLike(told, like, MOST_PAGES)) {
          const boxes = hide === null ? [] : boxesToCover(words, hide);
          const { number } = words;
          const call = `draw(${number}, ${JSON.stringify(boxes)}, ${limits})`;
          drawn.push({ number, ...DrawnSchema.parse(await ask(call)) });
        }
        await ask('close()');
        return drawn;
      };
      return await within(this.#patience, pictures());
    } catch (error) {
      await this.#end();
      throw error;
    }
  }

  /** The page beside which pdf.js is; a browser is started at first use and again after it was ended. */
  async #opened(): Promise<Page> {
    if (this.#page !== null && this.#browser?.connected === true) return this.#page;
    await this.#end();
    const browser = await startBrowser(this.#signal);
    this.#browser = browser;
    if (this.#closed) {
      await this.#end();
      throw new Error('the reading room is closed');
    }
    const page = await within(this.#patience, browser.newPage());
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const url = request.url();
      const isOwn = url === 'about:blank' || url.startsWith('blob:');
      (isOwn ? request.continue() : request.abort('accessdenied')).catch(() => undefined);
    });
    await page.setContent(
      `<!doctype html><meta http-equiv="content-security-policy" content="default-src 'none'; script-src blob:">`,
    );
    const source = JSON.stringify(readFileSync(pdfjsPath(), 'utf8'));
    await within(this.#patience, page.evaluate(`${PAGE_PICTURES_SCRIPT}(${source})`));
    this.#page = page;
    return page;
  }

  async #end(): Promise<void> {
    const browser = this.#browser;
    this.#browser = null;
    this.#page = null;
    if (browser === null) return;
    // It may be deep in a student's file: it is not asked.
    browser.process()?.kill('SIGKILL');
    await browser.close().catch(() => undefined);
  }
}

/** The one file of pdf.js that comes with unpdf, which reads the text of PDFs here. */
function pdfjsPath(): string {
  return join(dirname(createRequire(import.meta.url).resolve('unpdf')), 'pdfjs.mjs');
}
