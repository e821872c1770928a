import type { Lab } from '@labproof/core';
import type { Finding } from '../copies/finding.ts';
import type { Grade } from '../grade.ts';
import { REVIEWS_FILE } from './collect-reviews.ts';
import { gradesCsv } from './grades-csv.ts';
import type { GradingLog } from './grading-log.ts';
import { type ReviewRow, reviewsCsv } from './review-rows.ts';
import type { RosterEntry } from './roster.ts';
import type { OutputFile } from './write-files.ts';

/** The files of a graded class; `grades.json` last, so that where it is new everything is. */
export function resultFiles(results: {
  lab: Lab;
  grades: readonly Grade[];
  missing: readonly RosterEntry[];
  reviews: readonly ReviewRow[];
  findings: readonly Finding[];
}): OutputFile[] {
  const { lab, grades, missing, reviews, findings } = results;
  return [
    ...grades.map((grade) => ({ path: `${grade.student}/grade.json`, content: asJson(grade) })),
    { path: 'grades.csv', content: gradesCsv(lab, grades, missing) },
    { path: REVIEWS_FILE, content: reviewsCsv(reviews) },
    { path: 'findings.json', content: asJson(findings) },
    { path: 'grades.json', content: asJson(grades) },
  ];
}

/** Records what is new or another than in the results that stood before. */
export function recordWritten(
  log: GradingLog,
  before: readonly Grade[],
  after: readonly Grade[],
): void {
  const old = new Map(before.map((grade) => [grade.student, asJson(grade)]));
  for (const grade of after) {
    const content = asJson(grade);
    if (old.get(grade.student) !== content) log.append('written', grade, content);
    old.delete(grade.student);
  }
  for (const grade of before) {
    if (old.has(grade.student)) log.append('withdrawn', grade, asJson(grade));
  }
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
