import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { stackDots } from '../src/plots/accuracy-strip.ts';
import { epochTicks, niceScale } from '../src/plots/axes.ts';
import { confusedPairs } from '../src/plots/confusion-matrix.ts';
import { packSprite } from '../src/plots/digit-sprite.ts';
import { binScores } from '../src/plots/score-distribution.ts';
import { tidySvg } from '../src/plots/tidy-svg.ts';
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

describe('tidying an SVG', () => {
  it('escapes what it is told', () => {
    const svg = tidySvg('<svg><g/></svg>', {
      id: 'x',
      title: '<script>&"\u0007',
      description: "it's",
      width: 1,
      height: 1,
    });
    expect(svg).toContain('<title id="x-title">&lt;script&gt;&amp;&quot;</title>');
    expect(svg).toContain('it&#39;s');
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
