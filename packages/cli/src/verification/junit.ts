import type { ExerciseVerification, Verdict } from '@labproof/core';
import { escapeXml } from '@labproof/class';
import type { Night } from './night.ts';

const PARTS = ['identity', 'fixedSeeds', 'freshSeeds'] as const;

/**
 * The night as JUnit XML: a suite an exercise, a test case a verdict. `drifted` is a failure, `broken` an error;
 * the details also stand in system-out, because some readers ignore properties.
 */
export function junitXml({ exercises }: Night): string {
  const suites = exercises.map((exercise) => {
    const name = escapeXml(`${exercise.lab}/${exercise.exercise}`);
    const cases = PARTS.map((part) => testCase(name, part, exercise));
    return [
      `  <testsuite name="${name}" tests="${PARTS.length}" failures="${count(exercise, 'drifted')}" errors="${count(exercise, 'broken')}" skipped="${count(exercise, 'not-run')}">`,
      ...cases,
      `    <system-out>${escapeXml(exercise.details.join('\n'))}</system-out>`,
      '  </testsuite>',
    ].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="labproof verify">\n${suites.join('\n')}\n</testsuites>\n`;
}

function count(exercise: ExerciseVerification, verdict: Verdict): number {
  return PARTS.filter((part) => exercise[part] === verdict).length;
}

function testCase(
  suite: string,
  part: (typeof PARTS)[number],
  exercise: ExerciseVerification,
): string {
  const details = escapeXml(exercise.details.join('\n'));
  const open = `    <testcase classname="${suite}" name="${part}"`;
  switch (exercise[part]) {
    case 'ok':
      return `${open}/>`;
    case 'drifted':
      return `${open}><failure message="drifted">${details}</failure></testcase>`;
    case 'broken':
      return `${open}><error message="broken">${details}</error></testcase>`;
    case 'not-run':
      return `${open}><skipped/></testcase>`;
  }
}
