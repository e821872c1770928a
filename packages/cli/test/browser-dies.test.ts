// Runs alone: it kills the browser that its environment names.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../../report/src/pdf/find-browser.ts';
import { PdfPrinter } from '../../report/src/pdf/pdf-printer.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from './harness.ts';

const fixtures = fileURLToPath(new URL('../../../fixtures/image-recognition', import.meta.url));
const CLASS = ['amy', 'ben', 'eve', 'kim', 'zoe'];
const NAME = 'PUPPETEER_EXECUTABLE_PATH';

let work: string;
let note: string;
const before = process.env[NAME];
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-browser-'));
  note = join(work, 'browsers');
  const { executable } = await findBrowser();
  const program = join(work, 'browser');
  writeFileSync(program, `#!/bin/sh\necho $$ >> "${note}"\nexec "${executable}" "$@"\n`);
  chmodSync(program, 0o755);
  process.env[NAME] = program;
  for (const name of CLASS) {
    await cp(join(fixtures, 'answers-missing/submission'), join(work, 'class', name), {
      recursive: true,
    });
  }
});
afterAll(async () => {
  if (before === undefined) delete process.env[NAME];
  else process.env[NAME] = before;
  await rm(work, { recursive: true, force: true });
});

const started = (): number[] =>
  existsSync(note) ? readFileSync(note, 'utf8').trim().split('\n').map(Number) : [];

/** Kills the first browsers, each some time into its work, wherever that may be, until `over` or `times` are struck. */
async function strike(times: number, over: AbortSignal): Promise<void> {
  for (let struck = 0; struck < times && !over.aborted; await pause(10)) {
    const browser = started()[struck];
    if (browser === undefined) continue;
    await pause(500 + struck * 400);
    try {
      process.kill(browser, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
    struck += 1;
  }
}

describe('a browser that is killed while a class is printed', () => {
  it('is started again, and every report is there', async () => {
    const out = join(work, 'graded');
    const args = [join(work, 'class'), '--lab', 'image-recognition', '--out', out, '--pdf'];
    const over = new AbortController();
    const striking = strike(2, over.signal);
    const { exitCode, err } = await runInProcess(['grade', ...args], work);
    over.abort();
    await striking;
    expect(exitCode, err).toBe(0);
    for (const name of CLASS) {
      expect(
        readFileSync(join(out, name, 'report.pdf'))
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
    // A fast machine may be done before the second is struck.
    expect(started().length).toBeGreaterThan(1);
  });

  it('is started again where it was killed as it started', async () => {
    const printer = new PdfPrinter({ patience: 5000 });
    const known = started().length;
    const opening = printer.open();
    while (started().length === known) await pause(1);
    process.kill(started().at(-1) ?? 0, 'SIGKILL');
    await opening;
    expect(started().length).toBeGreaterThan(known + 1);
    await printer.close();
  });

  it('is ended and replaced where it stands still, and printing ends', async () => {
    const printer = new PdfPrinter({ patience: 3000 });
    try {
      const small = '<!doctype html><title>x</title><p>x';
      const calm = await printer.print(small, { title: 'x' });
      process.kill(started().at(-1) ?? 0, 'SIGSTOP');
      expect(Buffer.from(await printer.print(small, { title: 'x' })).equals(calm)).toBe(true);
      process.kill(started().at(-1) ?? 0, 'SIGSTOP');
    } finally {
      await printer.close();
    }
    await expect(printer.print('x', { title: 'x' })).rejects.toThrow('closed');
  });
});
