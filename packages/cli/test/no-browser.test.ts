import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runInProcess } from './harness.ts';

const fixtures = fileURLToPath(new URL('../../../fixtures/image-recognition', import.meta.url));
const CLASS = ['answers-missing', 'empty'];

let work: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-no-browser-'));
  for (const name of CLASS) {
    await cp(join(fixtures, name, 'submission'), join(work, 'class', name), { recursive: true });
  }
});
afterAll(() => rm(work, { recursive: true, force: true }));

const NAME = 'PUPPETEER_EXECUTABLE_PATH';
let before: string | undefined;
beforeEach(() => {
  before = process.env[NAME];
  process.env[NAME] = join(work, 'no-such-browser');
});
afterEach(() => {
  if (before === undefined) delete process.env[NAME];
  else process.env[NAME] = before;
});

/** What a message must say to somebody who wanted a PDF and got none. */
function expectsHelp(err: string): void {
  expect(err).toContain('[pdf-browser-path]');
  expect(err).toContain('The HTML pages are complete without it.');
  expect(err).toMatch(/what to do: .*print it to PDF/);
}

describe('where no browser can print', () => {
  it('every report of a class is written, the grades are printed, and the message says how to get the PDF', async () => {
    const graded = join(work, 'graded');
    const args = [join(work, 'class'), '--lab', 'image-recognition', '--out', graded, '--pdf'];
    const { exitCode, out, err } = await runInProcess(['grade', ...args], work);
    expect(exitCode).toBe(2);
    expectsHelp(err);
    expect(out).toContain('answers-missing');
    expect(await readFile(join(graded, 'index.html'), 'utf8')).toContain('2\u00a0submissions');
    for (const name of CLASS) {
      expect(await readFile(join(graded, name, 'report.html'), 'utf8')).toContain('</html>');
      expect(existsSync(join(graded, name, 'report.pdf'))).toBe(false);
    }

    const again = await runInProcess(['report', graded, '--pdf', '--json'], work);
    expect(again.exitCode).toBe(2);
    expect(JSON.parse(again.out)).toMatchObject({
      students: 2,
      pdfs: 0,
      pdfProblem: { code: 'pdf-browser-path' },
    });
  });

  it('the handout is written as a page', async () => {
    const out = join(work, 'handout');
    const { exitCode, err } = await runInProcess(
      ['handout', 'image-recognition', '--out', out, '--pdf'],
      work,
    );
    expect(exitCode).toBe(2);
    expectsHelp(err);
    expect(existsSync(join(out, 'handout.html'))).toBe(true);
  });

  it('the doctor says so', async () => {
    const { out } = await runInProcess(['doctor'], work);
    expect(out).toMatch(/absent +browser for PDF|browser for PDF: .*no program that can be run/);
  });
});
