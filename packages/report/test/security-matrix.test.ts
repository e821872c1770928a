import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encode } from 'fast-png';
import { type Browser, launch, type Page, TimeoutError } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderStudentReport } from '../src/pages/student-report.ts';
import { findBrowser } from '../src/pdf/find-browser.ts';
import { openLockedPage } from '../src/pdf/locked-page.ts';
import { startBrowser } from '../src/pdf/start-browser.ts';
import { attackedGrade } from './synthetic/attacked.ts';
import { attackText } from './synthetic/attacks.ts';
import { syntheticLab as lab } from './synthetic/lab.ts';

const FROM_FILE = 'content that is set, not opened from a file';

/** Everything that stands between a hostile answer and the network, the disk and a script. */
const LAYERS = [
  'sanitiser',
  'content security policy',
  'request interception',
  'JavaScript off',
  'dead proxy and resolver',
  FROM_FILE,
] as const;
type Layer = (typeof LAYERS)[number];

/** What got through. */
interface Damage {
  readonly connections: number;
  readonly filesRead: string[];
  readonly scripts: string | null;
}

const NONE: Damage = { connections: 0, filesRead: [], scripts: null };
/** Long enough for a refresh, a prefetch or a stylesheet to have gone out. */
const WAIT_MILLISECONDS = 400;
/** Unsanitised pages may never finish loading; what they do is seen long before. */
const PATIENCE = { waitUntil: 'load', timeout: 3000 } as const;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

function onlyLate(error: unknown): void {
  if (!(error instanceof TimeoutError)) throw error;
}

describe('the attacks of a hostile answer', () => {
  let server: Server;
  let host = '';
  let connections = 0;
  let folder = '';
  let canary = '';
  let closed: Browser;
  let open: Browser;

  beforeAll(async () => {
    // Requests count too: a browser reaches a server again over the connection that it has.
    server = createServer((_, response) => {
      connections += 1;
      response.end('x');
    });
    server.on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    folder = await mkdtemp(join(tmpdir(), 'labproof-attack-'));
    canary = pathToFileURL(join(folder, 'canary')).href;
    const pixel = encode({ width: 1, height: 1, data: new Uint8Array(3), channels: 3, depth: 8 });
    await writeFile(join(folder, 'canary.png'), pixel);
    await writeFile(join(folder, 'canary.html'), '<p>secret');
    await writeFile(join(folder, 'canary.css'), 'p{color:red}');
    closed = await startBrowser();
    const { executable, libraries } = await findBrowser();
    open = await launch({
      executablePath: executable,
      headless: 'shell',
      pipe: true,
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      env: { ...process.env, ...(libraries === null ? {} : { LD_LIBRARY_PATH: libraries }) },
    });
  });
  afterAll(async () => {
    await Promise.all([closed?.close(), open?.close()]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  /** A report of a submission in which everything is an attack; without the sanitiser the text also stands in it as it came. */
  function hostilePage(without: ReadonlySet<Layer>): string {
    const report = renderStudentReport({
      grade: attackedGrade(host, canary),
      lab,
      misclassifiedImages: {},
    });
    const raw = without.has('sanitiser')
      ? report.replace(/<main[^>]*>/, (main) => `${main}${attackText(host, canary)}`)
      : report;
    return without.has('content security policy')
      ? raw.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, '')
      : raw;
  }

  async function openPage(without: ReadonlySet<Layer>): Promise<Page> {
    const browser = without.has('dead proxy and resolver') ? open : closed;
    if (!without.has('request interception')) {
      const page = await openLockedPage(browser);
      if (without.has('JavaScript off')) await page.setJavaScriptEnabled(true);
      return page;
    }
    const page = await browser.newPage();
    if (!without.has('JavaScript off')) await page.setJavaScriptEnabled(false);
    return page;
  }

  async function show(page: Page, html: string, fromFile: boolean): Promise<void> {
    if (!fromFile) {
      await page.setContent(html, PATIENCE).catch(onlyLate);
      return;
    }
    // Interception would not even let the report be opened; what a reader does with it is a double click.
    await page.setRequestInterception(false);
    await writeFile(join(folder, 'report.html'), html);
    await page.goto(pathToFileURL(join(folder, 'report.html')).href, PATIENCE).catch(onlyLate);
  }

  /** Damage that is `expected` is waited for, as long as a busy machine needs. */
  async function damageWithout(
    layers: readonly Layer[],
    expected: (damage: Damage) => boolean = () => true,
  ): Promise<Damage> {
    const without = new Set(layers);
    const filesRead = new Set<string>();
    let alerted: string | null = null;
    let scripts: string | null = null;
    connections = 0;
    const page = await openPage(without);
    try {
      page.on('dialog', (dialog) => {
        alerted = 'alert';
        // A page that is gone has no dialog to dismiss any more.
        dialog.dismiss().catch(() => undefined);
      });
      page.on('response', (response) => {
        const url = response.url();
        if (url.startsWith(canary)) filesRead.add(url.slice(canary.length));
      });
      await show(page, hostilePage(without), without.has(FROM_FILE));
      for (;;) {
        await pause(WAIT_MILLISECONDS);
        // A page that was led away has no document to ask; its way is seen by the server.
        const ran = (await Promise.race([
          page.evaluate('document.documentElement.dataset.ran ?? null').catch(() => null),
          pause(1000).then(() => null),
        ])) as string | null;
        scripts ??= alerted ?? ran;
        const damage = { connections, filesRead: [...filesRead].toSorted(), scripts };
        if (expected(damage)) return damage;
      }
    } finally {
      await page.close();
    }
  }

  it('do get through where no layer is left', async () => {
    const opened = await damageWithout(
      LAYERS,
      ({ connections: made, filesRead }) => made > 0 && filesRead.includes('.png'),
    );
    expect(opened.connections).toBeGreaterThan(0);
    expect(opened.filesRead).toContain('.png');
    const set = await damageWithout(
      LAYERS.filter((layer) => layer !== FROM_FILE),
      ({ connections: made }) => made > 0,
    );
    expect(set.connections).toBeGreaterThan(0);
  });

  it('do run scripts where the sanitiser, the policy and JavaScript are open', async () => {
    const { scripts, connections: made } = await damageWithout(
      ['sanitiser', 'content security policy', 'JavaScript off'],
      (damage) => damage.scripts !== null,
    );
    expect(scripts).not.toBeNull();
    expect(made).toBe(0);
  });

  it('do nothing behind all layers', async () => {
    expect(await damageWithout([])).toEqual(NONE);
  });

  it.each(LAYERS)('do nothing without this one layer: %s', async (layer) => {
    expect(await damageWithout([layer])).toEqual(NONE);
  });

  it('do nothing where the sanitiser is all that is left', async () => {
    expect(await damageWithout(LAYERS.filter((layer) => layer !== 'sanitiser'))).toEqual(NONE);
  });
});
