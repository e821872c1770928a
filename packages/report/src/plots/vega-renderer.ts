import * as vega from 'vega';

/** The parts of Vega that draw without waiting and that its type declarations leave out. */
interface Undeclared {
  SVGStringRenderer: new (loader: unknown) => {
    initialize(
      element: null,
      width: number,
      height: number,
      origin: readonly [number, number],
      scaleFactor: number,
    ): void;
    render(root: unknown): void;
    svg(): string;
  };
  textMetrics: { canvas(use: boolean): void };
}

const { SVGStringRenderer, textMetrics } = vega as unknown as Undeclared;

// Text is measured by Vega's own estimate everywhere, also where an optional canvas package would measure it otherwise.
textMetrics.canvas(false);

/** Draws the scene of a view that has run, at a given size in CSS pixels, to SVG text. */
export function renderSvg(
  view: vega.View,
  size: { width: number; height: number; origin: readonly [number, number] },
): string {
  vega.resetSVGDefIds();
  const renderer = new SVGStringRenderer(view.loader());
  renderer.initialize(null, size.width, size.height, size.origin, 1);
  renderer.render((view.scenegraph() as unknown as { root: unknown }).root);
  return renderer.svg();
}
