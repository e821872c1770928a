import { openKernels } from '@labproof/core';
import { filesInMemory } from '@labproof/submission';
import type { Grade } from '../../src/grade/grade.ts';
import { gradeSubmission } from '../../src/grade/grade-submission.ts';
import { lab } from '../../../submission/test/support/lab.ts';
import { datasets } from './squares.ts';

/** The grade of a submission of these texts, by their paths. */
export async function gradeOf(files: Readonly<Record<string, string>>): Promise<Grade> {
  const content = new Map(
    Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)] as const),
  );
  return gradeSubmission({
    lab,
    files: filesInMemory(content),
    datasets,
    student: 'amy',
    kernels: await openKernels('wasm'),
  });
}
