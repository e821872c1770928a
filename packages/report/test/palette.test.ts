import { describe, expect, it } from 'vitest';
import {
  DIAGONAL_OPACITY,
  MISTAKE_OPACITY,
  mistakeOpacity,
} from '../src/plots/confusion-matrix.ts';
import { blend, colour, contrast, PALETTE, paletteCss } from '../src/plots/palette.ts';

const OUTCOMES = [
  'passed',
  'partial',
  'failed',
  'missing',
  'needs-review',
  'refused',
  'broken',
] as const;

describe('contrast ratio', () => {
  it('is 21 between black and white and 1 between equals', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#777777')).toBe(1);
    // A pair that WCAG's own techniques name as just enough for text.
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
});

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const palette = PALETTE[theme];

  it.each(['ink', 'muted', 'accent'] as const)('%s text is legible on every ground', (text) => {
    for (const ground of ['page', 'surface', 'sunken'] as const) {
      expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('labels that charts colour are legible', () => {
    expect(contrast(palette.yours, palette.surface)).toBeGreaterThanOrEqual(4.5);
    // The strip tints the ground below the bound.
    const tinted = blend(palette.yours, palette.surface, 0.08);
    expect(contrast(palette.yours, tinted)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.ink, tinted)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(OUTCOMES)('the badge "%s" is legible', (outcome) => {
    expect(contrast(palette[outcome], palette[`${outcome}-soft`])).toBeGreaterThanOrEqual(4.5);
  });

  it('numbers on the confusion matrix are legible at every tint', () => {
    for (let count = 1; count <= 1000; count += 37) {
      const ground = blend(palette.miss, palette.surface, mistakeOpacity(count, 1000));
      expect(contrast(palette.ink, ground)).toBeGreaterThanOrEqual(4.5);
    }
    expect(mistakeOpacity(1000, 1000)).toBe(MISTAKE_OPACITY.most);
    const diagonal = blend(palette.hit, palette.surface, DIAGONAL_OPACITY);
    expect(contrast(palette.ink, diagonal)).toBeGreaterThanOrEqual(4.5);
  });

  it('lines stand out from the ground and the two main ones differ in lightness', () => {
    for (const line of ['yours', 'reference', 'axis'] as const) {
      expect(contrast(palette[line], palette.surface)).toBeGreaterThanOrEqual(3);
    }
  });

  it('declares every colour', () => {
    expect(paletteCss(theme)).toContain(`--ink:${palette.ink}`);
    expect(paletteCss(theme).split(';')).toHaveLength(Object.keys(palette).length);
  });
});

it('refers to colours by name, with the light value for a chart that stands alone', () => {
  expect(colour('yours')).toBe(`var(--yours,${PALETTE.light.yours})`);
});
