import { DatasetCatalogue } from '@labproof/core';
import type { z } from 'zod';
import { invalidLab } from './folder/problem.ts';
import { type Lab, LabFormSchema, type LabSchema } from './lab.ts';
import { meaningIssues } from './meaning.ts';
import { issueText, partsOf } from './parts.ts';
import { referenceIssues } from './references.ts';

/**
 * Checks a lab that is written in TypeScript and returns it complete. Throws one `lab-invalid` that lists every problem
 * of the first stage that has any: its form, then what it means (names, data, models, points).
 */
export function defineLab(
  source: z.input<typeof LabSchema>,
  datasets: DatasetCatalogue = DatasetCatalogue.builtIn,
): Lab {
  const parsed = LabFormSchema.safeParse(source);
  if (!parsed.success) {
    throw invalidLab(
      source.id,
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
  }
  const parts = partsOf(parsed.data);
  const issues = [...referenceIssues(parts), ...meaningIssues(parts, datasets)];
  if (issues.length > 0) throw invalidLab(source.id, issues.map(issueText));
  return parsed.data;
}
