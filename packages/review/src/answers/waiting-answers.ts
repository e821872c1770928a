import {
  answerDigest,
  type GivenItem,
  noGradesText,
  openFormerResults,
  READER_COMMENT,
} from '@labproof/class';
import { type Grade, type QuestionOutcome, textsToRead } from '@labproof/grader';
import type { Lab } from '@labproof/lab';
import { reviewError } from '../errors.ts';
import { answerKey } from '../marks/event.ts';
import type { AnswerToday } from '../marks/result.ts';
import { basisOf } from '../marks/rubric.ts';
import { withPictures } from './pictures.ts';

/** An answer of which points wait for a person, or were given by one. */
export interface WaitingAnswer extends AnswerToday {
  /** `student:question`. */
  readonly key: string;
  readonly student: string;
  readonly question: string;
  /** All that was read under the question, else what may answer it. Untrusted. */
  readonly text: string;
  /** What the grade says a person gave; `null` where it still waits. */
  readonly graded: number | null;
  /** What the grade says to the student of it: a reader's words, and the items that were given. */
  readonly said: { readonly comment: string; readonly given: readonly GivenItem[] };
}

/** The answers of a graded class. The grades themselves stay on the disk. */
export interface WaitingAnswers {
  /** By question as in the lab, then by student in code-unit order. */
  readonly answers: readonly WaitingAnswer[];
  readonly students: readonly string[];
  /** Names by student, of those who have one. */
  readonly names: ReadonlyMap<string, string>;
  /** The whole grade of a student. Throws where it is no longer there. */
  grade(student: string): Grade;
  close(): void;
}

/** Opens the answers that a person reads in a graded folder. Throws an instructor's error where there are none of this version. */
export function openWaitingAnswers(
  folder: string,
  lab: Lab,
  evenEmpty: boolean = false,
): WaitingAnswers {
  const results = openFormerResults(folder);
  const byQuestion = new Map<string, WaitingAnswer[]>(lab.questions.map(({ id }) => [id, []]));
  const names = new Map<string, string>();
  for (const student of results.students) {
    const grade = results.read(student)?.grade;
    if (grade === undefined) continue;
    if (grade.name !== null) names.set(student, grade.name);
    const { pictures = [] } = withPictures(folder, grade);
    for (const outcome of grade.outcomes) {
      const question = lab.questions.find(({ id }) => id === outcome.question);
      const max = waitingPoints(outcome);
      if (question === undefined || max === 0) continue;
      byQuestion.get(question.id)?.push({
        key: answerKey(student, question.id),
        student,
        question: question.id,
        max,
        digest: answerDigest(grade, question.id),
        basis: basisOf(question, max, pngsOf(pictures, question.id)),
        text: textOf(grade, question.id),
        graded: outcome.pending > 0 ? null : pointsByReader(outcome),
        said: saidByReader(outcome),
      });
    }
  }
  const answers = [...byQuestion.values()].flat();
  if (answers.length === 0 && !(evenEmpty && results.students.length > 0)) {
    results.close();
    throw reviewError('review-nothing', {
      message:
        results.problem ??
        (results.students.length === 0
          ? noGradesText(folder)
          : `Nothing in ${folder} needs manual grading.`),
      fix: 'Name the folder that "labproof grade" wrote with --out; grade again if another version wrote it.',
    });
  }
  return {
    answers,
    students: results.students,
    names,
    grade: (student) => {
      const grade = results.read(student)?.grade;
      if (grade === undefined) throw new Error(`the grades hold none of ${student}`);
      return withPictures(folder, grade);
    },
    close: () => results.close(),
  };
}

/** The points of a question that wait for a person or were given by one. */
function waitingPoints({ checks }: QuestionOutcome): number {
  return checks
    .filter(({ outcome, byReader }) => outcome === 'needs-review' || byReader === true)
    .reduce((sum, { max }) => sum + max, 0);
}

function pointsByReader({ checks }: QuestionOutcome): number {
  return checks
    .filter(({ byReader }) => byReader === true)
    .reduce((sum, { points }) => sum + (points ?? 0), 0);
}

function saidByReader({ checks }: QuestionOutcome): WaitingAnswer['said'] {
  const evidence = checks
    .filter(({ byReader }) => byReader === true)
    .flatMap((check) => check.evidence);
  return {
    comment:
      evidence.flatMap((item) =>
        item.kind === 'text' && item.label === READER_COMMENT ? [item.text] : [],
      )[0] ?? '',
    given: evidence.flatMap((item) => (item.kind === 'given' ? item.items : [])),
  };
}

function textOf(grade: Grade, question: string): string {
  return textsToRead(grade, question)
    .map(({ text }) => text)
    .join('\n');
}

function pngsOf(pictures: NonNullable<Grade['pictures']>, question: string): string[] {
  return pictures.filter((picture) => picture.question === question).map(({ png }) => png);
}
