import { sha256Hex } from '@labproof/core';
import { formatOfName } from './answers-format.ts';
import { archiveOf, archiveRefusal } from './archives.ts';
import { certainStem, plainStem } from './copy-mark.ts';
import type { FoundFile } from './found-file.ts';
import { versionsDiffer } from './versions.ts';
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
  /** Copies of it by their names that are not the same to the byte, itself among them. */
  readonly versions?: readonly SubmissionFile[];
  /** The same document in other forms, of which it is the fullest. */
  readonly forms?: readonly SubmissionFile[];
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
  const called = readable.filter(({ path }) => BARE_NAME.test(stem(path)));
  // "answers-1" is Canvas's name for the answers of a second attempt; several with numbers are answers by question.
  const numberedAnswers = readable.filter(
    ({ path }) =>
      !called.some((file) => file.path === path) && BARE_NAME.test(plainStem(stem(path))),
  );
  const [second, ...more] = numberedAnswers;
  const named =
    called.length === 0 && more.length > 0
      ? []
      : readable.filter((file) => called.includes(file) || numberedAnswers.includes(file));
  const numbered = readable.filter(({ path }) => isProgram(path) && NUMBERED.test(baseName(path)));
  if (named.length > 0) {
    const attempt = more.length === 0 ? second : undefined;
    return inOneForm(named, () => 'it is called answers', attempt);
  }
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
    .split(isMarkedUp(file.path) ? /["<>]|\\n|\r\n?|\n/u : /\r\n?|\n/u)
    .some((line) => readLabel(line.replace(/^[#>\s]+/u, ''), 'heading')?.strength === 'strong');
}

/** Whether the lines of its text stand in quotation marks or between tags. */
function isMarkedUp(path: string): boolean {
  return /\.(?:ipynb|html?)$/iu.test(path);
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

/**
 * Takes one of the files that have the same name but for their ending; the others are told, not read. Of copies of one
 * document one counts where all are the same, and none where they differ. `attempt`: the one file whose number may be
 * Canvas's for a second attempt.
 */
function inOneForm(
  files: readonly SubmissionFile[],
  why: (file: SubmissionFile) => string,
  attempt?: SubmissionFile,
): AnswersFile[] {
  const keyOf = (file: SubmissionFile): string =>
    versionKey(file.path, file === attempt ? plainStem : certainStem);
  const best = new Map<string, SubmissionFile>();
  for (const file of files) {
    const key = withoutExtension(file.path);
    const known = best.get(key);
    if (known === undefined || formOf(file.path) < formOf(known.path)) best.set(key, file);
  }
  const chosen = files.filter((file) => best.get(withoutExtension(file.path)) === file);
  return chosen.flatMap((file) => {
    const copies = chosen.filter((other) => keyOf(other) === keyOf(file));
    const [first = file] = copies;
    if (copies.length > 1) {
      const differ = copies.some((other) => !sameBytes(other, first));
      if (differ) return [oneOfVersions(file, copies)];
      if (file !== first) return [];
    }
    const twins = files.filter(
      (other) => other !== file && withoutExtension(other.path) === withoutExtension(file.path),
    );
    const also =
      twins.length === 0
        ? ''
        : `; it was read before ${twins.map(({ path }) => path).join(', ')}, which ${twins.length === 1 ? 'is' : 'are'} compared with it`;
    const taken = take(file, `${why(file)}${also}`);
    return [twins.length === 0 ? taken : { ...taken, forms: twins }];
  });
}

/** Equal for a document and for what is called a copy of it. */
function versionKey(path: string, plain: (stem: string) => string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return `${folder}${plain(baseName(path).replace(/\.[^.]*$/u, ''))}${path.slice(path.lastIndexOf('.'))}`.toLowerCase();
}

function sameBytes(a: SubmissionFile, b: SubmissionFile): boolean {
  if (a.bytes !== b.bytes) return false;
  const [first, second] = [readOrRefuse(() => a.read()), readOrRefuse(() => b.read())];
  if (first.value === null || second.value === null) return false;
  return sha256Hex(first.value) === sha256Hex(second.value);
}

/** A document and a copy of it that is not the same to the byte: where they say different things, both are shown, and neither is graded. */
function oneOfVersions(file: SubmissionFile, copies: readonly SubmissionFile[]): AnswersFile {
  const refused = versionsDiffer(
    'the answers',
    copies.map(({ path }) => path),
  );
  const { path } = file;
  return {
    path,
    file,
    refused,
    versions: copies,
    found: {
      path,
      role: 'answers',
      matched: [],
      why: 'it is one of several copies of the answers',
    },
  };
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

/** A document that is named for a question and nothing else: `q5.md`, `Question 6 (1).docx`, `answer_3a.pdf`. */
const OF_A_QUESTION =
  /^(?:q|question|vraag|opdracht|frage|aufgabe|pregunta|answers?|ans|antwort|a)[\s_.-]*0*[1-9]\d?[a-h]?$/iu;

/**
 * Documents that were not read, as a file called answers or one that submission.json names is there: named for a question, or
 * in a format that nobody reads. What is missing may stand in them. Other forms of a document that was read are none.
 */
export function unreadBeside(found: readonly FoundFile[]): string[] {
  const read = new Set(
    found.filter(({ role }) => role === 'answers').map(({ path }) => withoutExtension(path)),
  );
  return found.flatMap(({ path, role }) => {
    const isDocument = role === 'ignored' && formatOfName(path) !== null && !isProgram(path);
    const isForm = read.has(withoutExtension(path));
    const mayAnswer = isDocument
      ? OF_A_QUESTION.test(stem(path))
      : role === 'ignored' && UNREAD.test(path) && !NOT_ANSWERS.test(baseName(path));
    return mayAnswer && !isForm ? [path] : [];
  });
}

/** Files of the work that were taken for nothing that is asked for, programs and notes about the folder aside. */
export function unusedWork(found: readonly FoundFile[], files: SubmissionFiles): string[] {
  const there = new Set(files.files.map(({ path }) => path));
  return found.flatMap(({ path, role }) => {
    const isUnused = (role === 'ignored' || role === 'image') && there.has(path);
    return isUnused &&
      !BESIDE_THE_WORK.test(path) &&
      !NOT_ANSWERS.test(baseName(path)) &&
      baseName(path) !== EXAMPLE
      ? [path]
      : [];
  });
}

/** `labproof init` writes it, for whoever names files otherwise. */
const EXAMPLE = 'submission.example.json';

const BESIDE_THE_WORK = /\.(?:r|py|css|js|sh|bat|toml|cfg|ini|lock|ya?ml|gitattributes)$/iu;

function isProgram(path: string): boolean {
  return /\.(?:r|py)$/iu.test(path);
}

/** The place of a file's form among those of one document, the fullest first. */
export function formOf(path: string): number {
  return FORMS.indexOf(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Without the ending and the marks that only copies have. */
function stem(path: string): string {
  return certainStem(baseName(path).replace(/\.[^.]*$/u, ''));
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]*$/u, '').toLowerCase();
}
