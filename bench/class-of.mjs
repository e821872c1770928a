// A class of any size from the graded fixture class: every student is one of its submissions with results of their own.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { numbersFrom } from './numbers.mjs';

/** Moves every curve, confusion matrix and accuracy a little, so that no two students share a chart. */
function vary(grade, student, random) {
  const own = { ...structuredClone(grade), student, name: `Student ${student}` };
  for (const model of own.models) {
    for (const epoch of model.history ?? []) {
      for (const metric of ['loss', 'accuracy', 'valLoss', 'valAccuracy']) {
        if (epoch[metric] !== null) epoch[metric] *= 1 - random() * 0.004;
      }
    }
    if (model.evaluation === null) continue;
    for (const row of model.evaluation.confusion) {
      for (let predicted = 0; predicted < row.length; predicted += 1) {
        if (random() < 0.3) row[predicted] += Math.floor(random() * 4);
      }
    }
    model.evaluation.accuracy -= Math.floor(random() * 30) / 1e4;
    for (const example of model.evaluation.examples) {
      example.index = Math.floor(random() * 10_000);
    }
  }
  return own;
}

/** The grade with nothing but two written answers: its report takes two pages. */
function withoutModels(grade) {
  return { ...grade, models: [], files: [], outcomes: grade.outcomes.slice(0, 2) };
}

/** Writes `count` grades into `directory`, made from those in `graded`; `short` ones hold no models. */
export function writeClass(graded, directory, count, { short = false } = {}) {
  const random = numbersFrom(count);
  const known = readdirSync(graded, { withFileTypes: true })
    .map(({ name }) => path.join(graded, name, 'grade.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')))
    .filter(({ models }) => models.length > 0);
  for (let index = 0; index < count; index += 1) {
    const student = `s${String(index + 1).padStart(4, '0')}`;
    const varied = vary(known[index % known.length], student, random);
    mkdirSync(path.join(directory, student), { recursive: true });
    writeFileSync(
      path.join(directory, student, 'grade.json'),
      JSON.stringify(short ? withoutModels(varied) : varied),
    );
  }
}
