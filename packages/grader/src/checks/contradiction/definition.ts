import { nearest } from '@labproof/lab';
import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkContradiction } from './run.ts';

/** What this answer states agrees with what the answer to `other` states of the same metric. */
export const contradiction: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('contradiction'),
    points: z.number().positive(),
    metric: z.enum(['accuracy', 'loss']),
    /** Id of the question whose answer speaks of the same model. */
    other: z.string(),
  }),
  title: 'Two answers beside each other',
  needs: [],
  selfCheck: 'same',
  detail: ({ metric, other }) => `${metric}:${other}`,
  issues({ other }, { id }, { questions }) {
    const others = questions.flatMap((question) => question.id ?? []).filter((one) => one !== id);
    const message = `question ${id} is compared with "${other}", which is no other question of this lab`;
    return others.includes(other)
      ? []
      : [{ option: 'other', message, instead: nearest(other, others) }];
  },
  gradedBy: () => 'two answers beside each other',
  run: checkContradiction,
});
