import { z } from 'zod';
import { defineCheck, type GradedKind } from '../check-kind.ts';
import { checkCodeTopology } from './run.ts';

/** The network in the submitted code, which is read and never run, has the exercise's layers. */
export const codeTopology: GradedKind = defineCheck({
  spec: z.strictObject({
    kind: z.literal('code-topology'),
    points: z.number().positive(),
  }),
  title: 'The network in the code',
  needs: ['network'],
  answeredByCode: 'network',
  selfCheck: 'same',
  gradedBy: () => 'the network in the code that you hand in, which is read and never run',
  run: checkCodeTopology,
});
