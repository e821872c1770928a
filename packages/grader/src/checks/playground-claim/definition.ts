import { formatPercent } from '@labproof/submission';
import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkPlaygroundClaim } from './run.ts';

/**
 * A playground network that the answer describes reaches the target of the lab's playground exercise
 * `playground` in as many of `runs` seeded runs as its bounds ask for.
 */
export const playgroundClaim: CheckKind<SpecOf<'playground-claim'>> = {
  kind: 'playground-claim',
  title: 'Running the playground network again',
  needs: [],
  gradedBy: ({ runs, reliable, rare }) =>
    `the network in your answer, run again from ${runs} seeds: full points when it gets below the target in at least ${formatPercent(reliable, 0)} of runs, none below ${formatPercent(rare, 0)}, half between them`,
  run: checkPlaygroundClaim,
};
