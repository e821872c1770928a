import { type Colour, LEAST_OPACITY, WHITE, isLost, over } from '../../../blocks/styles/colour.ts';
import type { DrawnLetter, FilledArea, PageDrawing } from './drawing.ts';
import type { Box } from './geometry.ts';

/** Letters smaller than this, in points, are not meant to be read. */
const LEAST_SIZE = 2;
/** Of what lies over a letter, so much has to let it through. */
const LEAST_LEFT = 0.15;
/** Looks at areas for the letters of one page. */
const MOST_LOOKS = 30_000_000;

/**
 * Whether each letter of a page can be seen: it has ink of another colour than what was painted below it, nothing painted
 * later covers it, and it is neither tiny nor cut off. What pictures show is not looked at. `null` where that takes too long.
 */
export function seenLetters({ letters, areas }: PageDrawing, view: Box): readonly boolean[] | null {
  let looks = 0;
  const seen: boolean[] = [];
  for (const letter of letters) {
    looks += areas.length + 1;
    if (looks > MOST_LOOKS) return null;
    seen.push(isSeen(letter, areas, view));
  }
  return seen;
}

function isSeen(
  { colour, size, middle, clip, after }: DrawnLetter,
  areas: readonly FilledArea[],
  view: Box,
): boolean {
  if (colour === null || colour.opacity < LEAST_OPACITY || size < LEAST_SIZE) return false;
  if (!isWithin(middle, clip) || !isWithin(middle, view)) return false;
  let ground: Colour = WHITE;
  let left = 1;
  for (const [index, area] of areas.entries()) {
    if (!isWithin(middle, area.box)) continue;
    const below = index < after;
    // What a pattern looks like is not known: below, the page is taken; above, it covers.
    if (below ? area.colour === null : area.darkens) continue;
    if (!isInside(area, middle)) continue;
    if (below && area.colour !== null)
      ground = over({ ...area.colour, opacity: area.opacity }, ground);
    else left *= 1 - area.opacity;
  }
  return left > LEAST_LEFT && !isLost(colour, ground);
}

function isWithin([x, y]: readonly [number, number], [left, lower, right, upper]: Box): boolean {
  return x >= left && x <= right && y >= lower && y <= upper;
}

/** Whether a place lies inside the outlines, by how often they go round it. */
function isInside({ outlines, evenOdd }: FilledArea, [x, y]: readonly [number, number]): boolean {
  let winding = 0;
  let crossings = 0;
  for (const outline of outlines) {
    for (let at = 0; at < outline.length; at += 2) {
      const x1 = outline[at] ?? 0;
      const y1 = outline[at + 1] ?? 0;
      const x2 = outline[(at + 2) % outline.length] ?? 0;
      const y2 = outline[(at + 3) % outline.length] ?? 0;
      if (y1 > y === y2 > y) continue;
      if (x1 + ((y - y1) / (y2 - y1)) * (x2 - x1) <= x) continue;
      crossings += 1;
      winding += y2 > y1 ? 1 : -1;
    }
  }
  return evenOdd ? crossings % 2 === 1 : winding !== 0;
}
