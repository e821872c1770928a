import { RubricItemSchema } from '@labproof/lab';
import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkFreeText } from './run.ts';

/** Read by a human with the rubric, whose `words` suggest what is there. */
export const freeText: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('free-text'),
    points: z.number().positive(),
    rubric: z.array(RubricItemSchema).min(1),
  }),
  title: 'The written answer',
  needs: [],
  // The rubric is the instructor's.
  selfCheck: ({ kind, points }) => ({
    kind,
    points,
    rubric: [{ concept: 'the answer', points, lookFor: 'A person reads your answer.' }],
  }),
  // One that does not add up would leave the reader with points to invent or to lose.
  issues({ points, rubric }, { id }) {
    const sum = rubric.reduce((total, item) => total + item.points, 0);
    const message = `question ${id}: its rubric adds up to ${sum} of ${points} points`;
    return sum === points ? [] : [{ option: 'points', message, instead: '' }];
  },
  gradedBy: () => 'a person who reads your answer',
  run: checkFreeText,
});
