import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Grade, GradeSchema } from '@labproof/grader';
import { z } from 'zod';

const PicturedSchema = z.looseObject({
  provenance: z.looseObject({ submissionDigest: z.string() }),
  pictures: GradeSchema.shape.pictures,
});

/**
 * A grade of `grades.json` with the pictures of its answers, which only `<student>/grade.json` holds. After a kill between
 * two files of a grading that file may be of another submission: then there are none, as where it cannot be read.
 */
export function withPictures(folder: string, grade: Grade): Grade {
  const { student, provenance } = grade;
  try {
    const text = readFileSync(join(folder, student, 'grade.json'), 'utf8');
    // The rest of the grade was checked in grades.json: checking it again takes most of the time to open a class.
    const whole = PicturedSchema.parse(JSON.parse(text));
    const isSame = whole.provenance.submissionDigest === provenance.submissionDigest;
    const pictures = isSame ? (whole.pictures ?? []) : [];
    return pictures.length === 0 ? grade : { ...grade, pictures };
  } catch {
    return grade;
  }
}
