import { type JUnitCase, junitXml } from '@labproof/class';
import {
  type ExerciseVerification,
  type LabproofError,
  type Verdict,
  VERIFIED_PARTS,
} from '@labproof/core';
import type { Night } from './night.ts';

const RESULTS: Readonly<Record<Verdict, JUnitCase['result']>> = {
  ok: 'passed',
  drifted: 'failure',
  broken: 'error',
  'not-run': 'skipped',
};

/**
 * The night as JUnit XML: a suite an exercise, a test case a verdict. `drifted` is a failure, `broken` an error;
 * the details also stand in system-out, because some readers ignore properties.
 */
export function junitOfNight({ exercises }: Night): string {
  return junitXml(
    'labproof verify',
    exercises.map((exercise) => ({
      name: `${exercise.lab}/${exercise.exercise}`,
      properties: [],
      cases: VERIFIED_PARTS.map((part) => caseOf(part, exercise)),
      out: exercise.details.join('\n'),
    })),
  );
}

/** A night that could not begin, as one error. */
export function junitOfFailure({ message, fix, code }: LabproofError): string {
  const text = `${message}\n${fix}`;
  const entry: JUnitCase = {
    name: 'verify',
    result: 'error',
    message: code,
    text,
    out: null,
  };
  return junitXml('labproof verify', [
    { name: 'labproof verify', properties: [], cases: [entry], out: text },
  ]);
}

function caseOf(part: (typeof VERIFIED_PARTS)[number], exercise: ExerciseVerification): JUnitCase {
  const verdict = exercise[part];
  const skipped = verdict === 'not-run';
  return {
    name: part,
    result: RESULTS[verdict],
    message: skipped
      ? null
      : verdict === 'ok' || exercise.cause === undefined
        ? verdict
        : `${verdict}: ${exercise.cause}`,
    text: skipped ? '' : exercise.details.join('\n'),
    out: null,
  };
}
