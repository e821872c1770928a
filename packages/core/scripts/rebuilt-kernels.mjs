/*
 * Sabotages the kernels themselves: changes a line of their C, or a flag, compiles the addon again and lets a quick and a
 * full night look at what it computes. Writes the table into docs/sabotages.md; fails where a night finds nothing.
 * npm run rebuilt-kernels -w packages/core (with a C compiler; a minute or two)
 */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createNativeKernels, nativeLevels } from '../src/engines/native.ts';
import { overallVerdict } from '../src/index.ts';
import { found, laboratory, night } from '../test/verification/sabotage/laboratory.ts';
import { compileAddon } from './addon.mjs';
import { KERNELS } from './kernel-sources.mjs';

const BUILD = fileURLToPath(new URL('../build/', import.meta.url));
const PAGE = new URL('../../../docs/sabotages.md', import.meta.url);
const compiler = process.env.CC ?? 'cc';
const load = createRequire(import.meta.url);

/**
 * What is done, to which file of the kernels, and what a night should say of it. `also` names sources that include a
 * changed header, or that are compiled with other flags.
 */
const REBUILDS = [
  {
    name: 'nothing, but compiled again',
    file: 'dense/tiles.c',
    cause: null,
  },
  {
    name: 'products and sums fused (`-ffp-contract=fast -mfma`)',
    file: 'dense/tiles.c',
    also: ['convolution/scattered-product.c', 'dense/sparse-product.c'],
    flags: ['-ffp-contract=fast', ...(process.arch === 'x64' ? ['-mfma'] : [])],
    cause: 'what lives there: forward pass',
  },
  {
    name: 'a product without its last term',
    file: 'dense/tiles.c',
    from: 'p < depth; p++',
    to: 'p + 1 < depth; p++',
    cause: 'what lives there: forward pass',
  },
  {
    name: 'a bias gradient without the first example',
    file: 'dense/bias.c',
    from: 'for (size_t r = 0; r < rows; r++) {\n    ELEMENTWISE for (size_t c = 0; c < columns; c++) db[c]',
    to: 'for (size_t r = 1; r < rows; r++) {\n    ELEMENTWISE for (size_t c = 0; c < columns; c++) db[c]',
    cause: 'gradient of output/bias',
  },
  {
    name: 'labels off by one in the gradient',
    file: 'losses/crossentropy.c',
    from: 'c == (uint32_t)labels[r] ? 1.0f',
    to: 'c == (uint32_t)labels[r] + 1 ? 1.0f',
    cause: 'what lives there: gradient',
  },
  {
    name: 'softmax without taking off the maximum',
    file: 'activations/softmax.c',
    from: 'y[i] = x[i] - maximum;',
    to: 'y[i] = x[i] - 0.0f * maximum;',
    cause: 'what lives there: forward pass',
  },
  {
    name: 'the last of equal maxima',
    file: 'pooling/max.c',
    from: 'pixel[c] > best',
    to: 'pixel[c] >= best',
    second: true,
    cause: 'what lives there: gradient',
  },
  {
    name: "RMSprop's epsilon under the root",
    file: 'optimizers/rmsprop.c',
    from: '(__builtin_sqrtf(mean) + epsilon)',
    to: '__builtin_sqrtf(mean + epsilon)',
    cause: 'what lives there: optimiser',
  },
  {
    name: 'nine rounds of Philox',
    file: 'random/philox.c',
    from: 'round < 10',
    to: 'round < 9',
    cause: 'what lives there: initialiser',
  },
  {
    name: 'moments of a batch without the last pixel',
    file: 'normalization/batch-sums.h',
    also: ['normalization/batch-normalization.c'],
    from: 'p < positions; p++',
    to: 'p + 1 < positions; p++',
    second: true,
    cause: 'what lives there: batch statistics',
  },
];

const directory = mkdtempSync(path.join(tmpdir(), 'labproof-rebuilt-'));
try {
  const base = path.join(directory, 'base');
  if (existsSync(path.join(BUILD, 'kernels.stamp'))) cpSync(BUILD, base, { recursive: true });
  else await compile(base, {});
  const { first, second } = await laboratory();
  const rows = [];
  for (const [number, rebuild] of REBUILDS.entries()) {
    const build = path.join(directory, `${number}`);
    cpSync(base, build, { recursive: true });
    const addon = load(await compile(build, rebuild));
    const level = nativeLevels(addon)[0];
    const exercise = rebuild.second === true ? second : first;
    const look = (full) =>
      night(exercise, { kernels: () => createNativeKernels(addon, level) }, full);
    const [quick, full] = [await look(false), await look(true)];
    console.log(`${rebuild.name}: ${found(quick)} / ${found(full)}`);
    for (const verification of [quick, full]) check(rebuild, verification);
    if (rebuild.cause === null) continue;
    const cause = rebuild.cause.replace('what lives there: ', '');
    rows.push(
      `| ${rebuild.name} | \`${rebuild.file}\` | ${found(quick)} | ${found(full)} | ${cause} |`,
    );
  }
  write(rows);
} finally {
  rmSync(directory, { recursive: true });
}

/** Compiles what a rebuild touches, links all of it and gives the addon's path. */
async function compile(build, { file, also = [], from, to, flags = [] }) {
  const sources = path.join(build, 'changed');
  const touched = new Set([file, ...also]);
  if (from !== undefined) {
    const before = readFileSync(path.join(KERNELS, file), 'utf8');
    if (!before.includes(from)) throw new Error(`${file} no longer says "${from}"`);
    mkdirSync(path.dirname(path.join(sources, file)), { recursive: true });
    writeFileSync(path.join(sources, file), before.replace(from, to));
  }
  const run = async (asked) => {
    const at = asked.indexOf('-c') + 1;
    if (at === 0) return promisify(execFile)(compiler, asked);
    const source = path.relative(KERNELS, asked[at]);
    if (file !== undefined && !touched.has(source)) return undefined;
    const changed = path.join(sources, source);
    const own = existsSync(changed) ? asked.with(at, changed) : asked;
    return promisify(execFile)(compiler, [`-I${sources}`, ...own, ...flags]);
  };
  const output = path.join(build, 'rebuilt.node');
  const { arch, platform } = process;
  const linking = platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
  await compileAddon({ run, arch, platform, build, linking, output });
  return output;
}

function check({ name, cause }, verification) {
  const verdict = overallVerdict([verification]);
  const details = verification.details.join('\n');
  const expected = cause === null ? verdict === 'ok' : verdict !== 'ok' && details.includes(cause);
  if (!expected) throw new Error(`${name}: ${verdict}\n${details}`);
}

function write(rows) {
  const page = readFileSync(PAGE, 'utf8');
  const [start, end] = ['<!-- rebuilt -->\n', '<!-- /rebuilt -->'];
  const before = page.slice(0, page.indexOf(start) + start.length);
  const table = [
    '| changed line or flag | file | quick | full | cause, as it is named |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
  writeFileSync(PAGE, `${before}\n${table}\n\n${page.slice(page.indexOf(end))}`);
}
