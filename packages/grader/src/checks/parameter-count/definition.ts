import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkParameterCount, rangeWords } from './run.ts';

/** The submitted model has from `least` to `most` parameters: how large a network of one's own may be. */
export const parameterCount: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('parameter-count'),
    points: z.number().positive(),
    least: z.int().positive().optional(),
    most: z.int().positive().optional(),
  }),
  title: 'The size of the network',
  needs: ['model'],
  judgesAnyNetwork: true,
  selfCheck: 'same',
  issues({ least, most }, { id }) {
    if (least === undefined && most === undefined) {
      const message = `question ${id} counts parameters and asks for no number of them`;
      return [{ message, instead: 'Write "most", "least" or both.' }];
    }
    const message = `question ${id} asks for at least ${least} and at most ${most} parameters`;
    return (least ?? 0) > (most ?? Number.POSITIVE_INFINITY)
      ? [{ option: 'least', message, instead: '"least" is the smaller number.' }]
      : [];
  },
  gradedBy: (range) =>
    `the number of parameters of the model that you hand in: ${rangeWords(range)}`,
  run: checkParameterCount,
});
