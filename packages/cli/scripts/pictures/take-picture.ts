import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { startBrowser } from '@labproof/report';
import type { Look, Shot } from './shots.ts';

type Browser = Awaited<ReturnType<typeof startBrowser>>;

/** Pages of a PDF that are shown beside each other. */
const PDF_PAGES = [1, 3, 7] as const;
/** Lossy WebP: text stays sharp, and a page takes a quarter of its PNG. */
const QUALITY = 78;

async function lookAt(browser: Browser, folder: string, look: Look): Promise<string> {
  const page = await browser.newPage();
  try {
    await page.setViewport({ width: look.width, height: look.height });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: look.theme }]);
    await page.setContent(readFileSync(join(folder, look.page), 'utf8'));
    await page.evaluate('document.fonts.ready');
    const top =
      look.from === undefined
        ? 0
        : await page.$eval(look.from, (element) => element.getBoundingClientRect().top - 24);
    const whole = await page.$eval('html', (element) => element.scrollHeight);
    const y = Math.max(0, Math.floor(top));
    return await page.screenshot({
      encoding: 'base64',
      captureBeyondViewport: true,
      clip: { x: 0, y, width: look.width, height: Math.min(look.height, whole - y) },
    });
  } finally {
    await page.close();
  }
}

/** Pages of a PDF as PNG; `null` where poppler's pdftoppm is not installed. */
function pagesOfPdf(path: string, width: number): string[] | null {
  const folder = mkdtempSync(join(tmpdir(), 'labproof-pdf-'));
  try {
    for (const page of PDF_PAGES) {
      const only = ['-f', String(page), '-l', String(page)];
      const size = ['-scale-to-x', String(width), '-scale-to-y', '-1'];
      const run = spawnSync('pdftoppm', ['-png', ...only, ...size, path, join(folder, 'page')]);
      if (run.status !== 0) return null;
    }
    return readdirSync(folder)
      .toSorted()
      .map((name) => readFileSync(join(folder, name)).toString('base64'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Takes a picture (WebP); `null` where this machine has not what it needs. */
export async function takePicture(
  browser: Browser,
  folder: string,
  { looks }: Shot,
): Promise<Uint8Array | null> {
  const images: string[] = [];
  for (const look of looks) {
    const pages = look.page.endsWith('.pdf')
      ? pagesOfPdf(join(folder, look.page), look.width)
      : look.page.endsWith('.png')
        ? [readFileSync(join(folder, look.page)).toString('base64')]
        : [await lookAt(browser, folder, look)];
    if (pages === null) return null;
    images.push(...pages);
  }
  const page = await browser.newPage();
  try {
    const tags = images.map((image) => `<img src="data:image/png;base64,${image}" alt="">`);
    const frame = images.length === 1 ? '' : ';gap:16px;padding:16px;background:#8a94a3';
    const style = `margin:0;display:inline-flex${frame}`;
    await page.setContent(
      `<!doctype html><style>img{display:block}</style><body style="${style}">${tags.join('')}`,
    );
    const body = await page.waitForSelector('body');
    if (body === null) throw new Error('a page without a body');
    return await body.screenshot({ type: 'webp', quality: QUALITY, captureBeyondViewport: true });
  } finally {
    await page.close();
  }
}
