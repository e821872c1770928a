import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { stackDots } from '../src/plots/strip.ts';
import { epochTicks, niceScale } from '../src/plots/scales.ts';
import { bottomAxis, leftAxis } from '../src/plots/axes.ts';
import { frameChart } from '../src/plots/chart.ts';
import { confusedPairs, drawConfusionMatrix } from '../src/plots/confusion-matrix.ts';
import { packSprite } from '../src/plots/digit-sprite.ts';
import { binScores } from '../src/plots/score-distribution.ts';
import { everyChart } from './synthetic/charts.ts';

describe('charts', () => {
  const charts = everyChart();

  it.each(charts.map((chart) => [chart.id, chart] as const))(
    '%s is as it was',
    async (id, chart) => {
      await expect(chart.svg).toMatchFileSnapshot(`snapshots/${id}.svg`);
    },
  );

  it('draws the same bytes again', () => {
    expect(everyChart().map(({ svg }) => svg)).toEqual(charts.map(({ svg }) => svg));
  });

  it.each(charts.map((chart) => [chart.id, chart] as const))(
    '%s speaks as one image and holds nothing that runs or loads',
    (id, { svg, title, description, table }) => {
      expect(svg).toContain(`role="img" aria-labelledby="${id}-title ${id}-desc"`);
      expect(svg).toContain(`<title id="${id}-title">${title}</title>`);
      expect(description.length).toBeGreaterThan(20);
      expect(svg).not.toMatch(/<(?:script|image|use|foreignObject|style)|href|on[a-z]+=/);
      expect(table.rows.length).toBeGreaterThan(0);
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    },
  );

  it.each(charts.map((chart) => [chart.id, chart] as const))(
    '%s has rounded numbers and unique ids',
    (_, { svg }) => {
      expect(svg).not.toMatch(/ (?:d|x|y|transform)="[^"]*\d\.\d{3}/);
      const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );
});

describe('the frame of a chart', () => {
  const frame = {
    id: 'x',
    title: '<script>&"\u0007',
    description: "it's",
    table: { columns: [], rows: [] },
    width: 100,
    height: 50,
    margin: { top: 1, right: 2, bottom: 3, left: 4 },
  };

  it('escapes what it is told', () => {
    const { svg } = frameChart({ ...frame, marks: [] });
    expect(svg).toContain('<title id="x-title">&lt;script&gt;&amp;&quot;</title>');
    expect(svg).toContain('it&#39;s');
  });

  it('is as large as the plot with its margins', () => {
    const { svg } = frameChart({ ...frame, marks: ['<path/>'] });
    expect(svg).toContain('width="106" height="54" viewBox="0 0 106 54"');
    expect(svg).toContain('<g fill="none" transform="translate(4,1)"><path/></g></svg>');
  });
});

describe('axes', () => {
  const axis = (labels: readonly string[], width: number): string[] => {
    const ticks = labels.map((label, index) => ({
      at: (width * index) / (labels.length - 1),
      label,
    }));
    const drawn = bottomAxis({ width, height: 10, ticks, title: '' });
    return [...drawn.matchAll(/<text[^>]*>([^<]+)</g)].map(([, label = '']) => label);
  };

  it('leave out labels that would touch, and never the last', () => {
    expect(axis(['1', '2', '3'], 100)).toEqual(['1', '2', '3']);
    expect(axis(['1,000', '2,000', '3,000'], 60)).toEqual(['3,000']);
    expect(axis(['1,000', '2,000', '3,000', '4,000', '5,000'], 130)).toEqual([
      '1,000',
      '3,000',
      '5,000',
    ]);
  });

  it('keep labels at their ends within the plot', () => {
    const ticks = [0, 50, 100].map((at) => ({ at, label: String(at) }));
    const drawn = bottomAxis({ width: 100, height: 10, ticks, title: 'x' });
    expect(drawn).toMatch(/text-anchor="start">0</);
    expect(drawn).toMatch(/<text x="50" y="[\d.]+">50</);
    expect(drawn).toMatch(/text-anchor="end">100</);
  });

  it('escape names', () => {
    const ticks = [{ at: 1, label: '<b>' }];
    expect(leftAxis({ height: 10, ticks, title: 'a & b' })).toMatch(/>&lt;b&gt;<.*>a &amp; b</);
  });
});

