import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { LabproofError } from '@labproof/core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { renderStudentReport } from '../src/pages/student-report.ts';
import { describeBrowser, findBrowser } from '../src/pdf/find-browser.ts';
import { PdfPrinter } from '../src/pdf/pdf-printer.ts';
import { stabilisePdf } from '../src/pdf/stable-pdf.ts';
import { contradicting, excellent, syntheticGrade, syntheticImages } from './synthetic/grades.ts';
import { syntheticLab as lab } from './synthetic/lab.ts';

const grade = syntheticGrade(excellent);
const html = renderStudentReport({ grade, lab, misclassifiedImages: syntheticImages(grade) });
const latin1 = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

describe('printing', () => {
  const printer = new PdfPrinter();
  afterAll(() => printer.close());

  it('gives a tagged, outlined A4 PDF with its fonts inside', async () => {
    await printer.open();
    const pdf = latin1(await printer.print(html, { title: 'report' }));
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf).toMatch(/\/MarkInfo <<\/Type \/MarkInfo\s*\/Marked true/);
    expect(pdf).toContain('/Outlines');
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]/);
    const pages = pdf.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(pages).toBeLessThanOrEqual(6);
    const fonts = pdf.match(/\/FontDescriptor\b/g)?.length ?? 0;
    const embedded = pdf.match(/\/FontFile[23]? /g)?.length ?? 0;
    expect(fonts).toBeGreaterThan(2);
    expect(embedded).toBeGreaterThanOrEqual(3);
    expect(pdf).not.toContain('/Type3');
    expect(pdf).toContain('+Inter-Regular');
    expect(pdf).not.toMatch(/\/JavaScript|\/Launch|\/URI \(/);
  });

  it('draws the text of charts also where the margins need a font of their own', async () => {
    const other = syntheticGrade(contradicting);
    const page = renderStudentReport({ grade: other, lab, misclassifiedImages: {} });
    const fresh = new PdfPrinter();
    try {
      const first = await fresh.print(page, { title: 'first' });
      const second = await fresh.print(page, { title: 'second' });
      expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
      expect(textOperators(first)).toBeGreaterThan(900);
    } finally {
      await fresh.close();
    }
  });

  it('gives the same bytes again, side by side and after other documents', async () => {
    const [one, , two, three] = await Promise.all([
      printer.print(html, { title: 'one' }),
      printer.print('<!doctype html><title>x</title><table><tr><th>a</th></tr></table>', {
        title: 'x',
      }),
      printer.print(html, { title: 'two' }),
      printer.print(html, { title: 'three' }),
    ]);
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
    expect(Buffer.from(one).equals(Buffer.from(three))).toBe(true);
  });

  it('prints the date that it is given', async () => {
    const pdf = await printer.print('<!doctype html><title>x</title>y', {
      title: 'x',
      date: 1_900_000_000,
    });
    expect(latin1(pdf)).toContain('/CreationDate (D:20300317174640');
    expect(latin1(pdf)).toContain('/ModDate (D:20300317174640');
  });
});

/** How many pieces of text the pages draw. */
function textOperators(pdf: Uint8Array): number {
  const file = latin1(pdf);
  let count = 0;
  for (const match of file.matchAll(/\/FlateDecode\s*\/Length (\d+)>> stream\n/g)) {
    const start = match.index + match[0].length;
    const content = inflateSync(Buffer.from(pdf.subarray(start, start + Number(match[1]))));
    count += content.toString('latin1').match(/\bT[jJ]\b/g)?.length ?? 0;
  }
  return count;
}

describe('a browser of one’s own', () => {
  const before = process.env['PUPPETEER_EXECUTABLE_PATH'];
  const folder = mkdtempSync(join(tmpdir(), 'labproof-browser-'));
  afterEach(() => {
    if (before === undefined) delete process.env['PUPPETEER_EXECUTABLE_PATH'];
    else process.env['PUPPETEER_EXECUTABLE_PATH'] = before;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function program(name: string, script: string): string {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  async function failure(print: () => Promise<unknown>): Promise<LabproofError> {
    try {
      await print();
    } catch (error) {
      if (error instanceof LabproofError) return error;
      throw error;
    }
    throw new Error('it did not fail');
  }

  it('that is not there is named', async () => {
    process.env['PUPPETEER_EXECUTABLE_PATH'] = join(folder, 'absent');
    const printer = new PdfPrinter();
    const error = await failure(() => printer.open());
    expect(error.code).toBe('pdf-browser-path');
    expect(error.message).toContain(join(folder, 'absent'));
    expect(error.message).toContain('HTML pages are complete');
    expect(error.fix).toContain('print it to PDF');
    expect(await describeBrowser()).toMatchObject({ available: false });
  });

  it('that does not start is our problem, and the message says that the HTML is there', async () => {
    process.env['PUPPETEER_EXECUTABLE_PATH'] = program('dead', 'exit 3');
    const printer = new PdfPrinter();
    const error = await failure(() => printer.print('x', { title: 'x' }));
    expect(error).toMatchObject({ code: 'pdf-browser-start', owner: 'us' });
    expect(error.message).toContain('HTML');
    await printer.close();
  });

  it('that dies between documents or within one is started again, and the document is printed all the same', async () => {
    delete process.env['PUPPETEER_EXECUTABLE_PATH'];
    const { executable } = await findBrowser();
    const note = join(folder, 'process');
    process.env['PUPPETEER_EXECUTABLE_PATH'] = program(
      'noted',
      `echo $$ >> "${note}"\nexec "${executable}" "$@"`,
    );
    const printer = new PdfPrinter();
    try {
      const small = '<!doctype html><title>x</title><p>x';
      const first = await printer.print(small, { title: 'x' });
      const started = (): string[] => readFileSync(note, 'utf8').trim().split('\n');
      expect(started()).toHaveLength(1);
      process.kill(Number(started()[0]), 'SIGKILL');
      const second = await printer.print(small, { title: 'x' });
      expect(started()).toHaveLength(2);
      expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);

      // In the middle of a document: hundreds of pages take much longer than the start of the kill.
      const long = `<!doctype html><title>x</title>${'<p style="break-after:page">x'.repeat(600)}`;
      const calm = await printer.print(long, { title: 'x' });
      const printing = printer.print(long, { title: 'x' });
      setTimeout(() => process.kill(Number(started()[1]), 'SIGKILL'), 50);
      expect(Buffer.from(await printing).equals(Buffer.from(calm))).toBe(true);
      expect(started()).toHaveLength(3);
    } finally {
      await printer.close();
    }
  });
});

it('describes the browser for the doctor', async () => {
  const { available, summary } = await describeBrowser();
  expect(available).toBe(true);
  expect(summary).toMatch(/^(?:bundled|environment|system) browser \/.+: /);
});

it('renumbers the names of table headers by rank and keeps every length', () => {
  const pdf = Buffer.from(
    "/CreationDate (D:20261121112235+00'00') (node00005447) (node00000012) (node00005447)",
    'latin1',
  );
  const stable = Buffer.from(stabilisePdf(pdf, 0)).toString('latin1');
  expect(stable).toBe(
    "/CreationDate (D:19700101000000+00'00') (node00000002) (node00000001) (node00000002)",
  );
});
