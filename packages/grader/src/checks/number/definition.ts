import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkNumber } from './run.ts';

/** The answer states a quantity in a unit that nobody can check afterwards (seconds an epoch). */
export const number: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('number'),
    unit: z.enum(['seconds']),
    points: z.number().positive(),
  }),
  title: 'A number with a unit',
  needs: [],
  selfCheck: 'same',
  gradedBy: ({ unit }) => `a number in ${unit}`,
  run: checkNumber,
});
