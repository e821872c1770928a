// Matrix products on one core: Labproof's engines beside NumPy's BLAS and PyTorch, in one run.
//
//   node --import tsx --conditions=@labproof/source bench/matmul.mjs [--python PATH] [--rounds N] [--seconds S] [--json FILE]
//
// In each round every side does every product for about S seconds while the others wait; the best time counts.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeEngines, openKernels } from '@labproof/core';

const { values: options } = parseArgs({
  options: {
    python: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '0.1' },
    json: { type: 'string' },
  },
});
const seconds = Number(options.seconds);

/** x[m,k] · w[k,n]; `weights` is the gradient xᵀ · dy, `inputs` the gradient dy · wᵀ. All are 2·m·k·n operations. */
const PRODUCTS = [
  { operation: 'forward', m: 1024, k: 1024, n: 1024 },
  { operation: 'forward', m: 128, k: 784, n: 256 },
  { operation: 'weights', m: 128, k: 784, n: 256 },
  { operation: 'forward', m: 128, k: 256, n: 10 },
  { operation: 'weights', m: 128, k: 256, n: 10 },
  { operation: 'inputs', m: 128, k: 256, n: 10 },
  { operation: 'forward', m: 128, k: 512, n: 512 },
  { operation: 'inputs', m: 128, k: 512, n: 512 },
  { operation: 'forward', m: 32, k: 784, n: 32 },
  { operation: 'weights', m: 32, k: 784, n: 32 },
];

const sides = [...(await engineSides()), ...(await pythonSides())];
const names = sides.flatMap((side) => side.names);
const best = PRODUCTS.map(() => Object.fromEntries(names.map((name) => [name, Infinity])));
for (let round = 0; round < Number(options.rounds); round += 1) {
  for (const [index, product] of PRODUCTS.entries()) {
    for (const side of sides) {
      for (const [name, time] of Object.entries(await side.measure(product))) {
        best[index][name] = Math.min(best[index][name], time);
      }
    }
  }
}
for (const side of sides) side.stop();
print();

async function engineSides() {
  const opened = [];
  for (const { engine, levels } of await describeEngines()) {
    for (const level of levels) opened.push(await openKernels(engine, { level }));
  }
  return opened.map((kernels) => {
    const name = `${kernels.engine} ${kernels.level}`;
    return {
      names: [name],
      measure: async (product) => ({ [name]: bestSeconds(productOf(kernels, product)) }),
      stop: () => kernels.reset(),
    };
  });
}

function productOf(kernels, { operation, m, k, n }) {
  kernels.reset();
  const [x, w, y] = [m * k, k * n, m * n].map((length, stream) => {
    const pointer = kernels.allocate(length * 4);
    kernels.uniform(pointer, length, 1, stream, 0, 0, 1);
    return pointer;
  });
  if (operation === 'forward') return () => kernels.matmul(x, w, y, m, k, n);
  if (operation === 'weights') return () => kernels.matmulWeightGradient(x, y, w, m, k, n);
  return () => kernels.matmulInputGradient(y, w, x, m, k, n);
}

/** The least time of one call, over batches of calls that take about a millisecond each. */
function bestSeconds(run) {
  run();
  let start = performance.now();
  run();
  const calls = Math.max(1, Math.round(1 / Math.max(performance.now() - start, 1e-6)));
  let best = Infinity;
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    start = performance.now();
    for (let call = 0; call < calls; call += 1) run();
    best = Math.min(best, (performance.now() - start) / calls);
  }
  return best / 1000;
}

async function pythonSides() {
  if (options.python === undefined) return [];
  const threads = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const child = spawn(options.python, [fileURLToPath(new URL('matmul.py', import.meta.url))], {
    env: { ...process.env, ...threads },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await answers.next();
    if (done) throw new Error(`${options.python} ended without an answer`);
    return JSON.parse(value);
  };
  const versions = await answer();
  console.log(Object.values(versions).join('; '));
  return [
    {
      names: Object.keys(versions),
      measure(product) {
        child.stdin.write(`${JSON.stringify({ ...product, seconds })}\n`);
        return answer();
      },
      stop: () => child.stdin.end(),
    },
  ];
}

function print() {
  const others = names.filter((name) => name === 'numpy' || name === 'torch');
  const ours = [names[0], names.find((name) => name.startsWith('wasm'))];
  const ratios = others.flatMap((other) => ours.map((own) => ({ own, other })));
  const header = ['GFLOP/s', ...names, ...ratios.map(({ own, other }) => `${own} ÷ ${other}`)];
  const rows = PRODUCTS.map(({ operation, m, k, n }, index) => [
    `${operation} ${m}×${k}×${n}`,
    ...names.map((name) => ((2 * m * k * n) / best[index][name] / 1e9).toFixed(1)),
    ...ratios.map(({ own, other }) => (best[index][other] / best[index][own]).toFixed(2)),
  ]);
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  console.log(`${os.cpus()[0]?.model ?? process.arch}, one thread, Node ${process.version}`);
  for (const row of [header, ...rows]) {
    console.log(
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
        .join('  '),
    );
  }
  if (options.json !== undefined) {
    const results = { products: PRODUCTS, seconds: best };
    writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
  }
}
