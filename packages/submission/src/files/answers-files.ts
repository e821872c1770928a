import { formatOfName } from './answers-format.ts';
import { archiveOf, archiveRefusal } from './archives.ts';
import type { FoundFile } from './found-file.ts';
import { decodeText } from '../text/decode-text.ts';
import { readLabel } from '../text/question-label.ts';
import { type Refusal, readOrRefuse } from '../refusal.ts';
import { type Declaration, plainDeclaredPath } from './declaration.ts';
import { type SubmissionFile, type SubmissionFiles, compareText } from './submission-files.ts';
import { submissionErrors } from '../errors.ts';

/** A file taken for answers; `refused` when its format is not read or it is not there. */
export interface AnswersFile {
  readonly path: string;
  readonly file: SubmissionFile | null;
  readonly refused: Refusal | null;
  readonly found: FoundFile;
}

const UNREAD = /\.(?:doc|odt|rtf|pages|tex|wpd|docm)$/iu;
const BARE_NAME = /^(?:answers?|antwoorden)$/iu;
const NOT_ANSWERS =
  /^(?:readme|licen[cs]e|changelog|requirements|notes-to-grader|__init__|setup|utils?|helpers?)\b/iu;
/** The number of a question begins the name: `1a.py`, `q3.md`, `question-12.R`. */
const NUMBERED =
  /^(?:q|question|vraag|opdracht|exercise|ex|answer|ans|a|task|part|solution)?[\s_.-]*0*[1-9]\d?[a-h]?(?![\p{L}\p{N}])/iu;

/**
 * One document often comes in several forms, the later ones made from the earlier: those that hold outputs and
 * pictures as well are read before those that do not.
 */
const FORMS = [
  'ipynb',
  'html',
  'htm',
  'md',
  'markdown',
  'docx',
  'pdf',
  'rmd',
  'qmd',
  'txt',
  'r',
  'py',
];

/**
 * Chooses the answers: what `submission.json` names, else files that are called answers, else every document, else
 * programs. Of documents that differ in their format only, one is read. Files for one question each ("1a.py") are read
 * beside documents. A file called `answers` in a format that is not read is refused by name rather than overlooked.
 */
export function findAnswers(
  files: SubmissionFiles,
  declaration: Declaration | null,
): readonly AnswersFile[] {
  if (declaration?.answers !== undefined) {
    const path = plainDeclaredPath(declaration.answers);
    const file = files.files.find((candidate) => candidate.path === path);
    return file === undefined ? [absent(path)] : [take(file, 'submission.json names it')];
  }
  const candidates = files.files.filter(
    ({ path }) => !path.startsWith('models/') && !NOT_ANSWERS.test(baseName(path)),
  );
  const readable = candidates.filter(({ path }) => formatOfName(path) !== null);
  const documents = readable.filter(({ path }) => !isProgram(path));
  const named = readable.filter(({ path }) => BARE_NAME.test(stem(path)));
  const numbered = readable.filter(({ path }) => isProgram(path) && NUMBERED.test(baseName(path)));
  if (named.length > 0) return inOneForm(named, () => 'it is called answers');
  const unread = candidates.filter(({ path }) => UNREAD.test(path));
  const unreadNamed = unread.filter(({ path }) => BARE_NAME.test(stem(path)));
  if (unreadNamed.length > 0) return unreadNamed.map((file) => take(file, ''));
  if (documents.length + numbered.length > 0) {
    const why =
      documents.length === 1
        ? 'it is the only document'
        : 'no file is called answers, so every document was read';
    const chosen = [...documents, ...numbered].toSorted((a, b) => compareText(a.path, b.path));
    return inOneForm(chosen, (file) =>
      isProgram(file.path) ? 'its name carries the number of a question' : why,
    );
  }
  const programs = readable.filter(({ path }) => isProgram(path));
  if (programs.length > 0) {
    return inOneForm(programs, () => 'no document is there, so the comments of programs were read');
  }
  if (unread.length === 1) return unread.map((file) => take(file, ''));
  const readme = files.files.filter(
    ({ path }) => README.test(baseName(path)) && formatOfName(path) !== null && !isProgram(path),
  );
  if (readme.some((file) => labelsQuestions(file))) {
    return inOneForm(
      readme.filter((file) => labelsQuestions(file)),
      () => 'no other document is there, and it names questions',
    );
  }
  return files.files.flatMap((file) => {
    const archive = archiveOf(file.path);
    return archive === null ? [] : [unopened(file, archive)];
  });
}

const README = /^readme\b/iu;
/** Far enough into a text for its first question. */
const FAR_ENOUGH = 200_000;

/** Whether a text answers questions: a line begins with one's label. */
function labelsQuestions(file: SubmissionFile): boolean {
  const { value } = readOrRefuse(() => decodeText(file.read()).slice(0, FAR_ENOUGH));
  return (value ?? '')
    .split(/\r\n?|\n/u)
    .some((line) => readLabel(line.replace(/^[#>\s]+/u, ''), 'heading')?.strength === 'strong');
}

function unopened({ path }: SubmissionFile, archive: string): AnswersFile {
  const refused = archiveRefusal(path, archive);
  return {
    path,
    file: null,
    refused,
    found: { path, role: 'answers', matched: [], why: refused.message },
  };
}

/** Takes one of the files that have the same name but for their ending; the others are told, not read. */
function inOneForm(
  files: readonly SubmissionFile[],
  why: (file: SubmissionFile) => string,
): AnswersFile[] {
  const best = new Map<string, SubmissionFile>();
  for (const file of files) {
    const key = withoutExtension(file.path);
    const known = best.get(key);
    if (known === undefined || form(file.path) < form(known.path)) best.set(key, file);
  }
  return files
    .filter((file) => best.get(withoutExtension(file.path)) === file)
    .map((file) => {
      const twins = files.filter(
        (other) => other !== file && withoutExtension(other.path) === withoutExtension(file.path),
      );
      const also =
        twins.length === 0
          ? ''
          : `; it was read rather than ${twins.map(({ path }) => path).join(', ')}`;
      return take(file, `${why(file)}${also}`);
    });
}

function take(file: SubmissionFile, why: string): AnswersFile {
  const { path } = file;
  const refused =
    formatOfName(path) !== null
      ? null
      : submissionErrors.remark('answers-format', {
          message: `The answers are in ${path}, a format that is not read.`,
          fix: 'Hand them in as .md, .ipynb, .Rmd, .html, .R, .py, .docx, .pdf or .txt.',
        });
  return {
    path,
    file,
    refused,
    found: { path, role: 'answers', matched: [], why: refused === null ? why : refused.message },
  };
}

function absent(path: string): AnswersFile {
  const refused = submissionErrors.remark('declared-file-missing', {
    message: `submission.json says that the answers are in ${path}, but there is no such file.`,
    fix: 'Add the file, or correct submission.json.',
  });
  return {
    path,
    file: null,
    refused,
    found: { path, role: 'answers', matched: [], why: refused.message },
  };
}

function isProgram(path: string): boolean {
  return /\.(?:r|py)$/iu.test(path);
}

function form(path: string): number {
  return FORMS.indexOf(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function stem(path: string): string {
  return baseName(path).replace(/\.[^.]*$/u, '');
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]*$/u, '').toLowerCase();
}
