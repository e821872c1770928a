// Reports of a class of 200: HTML of real length, and PDFs of two pages, each as one run of `labproof report`.
//
//   npm run build
//   node bench/reports.mjs [--students N] [--rounds N] [--json FILE]
//
// Every round is a process of its own, started as a user starts it, from the built packages: its time holds starting
// Node.js, reading the grades and the dataset, rendering and writing. Memory is the most that the process and all its
// children (the browser among them) held together, sampled four times a second. Processor
// seconds are those of the process and its children: on a machine that others share, they say what the clock cannot.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeClass } from './class-of.mjs';

const { values: options } = parseArgs({
  options: {
    students: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
});
const students = Number(options.students);
const rounds = Number(options.rounds);
const root = fileURLToPath(new URL('..', import.meta.url));
const labproof = path.join(root, 'packages/cli/bin/labproof.js');
const LAB = 'image-recognition';

/**
 * Resident memory of a process and its descendants in MiB; notes in `ticks` what each has computed so far, in
 * hundredths of a second. Only Linux tells.
 */
function lookAtTree(pid, ticks) {
  const children = new Map();
  const pages = new Map();
  const computed = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const parent = fields[1];
      computed.set(name, Number(fields[11]) + Number(fields[12]));
      children.set(parent, [...(children.get(parent) ?? []), name]);
      // Proportional memory counts what the browser's processes share once.
      const rollup = readFileSync(`/proc/${name}/smaps_rollup`, 'utf8');
      pages.set(name, Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0));
    } catch {
      // The process has ended, or belongs to somebody else.
    }
  }
  const sum = (id) => {
    ticks.set(id, computed.get(id) ?? ticks.get(id) ?? 0);
    return (
      (pages.get(id) ?? 0) + (children.get(id) ?? []).reduce((kib, child) => kib + sum(child), 0)
    );
  };
  return sum(String(pid)) / 1024;
}

/** Runs `labproof` once; gives its wall-clock and processor seconds and the most memory that it held. */
async function run(parameters) {
  const ticks = new Map();
  const start = performance.now();
  const child = spawn(process.execPath, [labproof, ...parameters], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let mebibytes = 0;
  const sample = () => {
    mebibytes = Math.max(mebibytes, lookAtTree(child.pid, ticks));
  };
  const timer = existsSync('/proc/self/smaps_rollup') ? setInterval(sample, 250) : undefined;
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`labproof ${parameters.join(' ')} ended with ${code}`);
  const seconds = (performance.now() - start) / 1000;
  const processor = [...ticks.values()].reduce((sum, value) => sum + value, 0) / 100;
  return { seconds, processor, mebibytes };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure(title, directory, parameters) {
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    runs.push(await run(['report', directory, ...parameters]));
  }
  const files = (name) =>
    readdirSync(directory)
      .map((student) => path.join(directory, student, name))
      .filter((file) => existsSync(file));
  const largest = files('report.html').reduce(
    (most, file) => Math.max(most, statSync(file).size),
    0,
  );
  const pages = files('report.pdf').map(
    (file) => readFileSync(file, 'latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0,
  );
  return {
    title,
    seconds: median(runs.map(({ seconds }) => seconds)),
    best: Math.min(...runs.map(({ seconds }) => seconds)),
    processor: median(runs.map(({ processor }) => processor)),
    mebibytes: Math.max(...runs.map(({ mebibytes }) => mebibytes)),
    largestHtmlBytes: largest,
    pages: pages.length === 0 ? null : median(pages),
  };
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'labproof-bench-'));
try {
  const submissions = path.join(folder, 'submissions');
  const fixtures = path.join(root, 'fixtures', LAB);
  for (const name of readdirSync(fixtures)) {
    const submission = path.join(fixtures, name, 'submission');
    if (existsSync(submission))
      cpSync(submission, path.join(submissions, name), { recursive: true });
  }
  const graded = path.join(folder, 'graded');
  spawnSync(process.execPath, [labproof, 'grade', submissions, '--lab', LAB, '--out', graded], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [whole, short] = ['whole', 'short'].map((name) => path.join(folder, name));
  for (const directory of [whole, short]) mkdirSync(directory);
  writeClass(graded, whole, students);
  writeClass(graded, short, students, { short: true });
  console.log(
    '| what | median s | best s | processor s | most memory MiB | largest HTML kB | pages of a PDF |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|');
  const results = [];
  for (const [title, directory, parameters] of [
    ['HTML', whole, []],
    ['HTML and short PDF', short, ['--pdf']],
    ['HTML and whole PDF', whole, ['--pdf']],
  ]) {
    const result = await measure(`${title}, ${students} students`, directory, parameters);
    results.push(result);
    const { seconds, best, processor, mebibytes, largestHtmlBytes, pages } = result;
    console.log(
      `| ${result.title} | ${seconds.toFixed(2)} | ${best.toFixed(2)} | ${processor.toFixed(1)} | ${mebibytes.toFixed(0)} | ${(largestHtmlBytes / 1000).toFixed(0)} | ${pages ?? '–'} |`,
    );
  }
  if (options.json !== undefined) {
    await writeFile(
      options.json,
      `${JSON.stringify({ cores: os.cpus().length, node: process.version, results }, null, 2)}\n`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
