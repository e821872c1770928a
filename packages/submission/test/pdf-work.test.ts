import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { LabproofError } from '@labproof/core';
import { describe, expect, it } from 'vitest';
import {
  PDF_TEXT,
  nestedForms,
  onePagePdf,
  packedPage,
} from '../../../fixtures/hostile/raw-pdf.ts';
import { ANSWERS_LIMITS } from '../src/answers/formats/limits.ts';
import { readAnswerFile } from '../src/answers/read-answer-file.ts';
import { kinds } from './support/kinds.ts';
import { lab } from './support/lab.ts';

/** More than a PDF may unpack to. */
const SPACES = Buffer.alloc(130 * 2 ** 20, ' ');

/** The code of the refusal, or the text that was read. */
async function reading(pdf: Uint8Array, limits = ANSWERS_LIMITS): Promise<string> {
  try {
    const { answers } = await readAnswerFile('a.pdf', pdf, lab, kinds, limits);
    return answers.map(({ text }) => text).join('\n');
  } catch (error) {
    if (error instanceof LabproofError && error.owner === 'student') return error.code;
    throw error;
  }
}

describe('a PDF that takes more than work does', () => {
  it.each<[string, () => Uint8Array]>([
    ['forms in forms, a hundred million times', () => nestedForms(9, 10, PDF_TEXT)],
    ['the same without any text', () => nestedForms(9, 10, '0 0 m ')],
    ['forms deeper than any program nests them', () => nestedForms(40, 1, PDF_TEXT)],
    [
      'a form that draws itself',
      () =>
        onePagePdf(`${PDF_TEXT}/X Do`, {
          resources: '/XObject<</X 6 0 R>>',
          more: [
            {
              value: '<</Subtype/Form/Resources<</XObject<</X 6 0 R>>>>>>',
              stream: `${PDF_TEXT}/X Do`,
            },
          ],
        }),
    ],
    ['states saved within one another', () => onePagePdf(PDF_TEXT + 'q '.repeat(3000))],
    ['the same in words that are no orders', () => onePagePdf(PDF_TEXT + 'question '.repeat(3000))],
    [
      'names written in another way',
      () =>
        onePagePdf(`${PDF_TEXT}/#58 Do`, {
          resources: '/XObject<</X 6 0 R>>',
          more: [
            {
              value: '<</Subtype/Form/Resources 7 0 R>>',
              stream: '/#58 Do '.repeat(1e5),
            },
            { value: '<</XObject 8 0 R>>' },
            { value: '<</#58 9 0 R>>' },
            { value: '<</Subtype/#46orm>>', stream: PDF_TEXT.repeat(100) },
          ],
        }),
    ],
    [
      'a page that says it is a picture',
      () =>
        onePagePdf({
          value: '<</Subtype/Image/Filter/FlateDecode>>',
          stream: deflateSync(SPACES),
        }),
    ],
    [
      'three hundred times a page of a megabyte',
      () => onePagePdf(PDF_TEXT + ' '.repeat(2 ** 20), { kids: 300 }),
    ],
  ])('is refused: %s', async (_, pdf) => {
    expect(await reading(pdf())).toBe('answers-too-large');
  });

  it('is stopped at more text than answers have', async () => {
    const limits = { ...ANSWERS_LIMITS, characters: 20_000 };
    expect(await reading(onePagePdf(PDF_TEXT.repeat(1000)), limits)).toBe('answers-too-large');
  });

  it('is refused where it is packed twice', async () => {
    expect(await reading(packedPage(PDF_TEXT, 2))).toBe('answers-unreadable');
  });
});

describe('an honest PDF', () => {
  it('is read where its states are saved as programs do, with q in words and pictures', async () => {
    const page = `${'q (quite equal) Tj '.repeat(150)}${'Q '.repeat(150)}BI /W 1 ID ${'q '.repeat(900)} EI `;
    expect(await reading(onePagePdf(page + PDF_TEXT))).toContain('5 seconds');
  });

  it.each<[string, () => Uint8Array]>([
    ['packed once', () => packedPage(PDF_TEXT, 1)],
    [
      'with a marker drawn fifty thousand times, as plots have them',
      () =>
        onePagePdf(`${PDF_TEXT}/P Do`, {
          resources: '/XObject<</P 6 0 R>>',
          more: [
            {
              value: '<</Subtype/Form/Resources<</XObject<</M 7 0 R>>>>>>',
              stream: '1 0 0 1 3 4 cm /M Do '.repeat(50_000),
            },
            { value: '<</Subtype/Form/Resources<<>>>>', stream: '0 0 m 1 1 l S' },
          ],
        }),
    ],
    [
      'with a large picture in it',
      () =>
        onePagePdf(`${PDF_TEXT}/I Do`, {
          resources: '/XObject<</I 6 0 R>>',
          more: [
            {
              value: '<</Subtype/Image/Width 10000/Height 10000/Filter/FlateDecode>>',
              stream: deflateSync(SPACES),
            },
          ],
        }),
    ],
  ])('is read: %s', async (_, pdf) => {
    expect(await reading(pdf())).toContain('about 5 seconds');
  });

  it('is read where a browser wrote it', async () => {
    const fixture = '../../../fixtures/answers/pdf-with-plots/submission/answers.pdf';
    expect(await reading(readFileSync(new URL(fixture, import.meta.url)))).not.toMatch(
      /^answers-/u,
    );
  });
});
