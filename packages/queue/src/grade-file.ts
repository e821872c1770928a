import { type ComparableGrade, type Grade, GradeSchema, ModelTraitsSchema } from '@labproof/grader';
import { z } from 'zod';

const GradeFileSchema = z.strictObject({ grade: GradeSchema, models: z.array(ModelTraitsSchema) });

/** A grade as bytes, fields in the order in which they were made. */
export function writeGrade({ grade, models }: ComparableGrade): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ grade, models }));
}

/** The grade in such bytes. Throws on anything else. */
export function readGrade(bytes: Uint8Array): ComparableGrade {
  const document: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const { models } = GradeFileSchema.parse(document);
  // The schema puts fields into its own order; the bytes that were written keep theirs.
  const { grade } = document as { grade: Grade };
  return { grade, models };
}
