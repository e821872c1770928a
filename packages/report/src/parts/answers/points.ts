import { formatPoints } from '../../format.ts';
import { html, type Markup } from '../../document/markup.ts';

interface Points {
  readonly given: number | null;
  readonly pending: number;
  readonly max: number;
}

/** `3 / 5`, or what stands in for it while nothing is decided. */
export function pointsText({ given, pending, max }: Points): string {
  if (given === null) return `– / ${formatPoints(max)}`;
  if (pending > 0 && given === 0 && pending === max) return `? / ${formatPoints(max)}`;
  return `${formatPoints(given)}${pending > 0 ? ' + ?' : ''} / ${formatPoints(max)}`;
}

/** A bar of the points given (solid), waiting for a reader (hatched) and not given (empty). The text beside it says the same. */
export function pointsBar({ given, pending, max }: Points): Markup {
  const share = (points: number): string =>
    `${max > 0 ? Math.round(Math.min(1, Math.max(0, points / max)) * 1000) / 10 : 0}%`;
  return html`<span class="bar" aria-hidden="true"
    ><i class="given" style="width:${share(given ?? 0)}"></i
    ><i class="pending" style="width:${share(pending)}"></i
  ></span>`;
}
