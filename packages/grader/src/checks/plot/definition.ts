import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkPlot } from './run.ts';

/** An image is there, can be read and is not blank. */
export const plot: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('plot'),
    points: z.number().positive(),
  }),
  title: 'The figure',
  needs: ['pictures'],
  selfCheck: 'same',
  gradedBy: () => 'your figure: there, readable and not blank',
  run: checkPlot,
});
