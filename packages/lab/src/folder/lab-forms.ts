import { z } from 'zod';
import type { CheckKinds } from '../checks/check-kinds.ts';
import { LabFileSchema } from './lab-file.ts';
import { QuestionEntrySchema, QuestionFieldsSchema } from './question-file.ts';

/** The forms of a lab's files, in which checks have the options of their kinds. */
export function labForms({ spec }: CheckKinds) {
  const checks = z.array(spec).default([]);
  const questionEntry = QuestionEntrySchema.extend({ checks });
  return {
    question: QuestionFieldsSchema.extend({ checks }),
    questionEntry,
    lab: LabFileSchema.extend({ questions: z.array(questionEntry).default([]) }),
  };
}
export type LabForms = ReturnType<typeof labForms>;
