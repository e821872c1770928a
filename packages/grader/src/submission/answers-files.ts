import type { FoundFile, Refusal } from '../grade.ts';
import { type Declaration, plainDeclaredPath } from './declaration.ts';
import type { SubmissionFile, SubmissionFiles } from './submission-files.ts';

/** A file taken for answers; `refused` when this version cannot read its format or it is not there. */
export interface AnswersFile {
  readonly path: string;
  readonly file: SubmissionFile | null;
  readonly refused: Refusal | null;
  readonly found: FoundFile;
}

const MARKDOWN = /\.(md|markdown|rmd|qmd)$/iu;
const UNREAD = /\.(ipynb|pdf|docx?|odt|rtf|html?|txt)$/iu;
const BARE_NAME = /^answers?$/iu;
const NOT_ANSWERS = /^(readme|license|changelog)\b/iu;

/**
 * Chooses the answers: what `submission.json` names, else `answers.md`, else every other Markdown file.
 * A file called `answers` in a format that is not read is refused by name rather than overlooked.
 */
export function findAnswers(
  files: SubmissionFiles,
  declaration: Declaration | null,
): readonly AnswersFile[] {
  if (declaration?.answers !== undefined) {
    const path = plainDeclaredPath(declaration.answers);
    const file = files.files.find((file) => file.path === path);
    if (file === undefined) return [absent(path)];
    return [take(file, 'submission.json names it')];
  }
  const candidates = files.files.filter(({ path }) => !path.startsWith('models/'));
  const markdown = candidates.filter(
    ({ path }) => MARKDOWN.test(path) && !NOT_ANSWERS.test(baseName(path)),
  );
  const named = markdown.filter(({ path }) => BARE_NAME.test(stem(path)));
  if (named.length > 0) return named.map((file) => take(file, 'it is called answers'));
  if (markdown.length > 0) {
    const why =
      markdown.length === 1
        ? 'it is the only Markdown file'
        : 'no file is called answers.md, so every Markdown file was read';
    return markdown.map((file) => take(file, why));
  }
  const unread = candidates.filter(({ path }) => UNREAD.test(path));
  const unreadNamed = unread.filter(({ path }) => BARE_NAME.test(stem(path)));
  const chosen = unreadNamed.length > 0 ? unreadNamed : unread.length === 1 ? unread : [];
  return chosen.map((file) => take(file, 'no Markdown file is there, and this looks like answers'));
}

function take(file: SubmissionFile, why: string): AnswersFile {
  const { path } = file;
  const refused = MARKDOWN.test(path)
    ? null
    : {
        code: 'answers-format',
        message: `The answers are in ${path}, and this version reads answers from Markdown only.`,
        fix: 'Hand the answers in as answers.md.',
      };
  return {
    path,
    file,
    refused,
    found: { path, role: 'answers', matched: [], why: refused === null ? why : refused.message },
  };
}

function absent(path: string): AnswersFile {
  const refused = {
    code: 'declared-file-missing',
    message: `submission.json says that the answers are in ${path}, but there is no such file.`,
    fix: 'Add the file, or correct submission.json.',
  };
  return {
    path,
    file: null,
    refused,
    found: { path, role: 'answers', matched: [], why: refused.message },
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function stem(path: string): string {
  return baseName(path).replace(/\.[^.]*$/u, '');
}
