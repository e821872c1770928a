import { formatPlural } from '@labproof/submission';
import type { Grade, QuestionOutcome } from '@labproof/grader';

/** `results.json` as Gradescope's autograder reads it (gradescope-autograders.readthedocs.io, "Output format"). */
export interface GradescopeResults {
  /**
   * Absent where there is no score, and so are the tests: Gradescope then says that the autograder failed, which is what happened. It
   * would add up the scores of tests, and a part of a grade is none.
   */
  readonly score?: number;
  readonly output: string;
  readonly output_format: 'text';
  readonly visibility: 'visible';
  readonly stdout_visibility: 'hidden';
  readonly extra_data: Readonly<Record<string, string>>;
  readonly tests?: readonly GradescopeTest[];
}

interface GradescopeTest {
  readonly number: string;
  readonly name: string;
  readonly max_score: number;
  /** Absent while points wait for a reader. */
  readonly score?: number;
  readonly status?: 'passed' | 'failed';
  readonly output: string;
  readonly output_format: 'text';
  readonly visibility: 'visible';
}

/** A grade for Gradescope. What a rubric looks for is not in it. */
export function gradescopeResults(grade: Grade): GradescopeResults {
  const { score, pending, problem, lateness, provenance } = grade;
  const output = [
    ...(score === null
      ? [
          'This could not be graded, and that is no fault of yours. Your instructor finds the reason in the results of the class.',
        ]
      : []),
    ...(problem === null ? [] : [`${problem.message} ${problem.fix}`]),
    ...(pending > 0
      ? [`${formatPlural(pending, 'point')} ${pending === 1 ? 'needs' : 'need'} manual grading.`]
      : []),
    ...(lateness === undefined ? [] : [lateness.message]),
  ];
  return {
    ...(score === null ? {} : { score }),
    output: output.join('\n'),
    output_format: 'text',
    visibility: 'visible',
    stdout_visibility: 'hidden',
    extra_data: {
      labproof: provenance.labproof,
      lab: `${grade.lab.id} ${grade.lab.version}`,
      submission: provenance.submissionDigest,
    },
    ...(score === null ? {} : { tests: grade.outcomes.map(testOf) }),
  };
}

function testOf(outcome: QuestionOutcome): GradescopeTest {
  const { number, title, points, pending, max, checks } = outcome;
  const decided = points !== null && pending === 0;
  const output = checks.map(({ outcome: state, message, advice, max: most }) =>
    state === 'needs-review'
      ? `${formatPlural(most, 'point')} ${most === 1 ? 'needs' : 'need'} manual grading.`
      : [message, ...(advice === null ? [] : [advice])].join('\n'),
  );
  return {
    number: String(number),
    name: title,
    max_score: max,
    ...(decided ? { score: points, status: points >= max ? 'passed' : 'failed' } : {}),
    output: [...new Set(output)].join('\n\n'),
    output_format: 'text',
    visibility: 'visible',
  };
}
