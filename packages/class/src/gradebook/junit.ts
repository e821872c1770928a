import { formatDecimal } from '@labproof/submission';
import type { Grade, QuestionOutcome } from '@labproof/grader';
import { escapeXml } from './xml.ts';

/**
 * A class as JUnit XML: a suite a student, a test case a question. Points that were lost are a failure, our fault is
 * an error, what waits for a reader is skipped. Scores are properties, and stand in system-out for readers that pass
 * properties over.
 */
export function junitGrades(grades: readonly Grade[]): string {
  const suites = grades.map(suiteOf).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="labproof grade">\n${suites}</testsuites>\n`;
}

type Result = 'passed' | 'failure' | 'error' | 'skipped';

function suiteOf(grade: Grade): string {
  const name = escapeXml(grade.student);
  const results = grade.outcomes.map(resultOf);
  const count = (result: Result): number => results.filter((other) => other === result).length;
  const facts: readonly (readonly [string, string])[] = [
    ['score', grade.score === null ? '' : formatDecimal(grade.score)],
    ['pending', formatDecimal(grade.pending)],
    ['max', formatDecimal(grade.max)],
    ['status', grade.status],
  ];
  return [
    `  <testsuite name="${name}" tests="${results.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}">\n`,
    '    <properties>\n',
    ...facts.map(
      ([fact, value]) => `      <property name="${fact}" value="${escapeXml(value)}"/>\n`,
    ),
    '    </properties>\n',
    ...grade.outcomes.map((outcome) => caseOf(name, outcome)),
    `    <system-out>${facts.map(([fact, value]) => `${fact}=${escapeXml(value)}`).join(' ')}</system-out>\n`,
    '  </testsuite>\n',
  ].join('');
}

function resultOf({ outcome, points, pending, max }: QuestionOutcome): Result {
  if (outcome === 'broken' || points === null) return 'error';
  if (points + pending < max) return 'failure';
  return pending > 0 ? 'skipped' : 'passed';
}

function caseOf(suite: string, outcome: QuestionOutcome): string {
  const { question, number, title, points, max, message } = outcome;
  const open = `    <testcase classname="${suite}" name="${escapeXml(`${question}: ${title}`)}"`;
  const out = `<system-out>question ${number}: ${points === null ? 'no' : formatDecimal(points)} of ${formatDecimal(max)} points</system-out>`;
  const result = resultOf(outcome);
  const inside =
    result === 'passed'
      ? ''
      : result === 'skipped'
        ? '<skipped message="waits for a reader"/>'
        : `<${result} message="${escapeXml(outcome.outcome)}">${escapeXml(message)}</${result}>`;
  return `${open}>${inside}${out}</testcase>\n`;
}
