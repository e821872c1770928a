import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkClaimAgainstOutput } from './run.ts';

/** A number in the student's own words stands in the output that was handed in with it. */
export const claimAgainstOutput: CheckKind<SpecOf<'claim-against-output'>> = {
  kind: 'claim-against-output',
  title: 'The number beside the printed output',
  needs: [],
  detail: ({ metric }) => metric,
  gradedBy: () => 'the number in your answer, beside the output that you hand in',
  run: checkClaimAgainstOutput,
};
