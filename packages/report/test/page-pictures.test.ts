// Runs alone: it starts browsers, and ends some of them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import { afterAll, describe, expect, it } from 'vitest';
import { type PagePicture, PagePictures } from '../src/pdf/page-pictures.ts';
import { boxesToCover, pagesLike } from '../src/pdf/page-words.ts';
import { PdfPrinter } from '../src/pdf/pdf-printer.ts';

const fixture = (name: string): Uint8Array =>
  readFileSync(
    fileURLToPath(
      new URL(`../../../fixtures/answers/${name}/submission/answers.pdf`, import.meta.url),
    ),
  );
const pictures = new PagePictures();
const printer = new PdfPrinter();
afterAll(() => Promise.all([pictures.close(), printer.close()]));

/** How many pixels of a picture have a grey value. */
function pixelsOf({ png }: PagePicture, grey: number): number {
  const { data, channels } = decode(Buffer.from(png, 'base64'));
  let count = 0;
  for (let at = 0; at < data.length; at += channels) {
    if (data[at] === grey && data[at + 1] === grey && data[at + 2] === grey) count += 1;
  }
  return count;
}
/** The grey of a name that is covered. */
const COVER = 0x76;

describe('pages of a PDF as pictures', () => {
  it('are those on which the answer stands, with ink on them', async () => {
    const like = 'Sorting buttons by shade helps a tailor';
    const [page, ...others] = await pictures.draw(fixture('pdf-of-r-markdown'), {
      like,
      hide: null,
    });
    expect(others).toEqual([]);
    expect(page).toMatchObject({ number: 1, width: 1000 });
    if (page === undefined) throw new Error('there is no page');
    expect(decode(Buffer.from(page.png, 'base64'))).toMatchObject({
      width: page.width,
      height: page.height,
    });
    expect(pixelsOf(page, 0)).toBeGreaterThan(500);
    expect(pixelsOf(page, 255)).toBeGreaterThan(page.width * page.height * 0.8);
    expect(pixelsOf(page, COVER)).toBeLessThan(500);
  });

  it('cover what is to be hidden, also where it is set in pieces, and nothing else', async () => {
    const html = `<p>Handed in by <b>Ines</b> <i>Number</i>.</p><p style="margin-top:20cm">Meters are read for the company.</p>`;
    const pdf = await printer.print(html, { title: 'names' });
    const like = 'Meters are read';
    const hide = (text: string): string => text.replaceAll(/Ines|Number/gu, '[student]');
    const [open] = await pictures.draw(pdf, { like, hide: null });
    const [blind] = await pictures.draw(pdf, { like, hide });
    if (open === undefined || blind === undefined) throw new Error('there is no page');
    expect(pixelsOf(blind, COVER) - pixelsOf(open, COVER)).toBeGreaterThan(500);
    const ink = pixelsOf(open, 0);
    expect(pixelsOf(blind, 0)).toBeLessThan(ink);
    expect(pixelsOf(blind, 0)).toBeGreaterThan(ink / 2);
  });

  it('are none where a page has no words and names are hidden', async () => {
    const pdf = await printer.print(
      '<svg width="100" height="100"><rect width="50" height="50"/></svg>',
      {
        title: 'no words',
      },
    );
    expect(await pictures.draw(pdf, { like: 'x', hide: (text) => `${text}!` })).toEqual([]);
    expect(await pictures.draw(pdf, { like: 'x', hide: null })).toHaveLength(1);
  });

  it.each([
    ['no PDF', new TextEncoder().encode('<script>alert(1)</script>')],
    ['one that was cut off', fixture('pdf-with-plots').slice(0, 900)],
    ['too many bytes', new Uint8Array(33 * 2 ** 20)],
  ])('fail for %s, and the next one is drawn', async (_, bytes) => {
    await expect(pictures.draw(bytes, { like: 'x', hide: null })).rejects.toThrow(/\w/u);
    expect(
      await pictures.draw(fixture('pdf-with-plots'), { like: 'Sorting buttons', hide: null }),
    ).not.toEqual([]);
  });

  it('end the browser of one that takes too long, and none is started once it is closed', async () => {
    const hasty = new PagePictures({ patience: 1 });
    await expect(hasty.draw(fixture('pdf-with-plots'), { like: 'x', hide: null })).rejects.toThrow(
      'no answer',
    );
    await hasty.close();
    await expect(hasty.draw(fixture('pdf-with-plots'), { like: 'x', hide: null })).rejects.toThrow(
      'closed',
    );
  });
});

describe('words of pages', () => {
  const item = (text: string, ends = false) => ({ text, ends, box: [0, 0, 1, text.length] });

  it('choose the pages that hold most of an answer', () => {
    const pages = [
      { number: 1, items: [item('A title and a name.')] },
      { number: 2, items: [item('Meters are read for the company, which saves'), item('time.')] },
      { number: 3, items: [item('which saves time. Something else is told here.')] },
    ];
    const text = 'Meters are read for the company, which saves time.';
    expect(pagesLike(pages, text, 3).map(({ number }) => number)).toEqual([2]);
    expect(pagesLike(pages, 'which saves time', 3).map(({ number }) => number)).toEqual([2, 3]);
    expect(pagesLike(pages, 'nowhere to be found', 3).map(({ number }) => number)).toEqual([1]);
    expect(pagesLike([], text, 3)).toEqual([]);
  });

  it('cover a whole line where a name stands across its pieces', () => {
    const hide = (text: string): string => text.replaceAll(/\bInes\b/gu, '');
    const page = {
      number: 1,
      items: [item('by In'), item('es', true), item('Ines'), item('wins', true)],
    };
    expect(boxesToCover(page, hide)).toEqual([
      [0, 0, 1, 5],
      [0, 0, 1, 2],
      [0, 0, 1, 4],
    ]);
  });
});
