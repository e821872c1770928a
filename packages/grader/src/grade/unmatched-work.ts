import {
  type Answer,
  type FoundFile,
  type HistoryReading,
  type Refusal,
  type SetAside,
  type SubmissionFiles,
  type SubmittedModel,
  unopenedArchives,
  unreadBeside,
  unusedWork,
} from '@labproof/submission';
import type { CheckOutcome } from './outcome.ts';
import { toAPerson } from './to-a-person.ts';

/** Words from which on a text may well be somebody's answers. */
const SOME_WORDS = 5;

/**
 * What was handed in and matched to nothing, in a sentence; `null` where anything was matched, or where nothing is there.
 * Of an archive that could not be opened nobody knows what is in it, whatever else was matched, and a document named for a
 * question may hold what the file called answers lacks.
 * "Files are there, but nothing could be graded" is no student's final zero: a person looks.
 */
export function unmatchedWork(found: {
  readonly answers: readonly Answer[];
  readonly refusedAnswers: ReadonlyMap<string, Refusal>;
  readonly models: ReadonlyMap<string, SubmittedModel>;
  readonly histories: ReadonlyMap<string, HistoryReading>;
  readonly files: SubmissionFiles;
  /** Every file, and what it was taken for. */
  readonly found: readonly FoundFile[];
}): string | null {
  const { answers, refusedAnswers, models, histories, files } = found;
  const archives = unopenedArchives(files);
  if (archives.length > 0 && refusedAnswers.size === 0) {
    return `${list(archives)} could not be opened, so it needs manual grading: see whether this is in ${
      archives.length === 1 ? 'it' : 'them'
    }.`;
  }
  const unread = unreadBeside(found.found);
  if (unread.length > 0) {
    return `${list(unread)} ${unread.length === 1 ? 'lies' : 'lie'} beside the answers and ${
      unread.length === 1 ? 'was' : 'were'
    } not read, so it needs manual grading: see whether this is in ${unread.length === 1 ? 'it' : 'them'}.`;
  }
  const answered = answers.filter(({ question }) => question !== null);
  if (answered.length > 0 && answered.every(isBlank)) {
    const unused = unusedWork(found.found, files);
    return unused.length === 0 ? null : readAsNothing(unused);
  }
  if (answered.length > 0 || refusedAnswers.size > 0) return null;
  const texts = answers.filter(
    ({ words, code, claims, unseen }) =>
      words >= SOME_WORDS || code.length > 0 || claims.length > 0 || unseen !== '',
  );
  if (texts.length > 0) {
    const places = [...new Set(texts.map(({ file }) => file))].join(', ');
    return `${places} holds text that names no question, so it needs manual grading: see whether it answers this one.`;
  }
  const isRead =
    [...models.values()].some(({ state }) => state === 'read') ||
    [...histories.values()].some(({ epochs }) => epochs !== null);
  if (isRead || files.files.length === 0) return null;
  const names = files.files.map(({ path }) => path);
  return readAsNothing(names);
}

/** Nothing was written, printed or shown under a question, as in a template that was handed in as it is. */
function isBlank({ text, images, code, unseen }: Answer): boolean {
  return text === '' && images.length === 0 && code.length === 0 && unseen === '';
}

function readAsNothing(names: readonly string[]): string {
  return `${list(
    names,
  )} could be read as nothing that is asked for, so it needs manual grading: see whether it answers this question.`;
}

const SHOWN = 3;

function list(paths: readonly string[]): string {
  return `${paths.slice(0, SHOWN).join(', ')}${paths.length > SHOWN ? ' and others' : ''}`;
}

/** A check of something that is missing, where work is there that was matched to nothing. */
export function forAPerson(check: CheckOutcome, unmatched: string | null): CheckOutcome {
  if (unmatched === null || check.outcome !== 'missing') return check;
  return toAPerson(check, unmatched);
}

/**
 * A check of an answer that was read, where it is all that was handed in and what it is to be compared with is not there: somebody
 * wrote it, and "nothing could be graded" is no final zero.
 */
export function withoutItsModel(check: CheckOutcome, answer: Answer | null): CheckOutcome {
  if (check.outcome !== 'missing' || answer === null || answer.text === '') return check;
  return toAPerson(
    check,
    'The answer is there, and nothing of the submission could be graded without it, so this needs manual grading.',
  );
}

/** A check that came to no points, where a file could not be read to its end: what it needs may be in there. */
export function unread(check: CheckOutcome, setAside: readonly SetAside[]): CheckOutcome {
  const [first] = setAside;
  if (first === undefined || !['missing', 'refused'].includes(check.outcome)) return check;
  const others = setAside.length > 1 ? ` and ${setAside.length - 1} more` : '';
  return {
    ...toAPerson(
      check,
      `${first.path}${others} could not be read to the end (it took ${first.took}), so this needs manual grading.`,
    ),
    code: 'file-set-aside',
  };
}
