import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byQuestion, reviewRowsOf, reviewsCsv } from '@labproof/class';
import { Labs } from '@labproof/exercises';
import { brokenGrade, checkKinds, type Grade, questionOutcome } from '@labproof/grader';
import { type Lab, rubricOf } from '@labproof/lab';

/** A lab whose questions a person reads. */
export const lab: Lab = new Labs(checkKinds).find('image-recognition');

/** What a student of a small class wrote, by question. */
export type Answers = Readonly<Record<string, string>>;

/** A grade in which every question with an answer waits for a person. */
export function waitingGrade(student: string, name: string, answers: Answers): Grade {
  const problem = { code: 'x', message: 'x', fix: 'x' };
  const empty = brokenGrade({ student, name, lab }, problem);
  const outcomes = lab.questions.map((question) => {
    const asked = question.checks.filter((check) => rubricOf(check).length > 0);
    const waits = answers[question.id] !== undefined && asked.length > 0;
    return questionOutcome(
      question,
      question.checks.map((check) => {
        const isAsked = waits && asked.includes(check);
        return {
          check: check.kind,
          outcome: isAsked ? 'needs-review' : 'missing',
          points: isAsked ? null : 0,
          max: check.points,
          message: isAsked ? 'A person reads it.' : 'Nothing was found.',
          advice: null,
          evidence: isAsked
            ? [
                { kind: 'text', label: 'Answer', text: answers[question.id] ?? '' },
                {
                  kind: 'rubric',
                  items: rubricOf(check).map(({ concept, points, lookFor }) => ({
                    concept,
                    points,
                    lookFor,
                  })),
                },
              ]
            : [],
        } as const;
      }),
    );
  });
  const pending = outcomes.reduce((sum, outcome) => sum + outcome.pending, 0);
  return {
    ...empty,
    score: 0,
    pending,
    max: outcomes.reduce((sum, { max }) => sum + max, 0),
    status: pending > 0 ? 'needs-review' : 'final',
    problem: null,
    outcomes,
    answers: Object.entries(answers).map(([question, text]) => ({
      question,
      heading: question,
      text,
    })),
  };
}

/** A folder as grading leaves it, with a table of reviews. */
export function gradedFolder(
  students: Readonly<Record<string, { readonly name: string; readonly answers: Answers }>>,
  folder: string = mkdtempSync(join(tmpdir(), 'labproof-room-')),
): string {
  mkdirSync(folder, { recursive: true });
  const grades = Object.entries(students).map(([student, { name, answers }]) =>
    waitingGrade(student, name, answers),
  );
  writeFileSync(join(folder, 'grades.json'), `${JSON.stringify(grades, null, 2)}\n`);
  const rows = grades.flatMap((grade) => reviewRowsOf(lab, grade, new Map()));
  writeFileSync(join(folder, 'reviews.csv'), reviewsCsv(byQuestion(lab, rows)));
  return folder;
}
