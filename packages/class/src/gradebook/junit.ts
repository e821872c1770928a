import { formatDecimal, formatPlural } from '@labproof/submission';
import type { Grade, QuestionOutcome } from '@labproof/grader';
import { type JUnitCase, type JUnitSuite, junitXml } from './junit-xml.ts';

/**
 * A class as JUnit XML: a suite a student, a test case a question. Points that were lost are a failure, our fault is
 * an error, what waits for a reader is skipped. Scores are properties, and stand in system-out for readers that pass
 * properties over.
 */
export function junitGrades(grades: readonly Grade[]): string {
  return junitXml('labproof grade', grades.map(suiteOf));
}

function suiteOf(grade: Grade): JUnitSuite {
  const facts: readonly (readonly [string, string])[] = [
    ['score', grade.score === null ? '' : formatDecimal(grade.score)],
    ['pending', formatDecimal(grade.pending)],
    ['max', formatDecimal(grade.max)],
    ['status', grade.status],
  ];
  return {
    name: grade.student,
    properties: facts,
    cases: grade.outcomes.map(caseOf),
    out: facts.map(([fact, value]) => `${fact}=${value}`).join(' '),
  };
}

function resultOf({ outcome, points, pending, max }: QuestionOutcome): JUnitCase['result'] {
  if (outcome === 'broken' || points === null) return 'error';
  if (points + pending < max) return 'failure';
  return pending > 0 ? 'skipped' : 'passed';
}

function caseOf(entry: QuestionOutcome): JUnitCase {
  const { question, number, title, points, max, message, outcome } = entry;
  const result = resultOf(entry);
  const waits = result === 'skipped';
  return {
    name: `${question}: ${title}`,
    result,
    message: waits ? 'needs manual grading' : outcome,
    text: waits ? '' : message,
    out: `question ${number}: ${points === null ? 'no' : formatDecimal(points)} of ${formatPlural(max, 'point')}`,
  };
}
