import type { Grade } from '@labproof/grader';

/** The PDF in which the answer to a question was found; `null` where it was none. */
export function pdfOf({ files }: Grade, question: string): string | null {
  const document = files.find(
    ({ path, role, matched }) =>
      role === 'answers' && matched.includes(question) && path.toLowerCase().endsWith('.pdf'),
  );
  return document?.path ?? null;
}
