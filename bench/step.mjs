// One training step of a small perceptron on MNIST, on every library at hand, in one run.
//
//   node --import tsx --conditions=@labproof/source bench/step.mjs [--python PATH] [--rounds N] [--seconds S] [--without NAME]... [--json FILE]
//
// Every side is a process of its own that trains the same network from the same weights on the same batches. They take
// turns: in each round each side runs for about S seconds while all others wait, so a busy moment of the machine falls
// on all of them. A step is: gather a batch, forward, loss as a number, backward, optimiser.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  planTraining,
  Trainer,
  datasetDirectory,
  loadDataset,
  openKernels,
  weightBytes,
} from '@labproof/core';
import { Side } from './side.mjs';
import { workloads } from './workloads.mjs';

const { values: options } = parseArgs({
  options: {
    python: { type: 'string' },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '0.3' },
    without: { type: 'string', multiple: true, default: [] },
    json: { type: 'string' },
  },
});
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);

const here = path.dirname(fileURLToPath(import.meta.url));
const script = (name) => path.join(here, name);
const node = [process.execPath, '--import', 'tsx', '--conditions=@labproof/source'];
const contenders = [
  { name: 'Labproof native', command: [...node, script('labproof_step.mjs'), 'native'] },
  { name: 'Labproof wasm', command: [...node, script('labproof_step.mjs'), 'wasm'] },
  ...(options.python === undefined ? [] : pythonSides(options.python)),
  { name: 'TF.js wasm', command: [process.execPath, script('tfjs_step.mjs'), 'wasm'] },
  { name: 'TF.js cpu', command: [process.execPath, script('tfjs_step.mjs'), 'cpu'] },
].filter(({ name }) => !options.without.includes(name));

const dataset = await loadDataset('mnist');
const folder = await mkdtemp(path.join(os.tmpdir(), 'labproof-bench-'));
const report = { machine: machine(), rounds, workloads: [] };
try {
  for (const workload of workloads) {
    const weights = path.join(folder, `${workload.id}.f32`);
    const kernels = await openKernels('wasm');
    const { initialWeights } = new Trainer({
      kernels,
      plan: planTraining(workload.recipe, dataset),
      dataset,
      seed: 1,
    });
    writeFileSync(weights, weightBytes(initialWeights));
    const task = { ...workload, data: datasetDirectory('mnist'), weights };
    report.workloads.push({ title: workload.title, sides: await race(task) });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
print(report);
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);

function pythonSides(python) {
  const sides = {
    torch: [
      { name: 'PyTorch, 1 thread', command: [python, script('pytorch_step.py'), '1'] },
      { name: 'PyTorch, 2 threads', command: [python, script('pytorch_step.py'), '2'] },
    ],
    tensorflow: [{ name: 'Keras, 1 thread', command: [python, script('keras_step.py'), '1'] }],
  };
  return Object.entries(sides).flatMap(([module, those]) => {
    const probe = `import importlib.util, sys; sys.exit(importlib.util.find_spec("${module}") is None)`;
    const { status } = spawnSync(python, ['-c', probe], { stdio: 'inherit' });
    if (status !== 0) console.error(`${python} has no ${module}; its sides are left out`);
    return status === 0 ? those : [];
  });
}

async function race(task) {
  const sides = [];
  try {
    for (const { name, command } of contenders) {
      sides.push({ name, side: await Side.start(name, command, task, seconds), milliseconds: [] });
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const entry of sides) entry.milliseconds.push(await entry.side.round());
      process.stderr.write(`\r${task.title}: round ${round + 1}/${rounds}`);
    }
    process.stderr.write('\n');
    return sides.map(({ name, side, milliseconds }) => ({
      name,
      versions: side.versions,
      loss: side.loss,
      milliseconds,
      median: middle(milliseconds),
      best: Math.min(...milliseconds),
    }));
  } finally {
    for (const { side } of sides) side.stop();
  }
}

function middle(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function machine() {
  const { node, v8 } = process.versions;
  const [cpu] = os.cpus();
  return `${cpu?.model.trim()}, ${os.cpus().length} cores, ${os.type()} ${os.release()}, Node.js ${node} (V8 ${v8})`;
}

function print({ machine, workloads }) {
  console.log(`Machine: ${machine}\n`);
  for (const { title, sides } of workloads) {
    const [first] = sides;
    console.log(`### ${title}\n`);
    console.log(
      `| side | median ms/step | best | against ${first.name} | loss after ${first.loss.steps} steps | versions |`,
    );
    console.log('|---|---:|---:|---:|---:|---|');
    for (const { name, median, best, loss, versions } of sides) {
      const ratio = `${(median / first.median).toFixed(2)} ×`;
      console.log(
        `| ${name} | ${median.toFixed(3)} | ${best.toFixed(3)} | ${ratio} | ${loss.mean.toFixed(4)} | ${versions} |`,
      );
    }
    console.log('');
  }
}
