import { canonicalJson } from '@labproof/core';
import { type Grade, studentGrade } from '@labproof/grader';

/**
 * What a report tells its student of a grade, as text that is another only where that is. Which version of Labproof
 * graded is told and is nothing of the student's; pictures are told by the submission, whose digest is in it.
 */
export function toldGrade(grade: Grade): string {
  const { pictures: _, provenance, ...told } = studentGrade(grade);
  const { submissionDigest } = provenance;
  return canonicalJson({ ...told, submissionDigest });
}

/** The grade as a release keeps it: for its student's eyes, without pictures, which its report holds. */
export function frozenGrade(grade: Grade): string {
  const { pictures: _, ...told } = studentGrade(grade);
  return `${JSON.stringify(told)}\n`;
}
