import { type DecodedPng, decode } from 'fast-png';
import { checkKinds, type Finding, gradeForStudent } from '@labproof/grader';
import { studentEdition } from '@labproof/lab';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderClassReport } from '../src/pages/class-report.ts';
import { renderStudentReport } from '../src/pages/student-report.ts';
import { renderStudentText } from '../src/parts/answers/student-text.ts';
import { startBrowser } from '../src/pdf/start-browser.ts';
import { inspectHtml } from './synthetic/inspect-html.ts';
import { syntheticLab as lab } from './synthetic/lab.ts';
import { look, openPage } from './synthetic/viewer.ts';
import { SPOOFS, spoofedGrade } from './synthetic/spoofs.ts';

/*
 * What a student writes must not look like a part of our page. Each page is pictured twice, the second time with the
 * students' texts made invisible where they stand: whatever differs outside their frames was painted by them.
 */
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const grade = spoofedGrade();
const edition = studentEdition(lab, checkKinds);
const finding: Finding = {
  kind: 'similar-answers',
  students: ['a', 'b'],
  exercise: null,
  question: 'q1',
  message: 'Two answers share their words.',
  statistic: { name: 'share', value: 1, threshold: 0.6, falseAlarms: 'about 1 in 500 classes' },
  pairs: [{ students: ['a', 'b'], value: 1 }],
  excerpts: SPOOFS.map((text, index) => ({ student: String(index), text })),
};
const PAGES: readonly (readonly [string, string])[] = [
  ['student', renderStudentReport({ grade, lab, misclassifiedImages: {} })],
  [
    'self-check',
    renderStudentReport({
      grade: gradeForStudent(grade, edition),
      lab: edition,
      misclassifiedImages: {},
    }),
  ],
  ['class', renderClassReport({ grades: [grade], lab, findings: [finding] })],
];

/** Chromium pictures no more than this; below it nothing can be missed. */
const MOST_HEIGHT = 16_000;

/** Frames of what is a student's: answers, names of files and of people. */
const OWN = '.quote, .whose, h1, .files .mono, .files .why, td.name';

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The whole page, three or four bytes a pixel. */
async function picture(page: Page): Promise<DecodedPng> {
  return decode(await page.screenshot({ fullPage: true }));
}

/** Pixels that differ outside all frames; names are lines of text, whose accents reach a few pixels beyond. */
function strayed(seen: DecodedPng, bare: DecodedPng, frames: readonly Frame[]): string[] {
  const { width, height, channels } = seen;
  const allowed = new Uint8Array(width * height);
  for (const { left, top, right, bottom } of frames) {
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y += 1) {
      allowed.fill(1, y * width + Math.max(0, Math.floor(left)), y * width + Math.ceil(right));
    }
  }
  const out: string[] = [];
  for (let at = 0; at < seen.data.length && out.length < 5; at += 1) {
    if (seen.data[at] === bare.data[at]) continue;
    const pixel = Math.floor(at / channels);
    if (allowed[pixel] === 0) out.push(`${pixel % width}, ${Math.floor(pixel / width)}`);
  }
  return out;
}

describe.each(PAGES)('on the page "%s" a student’s text', (_, html) => {
  it.each([
    { width: 1280, theme: 'light' },
    { width: 360, theme: 'light' },
    { width: 680, theme: 'print' },
  ] as const)('paints nothing outside its frame at $width px, $theme', async (view) => {
    const page = await openPage(browser, html);
    try {
      await look(page, view);
      await page.evaluate(
        `document.querySelectorAll('details').forEach((details) => { details.open = true; })`,
      );
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(view.width);
      expect(Number(await page.evaluate('document.documentElement.scrollHeight'))).toBeLessThan(
        MOST_HEIGHT,
      );
      const frames = (await page.evaluate(
        `[...document.querySelectorAll(${JSON.stringify(OWN)})].map((own) => {
          const { left, top, right, bottom } = own.getBoundingClientRect();
          const more = own.matches('.quote') ? 0 : 6;
          return { left: left - more, top: top + scrollY - more, right: right + more, bottom: bottom + scrollY + more };
        }).filter(({ left, right }) => right > left)`,
      )) as Frame[];
      expect(frames.length).toBeGreaterThan(10);
      const seen = await picture(page);
      await page.addStyleTag({
        content: `:is(${OWN}), :is(${OWN}) *{visibility:hidden!important}`,
      });
      expect(strayed(seen, await picture(page), frames)).toEqual([]);
    } finally {
      await page.close();
    }
  });

  it('gets no class, style, identifier or address of ours', () => {
    for (const text of SPOOFS) {
      const own = renderStudentText(text).text;
      expect(inspectHtml(own)).toEqual({ active: [], handlers: [], addresses: [], ids: [] });
      const classes = [...own.matchAll(/<[a-z][^<>]* class="([^"]*)"/g)].flatMap(([, names = '']) =>
        names.split(' '),
      );
      expect(
        classes.filter((name) =>
          /^(?:badge|score|question|check|callout|passed|marks)$/.test(name),
        ),
      ).toEqual([]);
      expect(own).not.toMatch(/<[^<>]* style="[^"]*(?:background|position|border-color)/);
      expect(own).not.toMatch(/<[^<>]* style="[^"]*color:(?!currentColor|transparent)/);
    }
  });
});

it('a frame that clips nothing would be noticed', async () => {
  const html =
    PAGES[0]?.[1].replace(/\.quote\{padding[^}]*\}/, '.quote{padding:.7rem .9rem}') ?? '';
  const page = await openPage(browser, html);
  try {
    await look(page, { width: 1280, theme: 'light' });
    const frames = (await page.evaluate(
      `[...document.querySelectorAll('.quote')].map((own) => { const { left, top, right, bottom } = own.getBoundingClientRect(); return { left, top, right, bottom }; })`,
    )) as Frame[];
    await page.addStyleTag({ content: '.theirs{overflow:visible!important}' });
    const seen = await picture(page);
    await page.addStyleTag({ content: '.quote, .quote *{visibility:hidden!important}' });
    expect(strayed(seen, await picture(page), frames).length).toBeGreaterThan(0);
  } finally {
    await page.close();
  }
});
