import { deflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { LabproofError } from '@labproof/core';
import type { ImageContent } from '../src/pictures/image-content.ts';
import { looksSame } from '../src/pictures/look.ts';
import { readPicture } from '../src/pictures/read-image.ts';
import { png } from './support/pictures.ts';
import { GREY, GREY_ALPHA, PALETTE, RGB, RGBA, rawPng } from './support/raw-png.ts';

function jpegOf(
  width: number,
  height: number,
  shade: (x: number, y: number) => number,
): Uint8Array {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1)
      data.fill(shade(x, y), (y * width + x) * 4, (y * width + x) * 4 + 3);
  }
  return new Uint8Array(jpeg.encode({ width, height, data: Buffer.from(data) }, 80).data);
}

const readImage = (bytes: Uint8Array, path: string): ImageContent =>
  readPicture(bytes, path).content;

function codeOf(read: () => ImageContent): string {
  try {
    read();
  } catch (error) {
    if (error instanceof LabproofError && error.owner === 'student') return error.code;
    throw error;
  }
  return 'read';
}

const rows = (first: readonly number[], second: readonly number[]): number[][] => [
  [...first],
  [...second],
];

describe('JPEG', () => {
  it('is measured, and blank where it shows nothing', () => {
    expect(
      readImage(
        jpegOf(64, 48, (x, y) => (x === y ? 0 : 255)),
        'a',
      ),
    ).toEqual({ width: 64, height: 48, blank: false });
    expect(
      readImage(
        jpegOf(32, 16, () => 255),
        'a',
      ),
    ).toEqual({ width: 32, height: 16, blank: true });
    expect(
      readImage(
        jpegOf(32, 16, (x) => 250 + (x % 2)),
        'a',
      ).blank,
    ).toBe(true);
  });
  it('is refused when it is cut off at its head, declares too much, or is something else', () => {
    const whole = jpegOf(64, 48, (x) => x * 4);
    expect(codeOf(() => readImage(whole.subarray(0, 30), 'a.jpg'))).toBe('image-unreadable');
    const start = whole.findIndex((byte, at) => byte === 0xff && whole[at + 1] === 0xc0);
    const huge = whole.slice();
    huge.set([0xff, 0xff, 0xff, 0xff], start + 5);
    expect(codeOf(() => readImage(huge, 'a.jpg'))).toBe('image-unreadable');
    expect(codeOf(() => readImage(new TextEncoder().encode('GIF89a'), 'a.jpg'))).toBe(
      'image-format',
    );
  });
});

describe('PNG of every depth', () => {
  it.each([
    ['1 bit, grey', { width: 8, depth: 1, colour: GREY, rows: rows([0xff], [0xef]) }, false],
    ['1 bit, white', { width: 8, depth: 1, colour: GREY, rows: rows([0xff], [0xff]) }, true],
    [
      '1 bit, black in the padding only',
      { width: 5, depth: 1, colour: GREY, rows: rows([0xf8], [0xf8]) },
      true,
    ],
    ['2 bits, grey', { width: 4, depth: 2, colour: GREY, rows: rows([0xff], [0xfc]) }, false],
    [
      '4 bits, one grey',
      { width: 4, depth: 4, colour: GREY, rows: rows([0x77, 0x77], [0x77, 0x77]) },
      true,
    ],
    [
      '4 bits, two greys',
      { width: 4, depth: 4, colour: GREY, rows: rows([0x77, 0x77], [0x7f, 0x77]) },
      false,
    ],
    [
      '8 bits, grey with opacity',
      { width: 1, depth: 8, colour: GREY_ALPHA, rows: rows([0, 0], [255, 0]) },
      true,
    ],
    [
      '8 bits, black seen through',
      { width: 1, depth: 8, colour: RGBA, rows: rows([0, 0, 0, 255], [0, 0, 0, 0]) },
      false,
    ],
    [
      '16 bits, grey',
      { width: 1, depth: 16, colour: GREY, rows: rows([0x80, 0], [0xff, 0xff]) },
      false,
    ],
    [
      '16 bits, nearly the same',
      { width: 1, depth: 16, colour: GREY, rows: rows([0x80, 0], [0x81, 0x10]) },
      true,
    ],
    [
      '16 bits, colours',
      {
        width: 1,
        depth: 16,
        colour: RGB,
        rows: rows([255, 255, 0, 0, 0, 0], [0, 0, 255, 255, 0, 0]),
      },
      false,
    ],
    [
      '16 bits with opacity',
      {
        width: 1,
        depth: 16,
        colour: RGBA,
        rows: rows([0, 0, 0, 0, 0, 0, 0, 0], [255, 255, 255, 255, 255, 255, 255, 255]),
      },
      true,
    ],
  ] as const)('%s', (_, picture, blank) => {
    expect(readImage(rawPng(picture), 'a.png')).toEqual({ width: picture.width, height: 2, blank });
  });
});

