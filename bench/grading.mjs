// Grades a class: 200 submissions with a perceptron of 203,530 parameters, 24 answers and four plots each, evaluated on
// all 10,000 test images, with a page of HTML for each and one for the class; beside it the bare evaluations of the same
// models in TensorFlow.js (wasm) and in Labproof.
//
//   npm run build
//   node bench/grading.mjs [--students 200] [--rounds 3] [--jobs 2]
//
// Each round is a process of its own and holds everything: starting Node.js and the grading processes, loading the data,
// reading, evaluating, checking, comparing the class, writing. Nothing of an earlier round is used again.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadDataset, runTrials } from '@labproof/core';
import { benchLab, EXERCISE } from './grading/lab.mjs';
import { residentMebibytes } from './grading/resident.mjs';
import { writeClass } from './grading/write-class.mjs';

const { values: options } = parseArgs({
  options: {
    students: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
    jobs: { type: 'string', default: '2' },
    evaluations: { type: 'string', default: '20' },
  },
});
const folder = await mkdtemp(path.join(tmpdir(), 'labproof-grading-'));

/** Runs one side; gives what it says, its wall-clock seconds and the most memory that it and its children held. */
async function run(script, parameters) {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL(`grading/${script}`, import.meta.url)), ...parameters],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  let mebibytes = 0;
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const sampling = setInterval(() => {
    mebibytes = Math.max(mebibytes, residentMebibytes(child.pid));
  }, 200);
  const code = await new Promise((resolve) => {
    child.once('close', resolve);
  });
  clearInterval(sampling);
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  const lines = said.trim().split('\n');
  return { ...JSON.parse(lines.at(-1)), wall: (performance.now() - start) / 1000, mebibytes };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

try {
  const lab = benchLab();
  const dataset = await loadDataset('mnist');
  const { recipe } = lab.exercises.find(({ id }) => id === EXERCISE);
  const trained = await runTrials({
    recipe: { ...recipe, epochs: 1, trainLimit: 6000 },
    dataset,
    seeds: [1, 2, 3, 4],
    engine: 'auto',
    jobs: 2,
    cacheDirectory: path.join(folder, 'trials'),
  });
  const models = trained.map(({ weights, result }) => ({ weights, test: result.test }));
  const submissions = path.join(folder, 'class');
  console.log('| submissions | jobs | wall s | grading s | reports s | most memory MiB |');
  console.log('|---:|---:|---:|---:|---:|---:|');
  const students = Number(options.students);
  for (const size of [Math.ceil(students / 4), students]) {
    await rm(submissions, { recursive: true, force: true });
    writeClass(submissions, lab, models, size);
    for (let round = 0; round < Number(options.rounds); round += 1) {
      const out = path.join(folder, 'out');
      await rm(out, { recursive: true, force: true });
      const result = await run('grade-class.mjs', [submissions, out, options.jobs]);
      if (result.evaluated !== size || result.broken > 0) throw new Error(JSON.stringify(result));
      console.log(
        `| ${size} | ${options.jobs} | ${result.wall.toFixed(1)} | ${result.grading.toFixed(1)} | ${result.reports.toFixed(1)} | ${result.mebibytes.toFixed(0)} |`,
      );
    }
  }
  console.log('\n| bare evaluation of one model, reading it included | median ms | best ms |');
  console.log('|---|---:|---:|');
  const sides = {};
  for (const [title, script] of [
    ['Labproof, 1 process', 'evaluate-labproof.mjs'],
    ['TF.js wasm, 1 process', 'evaluate-tfjs.mjs'],
  ]) {
    sides[title] = await run(script, [submissions, options.evaluations]);
    const { seconds } = sides[title];
    console.log(
      `| ${title} | ${(1000 * median(seconds)).toFixed(1)} | ${(1000 * Math.min(...seconds)).toFixed(1)} |`,
    );
  }
  const [ours, theirs] = Object.values(sides).map(({ accuracies }) => accuracies);
  const apart = Math.max(...ours.map((accuracy, at) => Math.abs(accuracy - theirs[at])));
  console.log(`\nLargest difference of an accuracy: ${apart.toFixed(4)}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
