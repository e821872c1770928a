import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Grade, GradeSchema } from '@labproof/grader';
import { numbersFrom } from '../../measure/numbers.ts';

/**
 * A class of any size from a graded one, as the graded folder of `count` students: every student has one of its grades
 * with results of their own. `short` grades hold two written answers and no models.
 */
export function writeGradedClass(
  graded: string,
  directory: string,
  count: number,
  { short = false }: { readonly short?: boolean } = {},
): void {
  const random = numbersFrom(count);
  const known = readdirSync(graded)
    .map((name) => join(graded, name, 'grade.json'))
    .filter((file) => existsSync(file))
    .map((file) => GradeSchema.parse(JSON.parse(readFileSync(file, 'utf8'))))
    .filter(({ models }) => models.length > 0);
  for (let index = 0; index < count; index += 1) {
    const student = `s${String(index + 1).padStart(4, '0')}`;
    const one = known[index % known.length];
    if (one === undefined) throw new RangeError(`${graded} holds no grade with a model`);
    const varied = vary(one, student, random);
    mkdirSync(join(directory, student), { recursive: true });
    writeFileSync(
      join(directory, student, 'grade.json'),
      JSON.stringify(short ? withoutModels(varied) : varied),
    );
  }
}

/** Moves every curve, confusion matrix and accuracy a little, so that no two students share a chart. */
function vary(grade: Grade, student: string, random: () => number): Grade {
  const own = { ...structuredClone(grade), student, name: `Student ${student}` };
  for (const model of own.models) {
    for (const epoch of model.history ?? []) {
      epoch.loss *= 1 - random() * 0.004;
      epoch.accuracy *= 1 - random() * 0.004;
      if (epoch.valLoss !== null) epoch.valLoss *= 1 - random() * 0.004;
      if (epoch.valAccuracy !== null) epoch.valAccuracy *= 1 - random() * 0.004;
    }
    if (model.evaluation === null) continue;
    model.evaluation.confusion = model.evaluation.confusion.map((row) =>
      row.map((value) => (random() < 0.3 ? value + Math.floor(random() * 4) : value)),
    );
    model.evaluation.accuracy -= Math.floor(random() * 30) / 1e4;
    for (const example of model.evaluation.examples) {
      example.index = Math.floor(random() * 10_000);
    }
  }
  return own;
}

/** The grade with nothing but two written answers: its report takes two pages. */
function withoutModels(grade: Grade): Grade {
  return { ...grade, models: [], files: [], outcomes: grade.outcomes.slice(0, 2) };
}
