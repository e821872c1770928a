import { DatasetCatalogue } from '@labproof/core';
import { z } from 'zod';
import { CheckKinds } from './checks/check-kinds.ts';
import { invalidLab } from './folder/problem.ts';
import { type Lab, LabSchema } from './lab.ts';
import { meaningIssues } from './meaning.ts';
import { issueText, partsOf } from './parts.ts';
import { QuestionSchema } from './question.ts';
import { referenceIssues } from './references.ts';
import type { LabSurroundings } from './surroundings.ts';

/**
 * Checks a lab that is written in TypeScript and returns it complete. Throws one `lab-invalid` that lists every problem
 * of the first stage that has any: its form, then what it means (names, data, models, points).
 */
export function defineLab(
  source: z.input<typeof LabSchema>,
  { datasets = DatasetCatalogue.builtIn, checks = CheckKinds.unexamined }: LabSurroundings = {},
): Lab {
  const questions = z.array(QuestionSchema.extend({ checks: z.array(checks.spec).min(1) })).min(1);
  const parsed = LabSchema.extend({ questions }).safeParse(source);
  if (!parsed.success) {
    throw invalidLab(
      source.id,
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
  }
  const parts = partsOf(parsed.data);
  const issues = [...referenceIssues(parts, checks), ...meaningIssues(parts, datasets, checks)];
  if (issues.length > 0) throw invalidLab(source.id, issues.map(issueText));
  return parsed.data;
}
