import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkContradiction } from './run.ts';

/** What this answer states agrees with what the answer to `other` states of the same metric. */
export const contradiction: CheckKind<SpecOf<'contradiction'>> = {
  kind: 'contradiction',
  title: 'Two answers beside each other',
  needs: [],
  detail: ({ metric, other }) => `${metric}:${other}`,
  gradedBy: () => 'two answers beside each other',
  run: checkContradiction,
};
