import type { Chart } from '../plots/chart.ts';
import { type Child, html, type Markup, trusted } from '../document/markup.ts';

/** A key to the marks of a chart. */
const SWATCHES = {
  yours:
    '<path d="M1 6h22" stroke="var(--yours)" stroke-width="2.2"/><circle cx="12" cy="6" r="2.8" fill="var(--yours)"/>',
  mean: '<path d="M1 6h22" stroke="var(--reference)" stroke-width="1.8" stroke-dasharray="5 3"/>',
  band: '<path d="M0 0h24v12H0z" fill="var(--band)" opacity=".3"/><path d="M0 3h24v6H0z" fill="var(--band)" opacity=".55"/>',
  run: '<path d="M1 6h22" stroke="var(--reference)" stroke-width="1"/>',
  stuck: '<path d="M1 6h22" stroke="var(--yours)" stroke-width="1.2"/>',
  trial: '<circle cx="12" cy="6" r="4" fill="var(--reference)"/>',
  bound: '<path d="M12 0v12" stroke="var(--ink)" stroke-width="1.5" stroke-dasharray="3 2"/>',
  circle: '<circle cx="12" cy="6" r="4.2" fill="var(--reference)"/>',
  hollow:
    '<circle cx="12" cy="6" r="3.8" fill="var(--surface)" stroke="var(--muted)" stroke-width="1.6"/>',
  boundary: '<path d="M1 6h22" stroke="var(--ink)" stroke-width="1.8"/>',
  value: '<path d="M12 1l5 5-5 5-5-5z" fill="var(--yours)"/>',
} as const;

export type Swatch = keyof typeof SWATCHES;

export function legend(entries: readonly (readonly [Swatch, string])[]): Markup {
  return html`<ul class="legend">
    ${entries.map(
      ([swatch, text]) =>
        html`<li>
          <svg viewBox="0 0 24 12" width="24" height="12" aria-hidden="true">
            ${trusted(SWATCHES[swatch])}</svg
          >${text}
        </li>`,
    )}
  </ul>`;
}

/** A chart with its title, an optional remark and, folded up, the numbers it shows. One of `whole` width scrolls inside itself on a phone. */
export function chartFigure(
  chart: Chart,
  remark: Child = null,
  width: 'beside' | 'whole' = 'beside',
): Markup {
  const { title, svg, table } = chart;
  const drawn =
    width === 'beside'
      ? trusted(svg)
      : html`<div class="scroll" role="region" aria-label="${title}" tabindex="0">
          ${trusted(svg)}
        </div>`;
  return html`<figure class="plot${width === 'whole' && ' whole'}">
    <figcaption>${title}</figcaption>
    ${drawn} ${remark}
    <details class="numbers">
      <summary>Numbers<span class="hidden"> of “${title}”</span></summary>
      ${dataTable(table.columns, table.rows, title)}
    </details>
  </figure>`;
}

/** A table whose first column heads its rows; it scrolls inside itself where it is too wide. */
export function dataTable(
  columns: readonly string[],
  rows: readonly (readonly Child[])[],
  label: string,
): Markup {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
    <table class="data">
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([head = '', ...cells]) =>
            html`<tr>
              <th scope="row">${head}</th>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
