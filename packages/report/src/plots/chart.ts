import { compile, type TopLevelSpec } from 'vega-lite';
import { View, parse } from 'vega';
import { tidySvg } from './tidy-svg.ts';
import { renderSvg } from './vega-renderer.ts';

/** A table that says the same as a chart, for those who read numbers or hear the page. */
export interface ChartTable {
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

/** Rows of a named data source of a specification. */
export type Rows = readonly Readonly<Record<string, string | number | boolean>>[];

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
  /** A Vega-Lite unit or layer specification whose data sources are named; its scales must not depend on the data. */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, Rows>>;
}

/**
 * Views by their specification. Charts of one kind over the same scales differ in their rows alone, so a view is
 * built once and given other rows; building one costs more than running it.
 */
const views = new Map<string, View>();
const MOST_VIEWS = 60;

/** Takes the view of a specification; it is given back by `keepView`, and never after it failed. */
function takeView(key: string, specification: object): View {
  const known = views.get(key);
  views.delete(key);
  return (
    known ?? new View(parse(compile(specification as TopLevelSpec).spec), { renderer: 'none' })
  );
}

function keepView(key: string, view: View): void {
  const [oldest] = views;
  if (oldest !== undefined && views.size >= MOST_VIEWS) {
    views.delete(oldest[0]);
    oldest[1].finalize();
  }
  views.set(key, view);
}

const CONFIG = {
  aria: false,
  background: null,
  font: 'Inter',
  view: { stroke: null },
} as const;

/** Draws a specification to SVG text. Needs no canvas, no DOM and no clock; the same drawing gives the same bytes. */
export function drawChart(drawing: Drawing): Chart {
  const { id, title, description, table, width, height, margin } = drawing;
  const specification = {
    ...drawing.spec,
    width,
    height,
    padding: margin,
    autosize: 'none',
    config: CONFIG,
  };
  const key = JSON.stringify(specification);
  const view = takeView(key, specification);
  for (const [name, rows] of Object.entries(drawing.data)) {
    // Vega marks the rows that it is given.
    view.data(
      name,
      rows.map((row) => ({ ...row })),
    );
  }
  view.run();
  const outerWidth = margin.left + width + margin.right;
  const outerHeight = margin.top + height + margin.bottom;
  const drawn = renderSvg(view, {
    width: outerWidth,
    height: outerHeight,
    origin: [margin.left, margin.top],
  });
  const svg = tidySvg(drawn, {
    id,
    title,
    description,
    width: outerWidth,
    height: outerHeight,
  });
  keepView(key, view);
  return { id, title, description, svg, table };
}
