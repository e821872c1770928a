// What a machine with an NVIDIA GPU is asked: are the bits the same, and how fast are they.
//
//   node --import tsx --conditions=@labproof/source bench/gpu.mjs [PART]... [--data DIR] [--json FILE] [--runs N]
//        [--lab NAME]... [--trials N] [--exercise NAME]... [--side-by-side N]... [--processes N]...
//
// Parts, all of them unless some are named, in this order:
//   kernels   every kernel on random arrays of the tests' shapes, N calls each, held to the plain loops of the oracle
//   digests   the short prefix of every exercise of the labs, held to the digests in their bands
//   seeds     the first N trials of every exercise of some labs to the end, held to the digests in their bands
//   tiles     how fast each tile of the products is on the shapes of the labs' networks
//   profile   what one step of each exercise spends in which kernel
//   speed     trials an hour on the GPU, for so many trials side by side
//   native    trials an hour on the processor, in so many processes side by side
//
// `--data` names a folder of packed images (see gpu/data.mjs), for machines without a registry. What PyTorch does on the same
// GPU, gpu/pytorch_trials.py times. One line of JSON for every result goes to FILE.
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkDigests, checkKernels, checkSeeds } from './gpu/checks.mjs';
import { Data } from './gpu/data.mjs';
import { profile } from './gpu/profile.mjs';
import { nativeSpeed, speed } from './gpu/speed.mjs';
import { timeTiles } from './gpu/tiles.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    json: { type: 'string' },
    runs: { type: 'string', default: '60' },
    lab: { type: 'string', multiple: true, default: ['image-recognition'] },
    trials: { type: 'string', default: '3' },
    exercise: {
      type: 'string',
      multiple: true,
      default: ['mnist-mlp-relu', 'mnist-cnn', 'cifar10-cnn'],
    },
    'side-by-side': { type: 'string', multiple: true, default: ['1', '4', '16', '64'] },
    processes: { type: 'string', multiple: true, default: ['1', '16'] },
  },
});

const started = performance.now();
const tell = (result) => {
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(`[${seconds.toFixed(1)}] ${result.text}\n`);
  if (values.json !== undefined) {
    appendFileSync(values.json, `${JSON.stringify({ at: seconds, ...result })}\n`);
  }
};
const options = {
  data: new Data(values.data),
  tell,
  runs: Number(values.runs),
  labs: values.lab,
  trials: Number(values.trials),
  exercises: values.exercise,
  sideBySide: values['side-by-side'].map(Number),
  processes: values.processes.map(Number),
};

const PARTS = {
  kernels: checkKernels,
  digests: checkDigests,
  seeds: checkSeeds,
  tiles: timeTiles,
  profile,
  speed,
  native: nativeSpeed,
};
for (const part of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
  try {
    await PARTS[part](options);
  } catch (error) {
    tell({ part, failed: true, text: `${part} FAILED: ${error.stack}` });
    process.exitCode = 1;
  }
}
