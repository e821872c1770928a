import type { Grade } from '@labproof/grader';

/**
 * The PDF in which the answer to a question was found; where none was found in any document and one PDF
 * holds text that names no question, that one. `null` where there is none.
 */
export function pdfOf({ files, answers }: Grade, question: string): string | null {
  const documents = files.filter(({ role }) => role === 'answers');
  const pdfs = documents.filter(({ path }) => path.toLowerCase().endsWith('.pdf'));
  const own = pdfs.find(({ matched }) => matched.includes(question));
  if (own !== undefined) return own.path;
  const isAnswered = documents.some(({ matched }) => matched.includes(question));
  const hasMore = answers.some((answer) => answer.question === null || answer.leftOver === true);
  const [only, ...others] = pdfs;
  return isAnswered || !hasMore || only === undefined || others.length > 0 ? null : only.path;
}
