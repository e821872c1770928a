import { escapeXml } from '@labproof/submission';

/** A table that says the same as a chart, for those who read numbers or hear the page. */
interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A drawn chart with its text alternative. */
export interface Chart {
  readonly id: string;
  /** What the chart shows, in a few words. */
  readonly title: string;
  /** What one sees in it: the text alternative. */
  readonly description: string;
  /** Inline SVG whose colours are custom properties of the page (see `PALETTE`). */
  readonly svg: string;
  readonly table: ChartTable;
}

export interface Drawing {
  /** Unique on its page; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly table: ChartTable;
  /** Size of the plotting area and of the margins around it, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly margin: Readonly<{ top: number; right: number; bottom: number; left: number }>;
  /** SVG elements from back to front, in pixels from the upper left corner of the plotting area; unfilled unless they say otherwise. */
  readonly marks: readonly string[];
}

/** Puts marks into an SVG that speaks as one image: `role="img"` with `<title>` and `<desc>`. */
export function frameChart(drawing: Drawing): Chart {
  const { id, title, description, table, margin, marks } = drawing;
  const width = margin.left + drawing.width + margin.right;
  const height = margin.top + drawing.height + margin.bottom;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="${id}-title ${id}-desc"`,
    ` width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, sans-serif">`,
    `<title id="${id}-title">${escapeXml(title)}</title>`,
    `<desc id="${id}-desc">${escapeXml(description)}</desc>`,
    `<g fill="none" transform="translate(${margin.left},${margin.top})">${marks.join('')}</g></svg>`,
  ].join('');
  return { id, title, description, svg, table };
}
