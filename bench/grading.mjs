// Grades a class: 200 submissions with a perceptron of 203,530 parameters (or an MNIST CNN of 1,199,882), 24 answers and
// four plots each, evaluated on all 10,000 test images, with a page of HTML for each and one for the class; beside it the
// bare evaluations of the same models in TensorFlow.js (wasm), in Labproof and, where it is installed, in onnxruntime.
//
//   npm run build
//   node bench/grading.mjs [--students 200] [--rounds 3] [--jobs 2]
//   (mkdir -p FOLDER && cd FOLDER && npm init -y && npm install --ignore-scripts onnxruntime-node)
//   node bench/grading.mjs --network cnn --students 40 --onnxruntime FOLDER
//
// Each round is a process of its own and holds everything: starting Node.js and the grading processes, loading the data,
// reading, evaluating, checking, comparing the class, writing. Nothing of an earlier round is used again.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadDataset, runTrials } from '@labproof/core';
import { benchLab, EXERCISES } from './grading/lab.mjs';
import { residentMebibytes } from './grading/resident.mjs';
import { writeClass } from './grading/write-class.mjs';

const { values: options } = parseArgs({
  options: {
    students: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
    jobs: { type: 'string', default: '2' },
    evaluations: { type: 'string' },
    network: { type: 'string', default: 'perceptron' },
    onnxruntime: { type: 'string' },
  },
});
/** Processor seconds of all processes that this one has started and that have ended; only Linux tells. */
function processorSeconds() {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Fields 16 and 17 of proc(5), in ticks of a hundredth of a second.
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

const folder = await mkdtemp(path.join(tmpdir(), 'labproof-grading-'));

/** Runs one side; gives what it says, its wall-clock seconds and the most memory that it and its children held. */
async function run(script, parameters) {
  const [start, used] = [performance.now(), processorSeconds()];
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
  const wall = (performance.now() - start) / 1000;
  return { ...JSON.parse(lines.at(-1)), wall, processor: processorSeconds() - used, mebibytes };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

try {
  const lab = benchLab();
  const dataset = await loadDataset('mnist');
  const exercise = lab.exercises.find(({ id }) => id === EXERCISES[options.network]);
  const isLarge = options.network === 'cnn';
  const { trials: trained } = await runTrials({
    // Perceptrons are trained as the lab says and so are in their band, as most of a class are.
    recipe: isLarge ? { ...exercise.recipe, epochs: 1, trainLimit: 1500 } : exercise.recipe,
    dataset,
    seeds: [1, 2, 3, 4],
    engine: 'auto',
    jobs: 2,
    cacheDirectory: path.join(folder, 'trials'),
  });
  const models = trained.map(({ weights, result }) => ({ weights, test: result.test }));
  const submissions = path.join(folder, 'class');
  console.log(
    '| submissions | jobs | wall s | processor s | grading s | reports s | most memory MiB |',
  );
  console.log('|---:|---:|---:|---:|---:|---:|---:|');
  const students = Number(options.students);
  for (const size of [Math.ceil(students / 4), students]) {
    await rm(submissions, { recursive: true, force: true });
    writeClass(submissions, exercise, lab.questions, models, size);
    for (let round = 0; round < Number(options.rounds); round += 1) {
      const out = path.join(folder, 'out');
      await rm(out, { recursive: true, force: true });
      const result = await run('grade-class.mjs', [submissions, out, options.jobs]);
      if (result.evaluated !== size || result.broken > 0) throw new Error(JSON.stringify(result));
      console.log(
        `| ${size} | ${options.jobs} | ${result.wall.toFixed(1)} | ${result.processor.toFixed(1)} | ${result.grading.toFixed(1)} | ${result.reports.toFixed(1)} | ${result.mebibytes.toFixed(0)} |`,
      );
    }
  }
  console.log(
    '\n| bare evaluation of one model, reading it included | median ms | best ms | best processor ms |',
  );
  console.log('|---|---:|---:|---:|');
  const count = options.evaluations ?? (isLarge ? '4' : '20');
  const contenders = [
    ['Labproof, 1 process', 'evaluate-labproof.mjs', []],
    ['TF.js wasm, 1 process', 'evaluate-tfjs.mjs', []],
    ...(options.onnxruntime === undefined
      ? []
      : ['1', '2'].map((threads) => [
          `onnxruntime-node, ${threads} thread${threads === '1' ? '' : 's'}`,
          'evaluate-onnx.mjs',
          [options.onnxruntime, threads],
        ])),
  ];
  const sides = {};
  for (const [title, script, further] of contenders) {
    sides[title] = await run(script, [submissions, count, exercise.id, ...further]);
    const { seconds, busy } = sides[title];
    console.log(
      `| ${title} | ${(1000 * median(seconds)).toFixed(1)} | ${(1000 * Math.min(...seconds)).toFixed(1)} | ${(1000 * Math.min(...busy)).toFixed(1)} |`,
    );
  }
  const [ours, ...theirs] = Object.values(sides).map(({ accuracies }) => accuracies);
  const apart = Math.max(
    ...theirs.flatMap((side) => side.map((accuracy, at) => Math.abs(accuracy - ours[at]))),
  );
  console.log(`\nLargest difference of an accuracy: ${apart.toFixed(4)}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
