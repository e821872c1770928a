import { nearest } from '@labproof/lab';
import { formatPercent } from '@labproof/submission';
import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkPlaygroundClaim } from './run.ts';

/**
 * A playground network that the answer describes reaches the target of the lab's playground exercise
 * `playground` in as many of `runs` seeded runs as its bounds ask for.
 */
export const playgroundClaim: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('playground-claim'),
    points: z.number().positive(),
    /** Id of one of the lab's `playgrounds`. */
    playground: z.string(),
    runs: z.int().min(20).max(1000).default(100),
    /** Success rate from which on a claim is confirmed: the lower end of the interval reaches it. */
    reliable: z.number().min(0).max(1).default(0.5),
    /** Success rate below which it is refuted: the upper end of the interval stays below it. */
    rare: z.number().min(0).max(1).default(0.05),
  }),
  title: 'Running the playground network again',
  needs: ['playground'],
  selfCheck: 'same',
  issues({ playground }, { id }, { playgrounds }) {
    const ids = playgrounds.flatMap((one) => one.id ?? []);
    const message = `question ${id} runs the playground exercise "${playground}", which this lab does not have`;
    return ids.includes(playground)
      ? []
      : [{ option: 'playground', message, instead: nearest(playground, ids) }];
  },
  gradedBy: ({ runs, reliable, rare }) =>
    `the network in your answer, run again from ${runs} seeds: full points when it gets below the target in at least ${formatPercent(reliable, 0)} of runs, none below ${formatPercent(rare, 0)}, half between them`,
  run: checkPlaygroundClaim,
});
