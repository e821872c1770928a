// Takes a minute: more than three hundred submissions are graded twice, shown and printed.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openKernels } from '@labproof/core';
import { type BatchResult, gradeBatch, gradePath, writeFilesTogether } from '@labproof/class';
import type { Grade } from '@labproof/grader';
import {
  PdfPrinter,
  gradesTable,
  renderClassReport,
  renderStudentReport,
  startBrowser,
} from '@labproof/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES, HONEST, Place, SLOW } from '../../../fixtures/hostile/cases.ts';
import { lab } from '../../submission/test/support/lab.ts';
import { datasets, squares } from '../../grader/test/support/squares.ts';
import { inspectHtml } from '../../report/test/synthetic/inspect-html.ts';

const SECRET = 'a-text-that-stands-outside-of-every-submission';
/** Files that a hostile submission may name and that must never be read. */
const PASSWORDS = readFileSync('/etc/passwd', 'utf8').split('\n')[0] ?? '';

let work: string;
let server: Server;
const asked: string[] = [];
let result: BatchResult;

/** By the name of the folder or .zip. */
const graded = new Map<string, Grade>();

const out = (...path: string[]): string => join(work, 'out', ...path);

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-hostile-'));
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const outside = join(work, 'outside');
  const at = { class: join(work, 'class'), outside, server: `http://127.0.0.1:${port}` };
  new Place({ ...at, class: work, folder: 'outside' }).files([
    ...HONEST,
    ['secret.md', `## Question 1\n\n${SECRET}\n`],
    ['secret.png', SECRET],
  ]);
  for (const { name, folder = name, make } of CASES) await make(new Place({ ...at, folder }));
  result = await gradeBatch({
    paths: [at.class],
    lab,
    loadDataset: async () => squares,
    engine: 'wasm',
    jobs: 2,
    out: out(),
    timeLimit: 120,
  });
  const folders = new Map(result.handIns.map(({ student, path }) => [student, basename(path)]));
  for (const grade of result.grades) {
    graded.set(folders.get(grade.student) ?? '', grade);
    const page = renderStudentReport({ grade, lab, misclassifiedImages: {} });
    writeFilesTogether(out(), [{ path: join(grade.student, 'report.html'), content: page }]);
  }
  const { summaries, findings } = result;
  const page = renderClassReport({ grades: summaries, lab, findings });
  writeFilesTogether(out(), [{ path: 'index.html', content: page }]);
});

afterAll(async () => {
  server.close();
  await rm(work, { recursive: true, force: true });
});

/** Attacks on readers of bytes: their pages are the honest one, with a refusal in it. */
const OF_BYTES =
  /^(?:zip|keras|graph|units|weights|shard|pdf|slow|link|hole|torch|tensors|onnx|hdf5|history)-/u;

/** The pages of the students. */
function reports(): string[] {
  return result.summaries.map(({ student }) => join(student, 'report.html'));
}

/** One page of every make: elements and names of attributes in their order, without texts and values. */
function onePageOfEach(paths: readonly string[]): string[] {
  const pages = new Map<string, string>();
  for (const path of paths) {
    const page = readFileSync(out(path), 'utf8');
    const make = page
      .slice(page.indexOf('<body'))
      .replaceAll(/>[^<]*</gu, '><')
      .replaceAll(/="[^"]*"/gu, '');
    if (!pages.has(make)) pages.set(make, path);
  }
  return [...pages.values()];
}

/** So many pages are opened as one: a browser takes longer over the fonts of a page than over its text. */
const TOGETHER = 40;
/** The pages as fewer, longer ones: the head of the first, with the bodies of all. */
function joined(paths: readonly string[]): string[] {
  const pages: string[] = [];
  for (let at = 0; at < paths.length; at += TOGETHER) {
    const some = paths.slice(at, at + TOGETHER).map((path) => readFileSync(out(path), 'utf8'));
    const bodies = some.map((page) => page.slice(page.indexOf('<body'), page.indexOf('</body>')));
    const [first = ''] = some;
    pages.push(`${first.slice(0, first.indexOf('<body'))}${bodies.join('\n')}</body></html>`);
  }
  return pages;
}