describe('the size of a confusion matrix', () => {
  const matrix = (classes: number, count: number): string =>
    drawConfusionMatrix({
      id: 'm',
      classes: Array.from({ length: classes }, (_, index) => `class ${index}`),
      confusion: Array.from({ length: classes }, (_, row) =>
        Array.from({ length: classes }, (_none, column) => (row === column ? count : 1)),
      ),
    }).svg;
  const widthOf = (svg: string): number => Number(/ width="(\d+)/.exec(svg)?.[1]);

  it.each([2, 3, 5, 10, 12, 20])('of %d classes keeps its letters readable', (classes) => {
    const width = widthOf(matrix(classes, 1000));
    // A page gives a chart 416 pixels beside another one, 736 alone: letters of 11 units become so many pixels.
    const shown = classes > 12 ? 736 : 416;
    const letters = (11 * shown) / width;
    expect(letters).toBeGreaterThan(8);
    expect(letters).toBeLessThan(19);
  });

  it('gives every number its cell', () => {
    const cellOf = (svg: string): number => Number(/<rect[^>]* width="([\d.]+)"/.exec(svg)?.[1]);
    expect(cellOf(matrix(20, 100_000))).toBeGreaterThan('100,000'.length * 6 * 0.9);
  });
});

describe('the names of a confusion matrix', () => {
  const named = (classes: readonly string[]): string =>
    drawConfusionMatrix({
      id: 'm',
      confusion: [
        [5, 1],
        [0, 6],
      ],
      classes,
    }).svg;

  it('stand upright below it, or aslant where they are long', () => {
    expect(named(['0', '1'])).not.toContain('rotate(-45)');
    expect(named(['cat', 'ship'])).toContain('rotate(-45)" y="9" text-anchor="end">ship<');
  });

  it('are cut where nothing has room for them, escaped, and numbers where there are none', () => {
    const svg = named(['a very long name of a class', '<b>']);
    expect(svg).toContain('>a very long na…<');
    expect(svg).toContain('>&lt;b&gt;<');
    expect(named([])).toContain('>1</text>');
  });
});

describe('scales', () => {
  it('end on round ticks that hold all values', () => {
    expect(niceScale([0.8712, 0.9763], { limits: [0, 1] })).toMatchObject({ domain: [0.86, 0.98] });
    expect(niceScale([0.3, 1], { limits: [0, 1] }).domain[1]).toBe(1);
  });

  it('keep a width where all values are equal', () => {
    const { domain } = niceScale([0.5, 0.5]);
    expect(domain[1]).toBeGreaterThan(domain[0]);
  });

  it('leave out what is no number', () => {
    expect(niceScale([Number.NaN, 1, 2, Number.POSITIVE_INFINITY]).domain).toEqual([1, 2]);
  });

  it('count epochs from one to the last', () => {
    expect(epochTicks(5)).toEqual([1, 2, 3, 4, 5]);
    expect(epochTicks(12)).toEqual([1, 2, 4, 6, 8, 10, 12]);
    expect(epochTicks(1)).toEqual([1]);
    expect(epochTicks(40).length).toBeLessThanOrEqual(8);
  });
});

describe('what charts count', () => {
  it('names the most frequent mistakes, ties by label', () => {
    const confusion = [
      [9, 1, 4],
      [4, 8, 0],
      [0, 2, 7],
    ];
    expect(confusedPairs(confusion, 3)).toEqual([
      { label: 0, predicted: 2, count: 4 },
      { label: 1, predicted: 0, count: 4 },
      { label: 2, predicted: 1, count: 2 },
    ]);
    expect(confusedPairs([[5]], 3)).toEqual([]);
  });

  it('puts the full score into the last bin and loses none', () => {
    const bins = binScores([0, 0.5, 9.99, 10], 10);
    expect(bins).toHaveLength(10);
    expect(bins[0]?.count).toBe(2);
    expect(bins[9]?.count).toBe(2);
  });

  it('stacks dots that would overlap', () => {
    const scale = niceScale([0, 1]);
    expect(stackDots([0.5, 0.5, 0.9], scale, 300).map(({ level }) => level)).toEqual([0, 1, 0]);
  });
});

describe('the sprite of misclassified images', () => {
  const image = (index: number, value: number) => ({
    index,
    width: 2,
    height: 2,
    channels: 1,
    pixels: new Uint8Array(4).fill(value),
  });

  it('puts each image into its own tile', () => {
    const sprite = packSprite([image(1, 10), image(2, 20), image(3, 30)], 2);
    if (sprite === null) throw new Error('no sprite');
    expect(sprite).toMatchObject({ columns: 2, rows: 2, tileWidth: 2, tileHeight: 2 });
    const png = decode(Buffer.from(sprite.uri.split(',')[1] ?? '', 'base64'));
    expect([png.width, png.height, png.channels]).toEqual([4, 4, 1]);
    expect([...png.data.slice(0, 4)]).toEqual([10, 10, 20, 20]);
    expect([...png.data.slice(8, 12)]).toEqual([30, 30, 0, 0]);
  });

  it('is nothing for no image, and refuses images of another shape', () => {
    expect(packSprite([])).toBeNull();
    expect(() => packSprite([image(1, 1), { ...image(2, 1), width: 3 }])).toThrow(RangeError);
    expect(() => packSprite([{ ...image(1, 1), channels: 2 }])).toThrow(RangeError);
  });
});
