import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Recipe, writeLayersModel } from '@labproof/core';
import { encode } from 'fast-png';
import { numbersFrom } from '../../measure/numbers.ts';

/** A trained model that students' own are made of. */
export interface TrainedModel {
  readonly weights: readonly Float32Array[];
  readonly test: { readonly loss: number; readonly accuracy: number };
}

/** The exercise whose model everybody hands in, and how many questions everybody answers. */
export interface HandedIn {
  readonly exercise: string;
  readonly recipe: Recipe;
  readonly questions: number;
}

const WORDS =
  'the network learns faster when every batch is small but the loss then jumps and validation images show that it memorises noise instead of shapes which dropout prevents at the price of longer training so we compared both on unseen digits and found little difference after ten epochs'.split(
    ' ',
  );

/** Questions whose answers show a plot. */
const PLOTTED = [3, 5, 8, 10];
/** Questions up to this one are answered with numbers. */
const WITH_NUMBERS = 10;

/** A class of submissions: everybody's own model (trained, then moved a little), an answer a question, four plots. */
export function writeClass(
  folder: string,
  handedIn: HandedIn,
  models: readonly TrainedModel[],
  students: number,
): void {
  for (let index = 0; index < students; index += 1) {
    const model = models[index % models.length];
    if (model === undefined) throw new RangeError('a class needs a trained model');
    const student = join(folder, `s${String(index + 1).padStart(4, '0')}`);
    writeSubmission(student, handedIn, model, numbersFrom(index + 1));
  }
}

function writeSubmission(
  student: string,
  { exercise, recipe, questions }: HandedIn,
  { weights, test }: TrainedModel,
  random: () => number,
): void {
  const own = weights.map((array) => array.map((value) => value * (1 + 0.02 * (random() - 0.5))));
  for (const [name, content] of Object.entries(writeLayersModel(recipe.model, own))) {
    const file = join(student, 'models', exercise, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  mkdirSync(join(student, 'plots'), { recursive: true });
  for (const number of PLOTTED) {
    writeFileSync(join(student, 'plots', `q${number}.png`), plot(random));
  }
  const answers = Array.from({ length: questions }, (_, index) => {
    const number = index + 1;
    const shown = PLOTTED.includes(number) ? `\n\n![plot](plots/q${number}.png)` : '';
    const numbers = `The test accuracy is ${test.accuracy.toFixed(4)} and the test loss is ${test.loss.toFixed(4)}; an epoch takes ${(2 + 4 * random()).toFixed(1)} seconds.`;
    return `## Question ${number}\n\n${sentence(random, 40)} ${number <= WITH_NUMBERS ? numbers : ''}${shown}\n`;
  });
  writeFileSync(join(student, 'answers.md'), answers.join('\n'));
}

function sentence(random: () => number, length: number): string {
  const words = Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)]);
  return `${words.join(' ')}.`;
}

function plot(random: () => number): Uint8Array {
  const [width, height] = [800, 500];
  const data = new Uint8Array(width * height * 3).fill(255);
  let level = 0.1 + 0.3 * random();
  for (let x = 0; x < width; x += 1) {
    level += (0.95 - level) * 0.01 + (random() - 0.5) * 0.02;
    const y = Math.min(height - 1, Math.max(0, Math.round(height * (1 - level))));
    data.fill(40, (y * width + x) * 3, (y * width + x) * 3 + 3);
  }
  return encode({ width, height, data, channels: 3 });
}