/** Everything that was written, by path. */
function written(): [string, string][] {
  return readdirSync(out(), { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(out(path)).isFile())
    .map((path) => [path, readFileSync(out(path), 'utf8')]);
}

describe('hostile submissions', () => {
  it('are at least three hundred, each of its own name', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(300);
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
    expect(result.summaries).toHaveLength(CASES.length);
  });

  it.each(CASES)('$name: $attack', ({ name, folder = name, deserves }) => {
    const grade = graded.get(folder);
    expect({
      status: grade?.status,
      score: grade?.score,
      pending: grade?.pending,
      ...(grade?.problem === null ? {} : { problem: grade?.problem?.code }),
    }).toEqual(deserves);
  });

  it('read nothing outside of their folders', () => {
    for (const [path, text] of written()) {
      expect(text.includes(SECRET), path).toBe(false);
      expect(text.includes(PASSWORDS), path).toBe(false);
    }
  });

  it('open no connection', () => {
    expect(asked).toEqual([]);
  });

  it('write nothing but results, each in its own folder', () => {
    const students = new Set(result.summaries.map(({ student }) => student));
    const files = new Set([
      'findings.json',
      'grades.csv',
      'grades.json',
      'grading-log.jsonl',
      'index.html',
      'notes.json',
      'reviews.csv',
    ]);
    for (const name of readdirSync(out())) {
      expect(students.has(name) || files.has(name) || name === '.grading', name).toBe(true);
    }
    expect(readdirSync(work).toSorted()).toEqual(['class', 'out', 'outside']);
  });

  it.each(['grades.csv', 'reviews.csv'])(
    'put no formula and no order to a terminal into %s',
    (file) => {
      const text = readFileSync(out(file), 'utf8');
      expect(steering(text.replaceAll('\r\n', ''))).toEqual([]);
      // Whatever a spreadsheet takes for the end of a cell.
      for (const cell of text.split(/[,;\t\r\n|]/u)) {
        expect(cell.replace(/^["\s]+/u, '')).not.toMatch(/^[=+\-@]/u);
      }
    },
  );

  it('put no order to a terminal into the table', () => {
    const table = gradesTable(result.summaries, { colour: false });
    expect(steering(table.replaceAll('\n', ''))).toEqual([]);
    expect(table.split('\n').length).toBeGreaterThan(CASES.length);
  });

  it('put nothing that runs or loads into a report', () => {
    const pages = written().filter(([path]) => path.endsWith('.html'));
    expect(pages).toHaveLength(CASES.length + 1);
    // The page of the class sorts its table with a script of its own.
    const own = renderClassReport({ grades: [], lab, findings: [] });
    for (const [path, page] of pages) {
      const { active, handlers, addresses } = inspectHtml(page);
      const expected = path === 'index.html' ? inspectHtml(own).active : [];
      // A picture of the student's own is inside of the page.
      const others = active.filter((element) => element !== 'img');
      expect({ path, active: others, handlers }).toEqual({ path, active: expected, handlers: [] });
      expect(scriptsIn(page)).toEqual(path === 'index.html' ? scriptsIn(own) : []);
      const leading = addresses.filter(
        (address) => !/^\.{1,2}\/[^/]+(?:\/report\.html)?(?:#|$)/u.test(address),
      );
      expect({ path, leading }).toEqual({ path, leading: [] });
    }
  });

  it('do nothing in a real browser, which runs scripts and may ask', async () => {
    const browser = await startBrowser();
    try {
      const page = await browser.newPage();
      const heard: string[] = [];
      page.on('dialog', (dialog) => {
        heard.push(`dialog ${dialog.message()}`);
        dialog.dismiss().catch(() => undefined);
      });
      page.on('request', (request) => {
        const url = request.url();
        if (url !== page.url() && !url.startsWith('data:') && !request.isNavigationRequest()) {
          heard.push(url);
        }
      });
      const places = joined(reports().filter((path) => !OF_BYTES.test(path))).map((html, at) => {
        const place = join(work, `pages-${at}.html`);
        writeFileSync(place, html);
        return place;
      });
      for (const place of places) {
        const address = pathToFileURL(place).href;
        await page.goto(address, { waitUntil: 'load' });
        expect(page.url()).toBe(address);
        expect(await page.evaluate('document.scripts.length'), place).toBe(0);
      }
      expect(heard).toEqual([]);
    } finally {
      await browser.close();
    }
    expect(asked).toEqual([]);
  });

  it('are printed, a page of every make', async () => {
    const printer = new PdfPrinter();
    try {
      const paths = onePageOfEach(reports());
      expect(paths.length).toBeGreaterThan(50);
      await Promise.all(
        paths.map(async (path) => {
          const pdf = await printer.print(readFileSync(out(path), 'utf8'), { title: path });
          expect(Buffer.from(pdf.subarray(0, 5)).toString(), path).toBe('%PDF-');
        }),
      );
    } finally {
      await printer.close();
    }
  });

  it('come out alone as in their class', async () => {
    const kernels = await openKernels('wasm');
    // What only takes time has taken it in the class, and what comes out of it does not depend on where.
    for (const { name, folder = name } of CASES.filter((one) => !SLOW.includes(one))) {
      const { student, name: said } = result.handIns.find(
        ({ path }) => basename(path) === folder,
      ) ?? { student: '', name: null };
      const path = join(work, 'class', folder);
      const task = { lab, kernels, datasets, student, name: said };
      const alone = await gradePath({ ...task, path });
      const inClass = graded.get(folder);
      expect({ folder, score: alone.score, outcomes: alone.outcomes }).toEqual({
        folder,
        score: inClass?.score,
        outcomes: inClass?.outcomes,
      });
      kernels.reset();
    }
  });

  it('come out the same on another engine, one by one, from a copy', async () => {
    await cp(join(work, 'class', 'markup'), join(work, 'again', 'markup'), { recursive: true });
    const again = await gradeBatch({
      paths: [join(work, 'again')],
      lab,
      loadDataset: async () => squares,
      engine: 'auto',
      jobs: 1,
      out: join(work, 'out-again'),
    });
    expect([...again.grades][0]).toEqual(graded.get('markup'));
    await rm(join(work, 'again'), { recursive: true });
    await rm(join(work, 'out-again'), { recursive: true });
  });
});

function scriptsIn(page: string): string[] {
  return page.match(/<script\b[^>]*>[^]*?<\/script>/giu) ?? [];
}

/** Control characters and overrides of the direction of text. */
function steering(text: string): string[] {
  return text.match(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu) ?? [];
}
