import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkClaimAgainstWeights } from './run.ts';

/** A number written in the answer agrees with what the model does. */
export const claimAgainstWeights: CheckKind<SpecOf<'claim-against-weights'>> = {
  kind: 'claim-against-weights',
  title: 'The number in the answer',
  needs: ['test-images'],
  detail: ({ metric }) => metric,
  gradedBy: ({ metric }) => `the ${metric} in your answer, beside what your model does`,
  run: checkClaimAgainstWeights,
};
