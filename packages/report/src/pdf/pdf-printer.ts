import { LabproofError, reasonOf } from '@labproof/core';
import { WorkerPool } from '@labproof/core/workers';
import type { Browser, Page } from 'puppeteer-core';
import { openLockedPage } from './locked-page.ts';
import { stabilisePdf } from './stable-pdf.ts';
import { PATIENCE, startBrowser } from './start-browser.ts';
import { LateBrowser, within } from './within.ts';
import { reportError } from '../errors.ts';

export interface PrintOptions {
  /** Names the document in messages; the PDF takes its title from the HTML. */
  readonly title: string;
  /** The date in the PDF, in seconds since 1970 (UTC). */
  readonly date?: number;
}

/** Two pages keep two cores busy; more only take memory. */
const PAGES = 2;
/** Memory of a page grows with every document, so it is replaced after this many. */
const RECYCLE_AFTER = 25;
/** It may take so long to end by itself. */
const FAREWELL_MILLISECONDS = 5000;
/** A document is tried again, also because another one may have ended the browser in which it was printed. */
const MOST_ATTEMPTS = 3;
/** 1 January 2000: a date that plainly is none. */
const NO_DATE = 946_684_800;

const PDF_OPTIONS = {
  format: 'A4',
  preferCSSPageSize: true,
  printBackground: true,
  tagged: true,
  outline: true,
} as const;

/**
 * Loads every font of the page, also those that only its printed margins need, and lays the page out once more.
 * A font that comes late leaves text of charts out of the PDF, and a layout made before the fonts came leaves
 * traces in the areas of links that tell a first print from a second.
 * This runs beside the page, whose own scripts stay off.
 */
const SETTLE = `Promise.allSettled([...document.fonts].map((font) => font.load())).then(() => {
  const { style } = document.documentElement;
  style.display = 'none';
  document.documentElement.getBoundingClientRect();
  style.display = '';
})`;

interface Seat {
  page: Page | null;
  printed: number;
}

/**
 * Prints self-contained HTML to PDF (A4, tagged, outlined, fonts embedded).
 * One browser and two pages serve a whole class. A browser that dies or answers no more is ended, started again and the
 * document retried, twice; then a `LabproofError` with owner `us` is thrown, and other documents are not touched.
 * Nothing of a document is run and nothing outside it is loaded.
 */
export class PdfPrinter {
  readonly #signal: AbortSignal | undefined;
  readonly #patience: number;
  #browser: Promise<Browser> | null = null;
  #closed = false;
  readonly #seats: WorkerPool<Seat> = new WorkerPool({
    most: PAGES,
    stop: (seat) => this.#discard(seat),
  });

  /** When the signal fires, the printer closes: documents that are being printed fail. */
  constructor({
    signal,
    patience = PATIENCE,
  }: { readonly signal?: AbortSignal; readonly patience?: number } = {}) {
    this.#signal = signal;
    this.#patience = patience;
    signal?.addEventListener('abort', () => void this.close(), { once: true });
  }

  /** Finds and starts the browser. Throws a `LabproofError` (`pdf-no-browser`, `pdf-browser-path`, `pdf-browser-start`) where there is none. */
  async open(): Promise<void> {
    await this.#connected();
  }

  /**
   * Prints a document. The same HTML and date give the same bytes from the same browser.
   * Several calls may run at once; they share the pages.
   */
  async print(html: string, options: PrintOptions): Promise<Uint8Array> {
    if (this.#closed) throw new Error('the printer is closed');
    const start = (): Seat => ({ page: null, printed: 0 });
    return this.#seats.use({ name: 'pages', start }, (seat) => this.#printOn(seat, html, options));
  }

  /** Ends the browser, also one that answers no more. Documents that are being printed fail. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end(this.#browser);
  }

  async #printOn(seat: Seat, html: string, options: PrintOptions): Promise<Uint8Array> {
    for (let attempt = 1; ; attempt += 1) {
      const browser = this.#browser;
      try {
        return await this.#attempt(seat, html, options);
      } catch (error) {
        if (this.#closed || error instanceof LabproofError) throw error;
        if (isLate(error)) await this.#end(browser ?? this.#browser);
        await this.#discard(seat);
        if (attempt < MOST_ATTEMPTS) continue;
        throw reportError('pdf-print', {
          message: `The browser failed ${MOST_ATTEMPTS} times to print "${options.title}": ${reasonOf(error)}.`,
          fix: 'The HTML report is complete: open it and print it to PDF from any browser, or run `labproof report DIR --pdf` again.',
          cause: error,
        });
      }
    }
  }

  async #attempt(seat: Seat, html: string, { date = NO_DATE }: PrintOptions): Promise<Uint8Array> {
    if (seat.page !== null && (seat.printed >= RECYCLE_AFTER || seat.page.isClosed())) {
      await this.#discard(seat);
    }
    const browser = await this.#connected();
    const timeout = this.#patience;
    const page = seat.page ?? (await within(timeout, openLockedPage(browser)));
    seat.page = page;
    seat.printed++;
    await within(timeout, page.setContent(html, { waitUntil: 'load', timeout }));
    await within(timeout, page.evaluate(SETTLE));
    const pdf = await within(timeout, page.pdf({ ...PDF_OPTIONS, timeout }));
    return stabilisePdf(pdf, date);
  }

  /** The running browser; started at first use and again after it died. */
  async #connected(): Promise<Browser> {
    const current = this.#browser;
    const running = await current?.catch(() => null);
    if (running?.connected === true) return running;
    if (this.#closed) throw new Error('the printer is closed');
    // Of several documents that find the browser dead, only the first starts another.
    if (this.#browser === null || this.#browser === current)
      this.#browser = startBrowser(this.#signal, this.#patience);
    return this.#browser;
  }

  async #discard(seat: Seat): Promise<void> {
    const { page } = seat;
    seat.page = null;
    seat.printed = 0;
    // A page of a dead browser cannot be closed any more, and need not be.
    if (page !== null) await within(FAREWELL_MILLISECONDS, page.close()).catch(() => undefined);
  }

  /** Ends a browser by asking, and where it does not answer, by force. */
  async #end(started: Promise<Browser> | null): Promise<void> {
    if (started === null) return;
    if (this.#browser === started) this.#browser = null;
    const browser = await started.catch(() => null);
    if (browser === null) return;
    await within(Math.min(FAREWELL_MILLISECONDS, this.#patience), browser.close()).catch(() =>
      browser.process()?.kill('SIGKILL'),
    );
  }
}

function isLate(error: unknown): boolean {
  return error instanceof LateBrowser || (error instanceof Error && error.name === 'TimeoutError');
}