describe('PNG with a palette', () => {
  const palette = [255, 255, 255, 0, 0, 0, 255, 0, 0];
  it.each([
    ['two colours at 1 bit', 1, [[0b0000_0000], [0b0100_0000]], false],
    ['one of them at 1 bit', 1, [[0], [0]], true],
    [
      'colours at 2 bits',
      2,
      [
        [0b00_00_00_00, 0],
        [0b00_10_00_00, 0],
      ],
      false,
    ],
    [
      'one colour at 4 bits',
      4,
      [
        [0x11, 0x11, 0x11, 0x11],
        [0x11, 0x11, 0x11, 0x11],
      ],
      true,
    ],
    [
      'colours at 8 bits',
      8,
      [
        [0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 2, 0, 0, 0, 0],
      ],
      false,
    ],
  ] as const)('%s', (_, depth, lines, blank) => {
    const bytes = rawPng({
      width: 8,
      depth,
      colour: PALETTE,
      palette,
      rows: lines.map((line) => [...line]),
    });
    expect(readImage(bytes, 'a.png')).toEqual({ width: 8, height: 2, blank });
  });
  it('sees through colours that are transparent', () => {
    const bytes = (alpha: number[]): Uint8Array =>
      rawPng({
        width: 2,
        depth: 8,
        colour: PALETTE,
        palette,
        alpha,
        rows: [
          [0, 1],
          [1, 0],
        ],
      });
    expect(readImage(bytes([255, 255]), 'a.png').blank).toBe(false);
    expect(readImage(bytes([255, 0]), 'a.png').blank).toBe(true);
  });
  it('is refused where a pixel has a colour that the palette lacks, or there is no palette', () => {
    const read = (colours: number[] | undefined): string => {
      const picture = { width: 1, depth: 8, colour: PALETTE, rows: [[2]] };
      return codeOf(() =>
        readImage(
          rawPng(colours === undefined ? picture : { ...picture, palette: colours }),
          'a.png',
        ),
      );
    };
    expect([read(undefined), read([1, 2, 3]), read(palette)]).toEqual([
      'image-unreadable',
      'image-unreadable',
      'read',
    ]);
  });
});

describe('PNG under attack', () => {
  it('unfolds no more data than its size allows', () => {
    const bomb = deflateSync(new Uint8Array(64 * 2 ** 20));
    expect(bomb.length).toBeLessThan(2 ** 17);
    const bytes = rawPng({ width: 10, height: 10, depth: 8, colour: GREY, rows: [], data: bomb });
    expect(() => readImage(bytes, 'a.png')).toThrow(/more data than its size allows/u);
  });
  it('declares no more pixels than are looked at', () => {
    const bytes = rawPng({
      width: 100_000,
      height: 100_000,
      depth: 8,
      colour: GREY,
      rows: [],
      data: deflateSync(new Uint8Array(9)),
    });
    expect(codeOf(() => readImage(bytes, 'a.png'))).toBe('image-too-large');
  });
  it('is refused wherever it is cut off or damaged', () => {
    const whole = png({ width: 12, height: 9 });
    for (let length = 8; length < whole.length; length += 1) {
      expect(codeOf(() => readImage(whole.subarray(0, length), 'a.png'))).toBe('image-unreadable');
    }
    for (let at = 8; at < whole.length; at += 1) {
      const damaged = whole.with(at, (whole[at] ?? 0) ^ 0xff);
      expect(['image-unreadable', 'image-too-large', 'read']).toContain(
        codeOf(() => readImage(damaged, 'a.png')),
      );
    }
  });
});

