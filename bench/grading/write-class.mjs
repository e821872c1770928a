// A class of submissions: everybody's own model (trained, then moved a little), 24 answers and four plots.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeLayersModel } from '@labproof/core';
import { encode } from 'fast-png';
import { numbersFrom } from '../numbers.mjs';

const WORDS =
  'the network learns faster when every batch is small but the loss then jumps and validation images show that it memorises noise instead of shapes which dropout prevents at the price of longer training so we compared both on unseen digits and found little difference after ten epochs'.split(
    ' ',
  );

function sentence(random, length) {
  const words = Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)]);
  return `${words.join(' ')}.`;
}

function plot(random) {
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

export function writeClass(folder, { id, recipe }, questions, models, students) {
  for (let index = 0; index < students; index += 1) {
    const random = numbersFrom(index + 1);
    const { weights, test } = models[index % models.length];
    const own = weights.map((array) => array.map((value) => value * (1 + 0.02 * (random() - 0.5))));
    const files = writeLayersModel(recipe.model, own);
    const student = path.join(folder, `s${String(index + 1).padStart(4, '0')}`);
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(student, 'models', id, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    mkdirSync(path.join(student, 'plots'), { recursive: true });
    for (const number of [3, 5, 8, 10]) {
      writeFileSync(path.join(student, 'plots', `q${number}.png`), plot(random));
    }
    const answers = questions.map(({ number }) => {
      const shown = [3, 5, 8, 10].includes(number) ? `\n\n![plot](plots/q${number}.png)` : '';
      const numbers = `The test accuracy is ${test.accuracy.toFixed(4)} and the test loss is ${test.loss.toFixed(4)}; an epoch takes ${(2 + 4 * random()).toFixed(1)} seconds.`;
      return `## Question ${number}\n\n${sentence(random, 40)} ${number <= 10 ? numbers : ''}${shown}\n`;
    });
    writeFileSync(path.join(student, 'answers.md'), answers.join('\n'));
  }
}
