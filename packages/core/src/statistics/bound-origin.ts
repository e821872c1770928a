import type { ToleranceBound } from './tolerance-bound.ts';

/** How a bound follows from its runs, in words: "k = 2.40 on the logit scale" or "the 3rd smallest of 100 runs, …". */
export function boundOrigin(bound: ToleranceBound, decimals = 2): string {
  const { k, rank = 1, side, n, scale, zone, spreadFrom, stuck = 0 } = bound;
  const others = stuck > 0 ? `, of the ${n - stuck} that are not stuck` : '';
  if (k !== null) {
    const sisters = spreadFrom === 'pooled' ? ', with the spread of sister exercises' : '';
    return `k = ${k.toFixed(decimals)} on the ${scale} scale${sisters}${others}`;
  }
  const extreme = side === 'lower' ? 'smallest' : 'largest';
  const why = zone === undefined ? ', as they fall into groups' : others;
  return `the ${rank === 1 ? '' : `${ordinal(rank)} `}${extreme} of ${n} runs${why}`;
}

/** In English; ranks stay below 11 up to 300 runs and more. */
function ordinal(rank: number): string {
  const teen = rank % 100 >= 11 && rank % 100 <= 13;
  const suffix = teen ? 'th' : (['th', 'st', 'nd', 'rd'][rank % 10] ?? 'th');
  return `${rank}${suffix}`;
}
