import { decode } from 'fast-png';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { answerPictures } from '../src/pictures/answer-pictures.ts';
import { readMarkdownAnswers } from '../src/answers/markdown-answers.ts';
import { filesInMemory } from '../src/files/submission-files.ts';
import { shrink } from '../src/pictures/pixels.ts';
import { readPixels } from '../src/pictures/read-image.ts';
import { type ShownPicture, shownPictures } from '../src/pictures/shown-pictures.ts';
import { kinds } from './support/kinds.ts';
import { lab } from './support/lab.ts';
import { png } from './support/pictures.ts';
import { GREY, GREY_ALPHA, PALETTE, RGBA, rawPng } from './support/raw-png.ts';

const plot = lab.questions.find(({ checks }) => checks.some(({ kind }) => kind === 'plot'));
const essay = lab.questions.find(({ checks }) => checks.every(({ kind }) => kind !== 'plot'));

function shown(markdown: string, content: Record<string, Uint8Array>): ShownPicture[] {
  const files = filesInMemory(new Map(Object.entries(content)));
  const answers = readMarkdownAnswers(markdown, 'answers.md', lab, kinds);
  const pictures = answerPictures(lab, kinds, answers, [], files);
  return shownPictures(lab, answers, pictures, files);
}

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));
const picturesOf = (number: number | undefined, ...paths: string[]): string =>
  `## Question ${number}\n\nMy curves.\n\n${paths.map((path) => `![a](${path})`).join('\n\n')}\n`;

describe('a picture that is drawn anew', () => {
  it('has the pixels of the student, and nothing else of the file', () => {
    const note = new TextEncoder().encode('<script>alert(1)</script>');
    const original = png();
    const [copy] = shown(picturesOf(plot?.number, 'a.png'), {
      'a.png': Uint8Array.from([...original, ...note]),
    });
    expect(copy).toMatchObject({ question: plot?.id, path: 'a.png', width: 80, height: 60 });
    const bytes = bytesOf(copy?.png ?? '');
    expect(decode(bytes).data).toEqual(decode(original).data);
    expect(Buffer.from(bytes).includes('script')).toBe(false);
  });

  it('is shown beside questions that ask for none, and beside every question that shows it', () => {
    const text = picturesOf(plot?.number, 'a.png') + picturesOf(essay?.number, 'a.png');
    expect(
      shown(text, { 'a.png': png() })
        .map(({ question }) => question)
        .toSorted(),
    ).toEqual([plot?.id, essay?.id].toSorted());
  });

  it('is left out where it cannot be read or is not there, and keeps no other away', () => {
    const text = picturesOf(plot?.number, 'broken.png', 'absent.png', 'http://h/x.png', 'good.png');
    const found = shown(text, {
      'broken.png': png().subarray(0, 60),
      'good.png': png(),
    });
    expect(found.map(({ path }) => path)).toEqual(['good.png']);
  });

  it('stays small, whatever was handed in', () => {
    const side = 1500;
    const data = new Uint8Array(side * side * 4);
    for (let at = 0, state = 1; at < data.length; at += 1) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      data[at] = state >> 16;
    }
    const noise = new Uint8Array(
      jpeg.encode({ width: side, height: side, data: Buffer.from(data) }, 70).data,
    );
    const [copy] = shown(picturesOf(plot?.number, 'noise.jpg'), { 'noise.jpg': noise });
    expect(bytesOf(copy?.png ?? '').length).toBeLessThanOrEqual(65_536);
    expect(copy?.width).toBeGreaterThanOrEqual(140);
    expect(copy?.height).toBe(copy?.width);
  });

  it('is one of a bounded number', () => {
    const paths = Array.from({ length: 12 }, (_, index) => `p${index}.png`);
    const text = lab.questions.map(({ number }) => picturesOf(number, ...paths)).join('\n');
    const files = paths.map((path, index) => [path, png({ shade: index * 20 })] as const);
    const found = shown(text, Object.fromEntries(files));
    expect(found.length).toBeGreaterThan(8);
    expect(found.length).toBeLessThanOrEqual(40);
  });
});

describe('pixels', () => {
  it.each([
    [
      'grey of one bit',
      { depth: 1, colour: GREY, rows: [[0b0100_0000]] },
      [0, 0, 0, 255, 255, 255],
    ],
    [
      'grey of 16 bits',
      { depth: 16, colour: GREY, rows: [[128, 0, 255, 255]] },
      [128, 128, 128, 255, 255, 255],
    ],
    [
      'half transparent black',
      { depth: 8, colour: GREY_ALPHA, rows: [[0, 0, 0, 255]] },
      [255, 255, 255, 0, 0, 0],
    ],
    [
      'colours with opacity',
      { depth: 8, colour: RGBA, rows: [[255, 0, 0, 255, 0, 0, 255, 0]] },
      [255, 0, 0, 255, 255, 255],
    ],
    [
      'a palette',
      { depth: 1, colour: PALETTE, rows: [[0b0100_0000]], palette: [1, 2, 3, 40, 50, 60] },
      [1, 2, 3, 40, 50, 60],
    ],
  ])('of %s are as they look on white paper', (_, picture, rgb) => {
    const pixels = readPixels(rawPng({ width: 2, ...picture }), 'a.png');
    expect([...pixels.rgb]).toEqual(rgb);
  });

  it('are averaged over areas where a picture shrinks, so that its mean stays', () => {
    const rgb = Uint8Array.from({ length: 3 * 3 * 3 }, (_, at) => (Math.floor(at / 3) % 2) * 90);
    expect([...shrink({ width: 3, height: 3, rgb }, 1, 1).rgb]).toEqual([40, 40, 40]);
    expect(shrink({ width: 3, height: 3, rgb }, 2, 2).rgb).toHaveLength(12);
    const flat = new Uint8Array(5 * 7 * 3).fill(77);
    expect(new Set(shrink({ width: 5, height: 7, rgb: flat }, 2, 3).rgb)).toEqual(new Set([77]));
  });
});
