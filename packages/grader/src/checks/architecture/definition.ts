import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkArchitecture } from './run.ts';

/** The submitted model has the exercise's layers and parameter count. */
export const architecture: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('architecture'),
    points: z.number().positive(),
  }),
  title: 'The layers',
  needs: ['model', 'network'],
  selfCheck: 'same',
  gradedBy: () => 'the layers of the model that you hand in',
  run: checkArchitecture,
});
