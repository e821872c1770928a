// Packs self-check pages, opens them in the bundled browser, drops submissions, and says how long each took beside
// `labproof check` of the same folder: page and command in turns, the command by WebAssembly (what the page has) and by
// whatever is fastest here. Both must give the same JSON.
//   npm run build && tsx --conditions=@labproof/source bench/page.ts [ROUNDS]
/// <reference lib="dom" />
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadDataset, planModel, writeLayersModel } from '@labproof/core';
import { Labs } from '@labproof/exercises';
import { checkKinds } from '@labproof/grader';
import { studentEdition } from '@labproof/lab';
import { selfCheckSite } from '@labproof/page';
import { chooseFolder, loaded, resultOf, startOver } from '../packages/page/test/support/page.ts';
import { ServedFolder } from '../packages/page/test/support/serve-folder.ts';
import { startLocalBrowser } from '../packages/review/test/support/browser.ts';

const LAB = 'image-recognition';
const rounds = Number(process.argv[2] ?? 3);
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const bin = at('../packages/cli/bin/labproof.js');
const fixture = (name: string): string => at(`../fixtures/image-recognition/${name}/submission`);
const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), 'labproof-bench-page-'));
const lab = studentEdition(new Labs(checkKinds).find(LAB), checkKinds);

/** One model of an exercise with weights that were never trained: as much work as good ones. */
function untrained(exercise: string): string {
  const recipe = lab.exercises.find(({ id }) => id === exercise)?.recipe;
  if (recipe === undefined) throw new Error(`${LAB} has no exercise ${exercise}`);
  const weights = planModel(recipe.model).layers.flatMap((layer) =>
    layer.weights.map(({ shape }) =>
      Float32Array.from(
        { length: shape.reduce((product, extent) => product * extent, 1) },
        (_, index) => (((index * 7919) % 2001) - 1000) / 20_000,
      ),
    ),
  );
  const folder = join(work, `only-${exercise}`);
  mkdirSync(join(folder, 'models', exercise), { recursive: true });
  const answers = '## Question 1\n\nSorting parcels.\n';
  writeFileSync(join(folder, 'answers.md'), answers);
  for (const [name, content] of Object.entries(writeLayersModel(recipe.model, weights))) {
    writeFileSync(join(folder, 'models', exercise, name), content);
  }
  return folder;
}

/** The models of a fixture, and nothing that has to be run beside them. */
function modelsOf(name: string, exercise: string): string {
  const folder = join(work, `${name}-${exercise}`);
  cpSync(join(fixture(name), 'models', exercise), join(folder, 'models', exercise), {
    recursive: true,
  });
  writeFileSync(join(folder, 'answers.md'), '## Question 1\n\nSorting parcels.\n');
  return folder;
}

const SUBMISSIONS: readonly { readonly name: string; readonly path: string }[] = [
  { name: 'two perceptrons (just-above)', path: fixture('just-above') },
  { name: 'an MNIST CNN', path: modelsOf('excellent', 'mnist-cnn') },
  {
    name: 'an MNIST CNN, two perceptrons, two playgrounds (excellent)',
    path: fixture('excellent'),
  },
  { name: 'a CIFAR-10 CNN', path: untrained('cifar10-cnn') },
];

async function byCommand(path: string, engine: string): Promise<Measured> {
  const start = performance.now();
  const { stdout } = await run(
    process.execPath,
    [bin, 'check', path, '--lab', LAB, '--json', '--engine', engine],
    { maxBuffer: 2 ** 26 },
  ).catch((error: { code: number; stdout: string }) => {
    // 1: points would be lost.
    if (error.code === 1) return error;
    throw error;
  });
  return { seconds: (performance.now() - start) / 1000, json: stdout };
}

interface Measured {
  readonly seconds: number;
  readonly json: string;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const ids = new Set(lab.exercises.map(({ recipe }) => recipe.dataset));
const datasets = [];
for (const id of ids) datasets.push(await loadDataset(id));
for (const some of [datasets.slice(0, 1), datasets]) {
  const files = selfCheckSite({ lab, datasets: some, version: '0.1.0' });
  const size = files.reduce((sum, { content }) => sum + content.length, 0);
  console.log(
    `${files.length} files with ${some.map(({ id }) => id).join(' and ')}: ${megabytes(size)}`,
  );
}
const served = new ServedFolder(selfCheckSite({ lab, datasets, version: '0.1.0' }));
await served.start();
const browser = await startLocalBrowser();
try {
  const page = await browser.newPage();
  // What tsx puts around functions is not in the page.
  await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
  page.setDefaultTimeout(0);
  const begun = performance.now();
  await page.goto(served.address);
  await loaded(page);
  console.log(`loaded in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  console.log(`${await browser.version()}, Node.js ${process.version}, ${cpus().length} cores\n`);
  console.log('| submission | page | best | check, wasm | page to wasm | check, auto |');
  console.log('|---|---:|---:|---:|---:|---:|');
  for (const { name, path } of SUBMISSIONS) {
    const times: { page: number; wasm: number; auto: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now();
      await chooseFolder(page, path);
      const { json } = await resultOf(page);
      const seconds = (performance.now() - start) / 1000;
      await startOver(page);
      const [wasm, auto] = [await byCommand(path, 'wasm'), await byCommand(path, 'auto')];
      if (json !== wasm.json || json !== auto.json) throw new Error(`${name}: other JSON`);
      times.push({ page: seconds, wasm: wasm.seconds, auto: auto.seconds });
    }
    const of = (side: 'page' | 'wasm' | 'auto'): number[] => times.map((time) => time[side]);
    const shown = (seconds: number): string => `${seconds.toFixed(1)} s`;
    console.log(
      `| ${name} | ${shown(median(of('page')))} | ${shown(Math.min(...of('page')))} | ${shown(median(of('wasm')))} | ${(median(of('page')) / median(of('wasm'))).toFixed(2)} × | ${shown(median(of('auto')))} |`,
    );
  }
} finally {
  await browser.close();
  served.stop();
  rmSync(work, { recursive: true, force: true });
}
