import { stuckShare } from './stuck-share.ts';

/** How often a number of further runs is to be enough: 19 times in 20. */
const CERTAINTY = 0.95;
/** A recipe of which hardly any run works is to be mended and not to be trained on. */
const MOST_FURTHER = 100_000;

/**
 * The fewest further runs of which at least `missing` work, 19 times in 20, after `stuck` of `n` got stuck. What is
 * expected would be too few every other time. The probability of one that works is known as well as `stuckShare` has it.
 * `null` where more than 100,000 would be asked for.
 */
export function runsUntilWorking(missing: number, stuck: number, n: number): number | null {
  if (missing <= 0) return 0;
  const { shares, weights } = stuckShare(stuck, n);
  const enough = (further: number): boolean => {
    const short = shares.reduce(
      (sum, share, at) => sum + (weights[at] ?? 0) * fewerWork(missing, further, share),
      0,
    );
    return short <= 1 - CERTAINTY;
  };
  let [few, many] = [missing - 1, missing];
  while (!enough(many)) {
    few = many;
    many *= 2;
    if (many > MOST_FURTHER) return null;
  }
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2);
    if (enough(middle)) many = middle;
    else few = middle;
  }
  return many;
}

/** The binomial probability that fewer than `missing` of `runs` work where the share `stuck` does not. */
function fewerWork(missing: number, runs: number, stuck: number): number {
  // Logarithms, since the first terms of many runs are too small for a number.
  const odds = Math.log1p(-stuck) - Math.log(stuck);
  let term = runs * Math.log(stuck);
  let sum = 0;
  for (let works = 0; works < missing; works += 1) {
    sum += Math.exp(term);
    term += Math.log((runs - works) / (works + 1)) + odds;
  }
  return sum;
}
