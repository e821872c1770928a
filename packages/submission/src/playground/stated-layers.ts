import { SMALL_NUMBER, smallNumber } from './plain-prose.ts';

const HIDDEN = '(?:hidden|verborgene[nrms]?|versteckte[nrms]?)';
const LAYER = '(?:[ -]?(?:layers?|schicht(?:en)?|ebenen?))';
const NEURONS = '(?:hidden )?(?:neurons?|neuronen?|units?|nodes?|einheiten)';
const LIST = `(${SMALL_NUMBER}(?: ?(?:,|and|und|\\+|&|then|dann)+ ?${SMALL_NUMBER})*)`;

const NONE = new RegExp(
  `\\b(?:no|without(?: a| any)?|0|keine[nr]?|ohne)(?: ${HIDDEN})${LAYER}`,
  'u',
);
const COUNTS = [
  new RegExp(`\\b(${SMALL_NUMBER}|a) ?${HIDDEN}${LAYER}`, 'gu'),
  new RegExp(
    `\\b${HIDDEN}${LAYER}\\W{0,4}(?:count|is|was|number|anzahl)?\\W{0,3}(${SMALL_NUMBER})\\b(?! ?${NEURONS})`,
    'gu',
  ),
];
const WIDTHS = new RegExp(
  `\\b${NEURONS}(?: (?:per|in each|pro|je|in jeder)(?: ${HIDDEN})?${LAYER})? ?[:=] ?${LIST}(?: ?${NEURONS})?|\\b${LIST} ?${NEURONS}`,
  'gu',
);
const EACH = /\b(?:each|every|per|je|jeweils|pro|jede[rnm]?)\b/u;
const SHAPE = /\bnetwork ?shape\W{1,3}(\d+(?: ?, ?\d+)*)/u;

/**
 * Neurons of each hidden layer, as a text states them; `null` where it does not, or where what it says of layers and of
 * neurons does not fit together.
 */
export function statedLayers(prose: string): number[] | null {
  const shape = SHAPE.exec(prose)?.[1];
  if (shape !== undefined) return shape.split(',').map(Number);
  const widths = [...prose.matchAll(WIDTHS)].map((match) =>
    [...(match[1] ?? match[2] ?? '').matchAll(new RegExp(SMALL_NUMBER, 'gu'))].map(([word]) =>
      smallNumber(word),
    ),
  );
  const counts = new Set(
    COUNTS.flatMap((pattern) => [...prose.matchAll(pattern)]).map(([, word = '']) =>
      word === 'a' ? 1 : smallNumber(word),
    ),
  );
  if (counts.size === 0 && widths.length === 0 && NONE.test(prose)) return [];
  if (counts.size !== 1) return null;
  const [layers = 0] = counts;
  if (layers === 0) return widths.length === 0 ? [] : null;
  // The same width told twice is one width.
  const [first = []] = widths;
  const repeated = widths.every((list) => list.join() === first.join());
  const listed = repeated && first.length === layers ? first : widths.flat();
  if (listed.length === layers) return listed;
  const [width] = first;
  const same = repeated && first.length === 1 && width !== undefined && EACH.test(prose);
  return same ? Array.from({ length: layers }, () => width) : null;
}
