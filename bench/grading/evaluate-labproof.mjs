// Labproof's bare evaluation of the same models in one process: evaluate-labproof.mjs CLASS COUNT.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { loadDataset, openKernels } from '@labproof/core';
import { evaluateModel } from '@labproof/grader';
import { identify, readModel } from '@labproof/submission';
import { openSubmission } from '@labproof/class';
import { benchLab } from './lab.mjs';

const [, , folder, count] = process.argv;
const lab = benchLab();
const dataset = await loadDataset('mnist');
const kernels = await openKernels('auto');
const accuracies = [];
const seconds = [];
const busy = [];
for (const student of readdirSync(folder).toSorted().slice(0, Number(count))) {
  const start = performance.now();
  const before = process.cpuUsage();
  const files = await openSubmission(path.join(folder, student));
  const [source] = identify(files, lab).models;
  const model = await readModel(source, files);
  const { evaluation } = evaluateModel({
    model,
    dataset,
    scale: '1/255',
    loss: 'categorical_crossentropy',
    kernels,
  });
  seconds.push((performance.now() - start) / 1000);
  const used = process.cpuUsage(before);
  busy.push((used.user + used.system) / 1e6);
  accuracies.push(evaluation.accuracy);
}
console.log(JSON.stringify({ seconds, busy, accuracies }));
