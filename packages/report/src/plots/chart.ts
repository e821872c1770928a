import { compile, type TopLevelSpec } from 'vega-lite';
import { type Runtime, View, parse } from 'vega';
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

/** Compiled specifications: charts of one kind over the same scales differ in their rows alone. */
const compiled = new Map<string, Runtime>();
const COMPILED_LIMIT = 200;

function compileSpecification(specification: object): Runtime {
  const key = JSON.stringify(specification);
  let runtime = compiled.get(key);
  if (runtime === undefined) {
    runtime = parse(compile(specification as TopLevelSpec).spec);
    if (compiled.size >= COMPILED_LIMIT) compiled.clear();
    compiled.set(key, runtime);
  }
  return runtime;
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
  const runtime = compileSpecification({
    ...drawing.spec,
    width,
    height,
    padding: margin,
    autosize: 'none',
    config: CONFIG,
  });
  const view = new View(runtime, { renderer: 'none' });
  for (const [name, rows] of Object.entries(drawing.data)) {
    // Vega marks the rows that it is given.
    view.data(name, structuredClone(rows));
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
  view.finalize();
  return { id, title, description, svg, table };
}