/** Noise that follows from a seed (mulberry32). */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SIZE = { width: 320, height: 240 };

/** A curve between two axes, as of a training that gains `gain` and wobbles as `seed` says. */
function curve(gain: number, seed: number): number[][] {
  const next = noise(seed);
  const grey = Array.from({ length: SIZE.height }, () =>
    Array.from({ length: SIZE.width }, () => 255),
  );
  for (let y = 10; y < 220; y += 1) grey[y]?.fill(0, 20, 22);
  grey[220]?.fill(0, 20, 310);
  for (let x = 22; x < 310; x += 1) {
    const height = gain * (1 - Math.exp(-(x - 22) / 60)) + 6 * next();
    for (let thick = 0; thick < 2; thick += 1) {
      const row = grey[Math.round(215 - height) + thick];
      if (row !== undefined) row[x] = 40;
    }
  }
  return grey;
}

function pngOf(grey: readonly (readonly number[])[], scale = 1): Uint8Array {
  const height = grey.length * scale;
  const width = (grey[0]?.length ?? 0) * scale;
  const shades = Array.from({ length: height }, (_, y) =>
    Array.from(
      { length: width },
      (__, x) => grey[Math.floor(y / scale)]?.[Math.floor(x / scale)] ?? 0,
    ),
  );
  return rawPng({ width, depth: 8, colour: GREY, rows: shades });
}

const lookAt = (bytes: Uint8Array): ReturnType<typeof readPicture>['look'] =>
  readPicture(bytes, 'a').look;

describe('what a picture is like', () => {
  it('is nothing special for a plot, a diagonal, digits and a matrix of colours', () => {
    expect(lookAt(pngOf(curve(180, 1))).pattern).toBe(null);
    expect(lookAt(png()).pattern).toBe(null);
    expect(lookAt(png({ width: 1200, height: 900 })).pattern).toBe(null);
    const next = noise(3);
    const tiles = Array.from({ length: 10 }, () => Array.from({ length: 10 }, () => 255 * next()));
    const matrix = Array.from({ length: 400 }, (_, y) =>
      Array.from({ length: 400 }, (__, x) => tiles[Math.floor(y / 40)]?.[Math.floor(x / 40)] ?? 0),
    );
    expect(lookAt(pngOf(matrix)).pattern).toBe(null);
  });

  it.each([1, 2, 4, 8])(
    'is noise where everything differs from what is around it, in blocks of %d',
    (scale) => {
      const next = noise(5);
      const grey = Array.from({ length: 60 }, () => Array.from({ length: 80 }, () => 255 * next()));
      expect(lookAt(pngOf(grey, scale)).pattern).toBe('noise');
    },
  );

  it('is flat where nothing is drawn', () => {
    const slope = Array.from({ length: 200 }, () => Array.from({ length: 250 }, (_, x) => x));
    expect(lookAt(pngOf(slope)).pattern).toBe('flat');
    const next = noise(7);
    const grain = Array.from({ length: 200 }, () =>
      Array.from({ length: 250 }, () => 240 + 10 * next()),
    );
    expect(lookAt(pngOf(grain)).pattern).toBe('flat');
  });

  it('is the same in another size and compression, and not for another training', () => {
    const first = curve(180, 1);
    const original = lookAt(pngOf(first));
    expect(looksSame(original, lookAt(pngOf(first, 3)))).toBe(true);
    const jpg = jpegOf(SIZE.width, SIZE.height, (x, y) => first[y]?.[x] ?? 0);
    expect(looksSame(original, lookAt(jpg))).toBe(true);
    const touched = first.map((row) => [...row]);
    if (touched[5] !== undefined) touched[5][5] = 230;
    expect(looksSame(original, lookAt(pngOf(touched)))).toBe(true);
    expect(looksSame(original, lookAt(pngOf(curve(180, 2))))).toBe(false);
    expect(looksSame(original, lookAt(pngOf(curve(172, 1))))).toBe(false);
  });
});
