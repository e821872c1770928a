import { z } from 'zod';
import { InputScaleSchema, issuesText } from '@labproof/core';
import { readJson } from './safe-json.ts';
import type { SubmissionFile } from './submission-files.ts';
import { submissionError } from '../errors.ts';

/** `submission.json`: what a student may say about a submission. Everything is optional but `student`. */
export const DeclarationSchema = z.strictObject({
  student: z.string().min(1).max(200),
  name: z.string().max(200).optional(),
  /** Path of the answers. */
  answers: z.string().optional(),
  /** Exercise id → path of its model. */
  models: z.record(z.string(), z.string()).optional(),
  /** Exercise id → how the pixels were scaled for training, where that is not what the lab says. */
  scale: z.record(z.string(), InputScaleSchema).optional(),
});
export type Declaration = z.infer<typeof DeclarationSchema>;

export const DECLARATION_PATH = 'submission.json';
const MAX_BYTES = 256 * 2 ** 10;

/** Reads `submission.json`. Throws a student's error that names what is wrong in it. */
export function readDeclaration(file: SubmissionFile): Declaration {
  const parsed = DeclarationSchema.safeParse(readJson(file, MAX_BYTES));
  if (parsed.success) return parsed.data;
  throw submissionError('declaration-invalid', {
    message: `${DECLARATION_PATH} is not as it should be: ${issuesText(parsed.error.issues)}.`,
    fix: 'Correct the named fields, or leave submission.json out.',
  });
}

/** A declared path in the form in which files are listed: `/`, no leading `./`, Unicode NFC. */
export function plainDeclaredPath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
    .normalize('NFC');
}
