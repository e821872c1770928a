/** Formats of answers that are read. */
export type AnswersFormat =
  | 'markdown'
  | 'r-markdown'
  | 'notebook'
  | 'html'
  | 'r-script'
  | 'python-script'
  | 'docx'
  | 'pdf'
  | 'text';

const BY_EXTENSION: ReadonlyMap<string, AnswersFormat> = new Map([
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['rmd', 'r-markdown'],
  ['qmd', 'r-markdown'],
  ['ipynb', 'notebook'],
  ['html', 'html'],
  ['htm', 'html'],
  ['r', 'r-script'],
  ['py', 'python-script'],
  ['docx', 'docx'],
  ['pdf', 'pdf'],
  ['txt', 'text'],
]);

/** The format that a file's name tells; `null` where answers in it are not read. */
export function formatOfName(path: string): AnswersFormat | null {
  const extension = /\.(?<extension>[^./]+)$/u.exec(path)?.groups?.['extension'] ?? '';
  return BY_EXTENSION.get(extension.toLowerCase()) ?? null;
}

/**
 * The format of a document: what it begins with decides between PDF, Word, web page and notebook, where the name says
 * otherwise (a page saved as "answers.md", a notebook as "answers.txt"); else the name.
 */
export function answersFormat(path: string, bytes: Uint8Array): AnswersFormat | null {
  const named = formatOfName(path);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  if (head.startsWith('%PDF-')) return 'pdf';
  if (head.startsWith('PK\u0003\u0004')) return named === 'docx' ? 'docx' : null;
  if (named === 'pdf' || named === 'docx') return named;
  if (named !== null && /^(?:\u00EF\u00BB\u00BF)?\s*(?:<!doctype html|<html[\s>])/iu.test(head))
    return 'html';
  if (named !== null && /^\s*\{\s*"(?:cells|nbformat|metadata)"\s*:/u.test(head)) return 'notebook';
  return named;
}
