/*
 * Builds build/kernels.node with the system's C compiler and the headers of npm's `node-api-headers`. The addon only
 * makes training faster: where it cannot be built, one line says so and the build goes on with WebAssembly.
 */
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { COMPILE_FLAGS } from './compile-flags.mjs';
import { KERNELS, kernelFiles, kernelSources } from './kernel-sources.mjs';
import { nativeGlue, signaturesHeader } from './signatures-header.mjs';

const BUILD = fileURLToPath(new URL('../build/', import.meta.url));
const ADDON = path.join(BUILD, 'kernels.node');
const STAMP = path.join(BUILD, 'kernels.stamp');
const LOG = path.join(BUILD, 'kernels.log');

/** Instruction-set levels by processor, best first, with the flags that allow them. */
const LEVELS = {
  x64: {
    avx512: ['-mavx512f', '-mavx512bw', '-mavx512dq', '-mavx512vl', '-mprefer-vector-width=512'],
    avx2: ['-mavx2'],
    sse2: [],
  },
  arm64: { neon: [] },
};

/** What the addon is made of besides the kernels. */
const ADDON_FILES = ['addon.c', 'cuda/device.c', 'cuda/device.h', 'cuda/driver.h'];

const levels = LEVELS[process.arch];
const compiler = findCompiler();
if (levels === undefined || process.platform === 'win32') {
  console.log('native kernels: left out on this platform; training uses WebAssembly');
} else if (compiler === undefined) {
  console.log('native kernels: left out, no C compiler found; training uses WebAssembly');
} else {
  await build();
}

function findCompiler() {
  const candidates = process.env.CC ? [process.env.CC] : ['cc', 'gcc', 'clang'];
  for (const command of candidates) {
    try {
      const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
      const version = execFileSync(command, ['--version'], options);
      return { command, version };
    } catch {
      // The next candidate may be there.
    }
  }
  return undefined;
}

async function build() {
  mkdirSync(BUILD, { recursive: true });
  const stamp = stampOf();
  if (existsSync(ADDON) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  try {
    await compile();
    writeFileSync(STAMP, stamp);
    console.log(`native kernels: built (${Object.keys(levels).join(', ')})`);
  } catch (error) {
    rmSync(ADDON, { force: true });
    writeFileSync(LOG, `${error.message}\n${error.stderr ?? ''}`);
    console.log(`native kernels: left out, ${compiler.command} failed (see ${LOG})`);
  }
}

/** Everything that the addon is made from, as a digest. */
function stampOf() {
  const hash = createHash('sha256');
  for (const file of [...kernelFiles(), ...ADDON_FILES]) {
    hash.update(file).update(readFileSync(path.join(KERNELS, file)));
  }
  hash.update(signaturesHeader()).update(nativeGlue(Object.keys(levels)));
  hash.update(JSON.stringify([COMPILE_FLAGS, levels, compiler, process.platform]));
  return hash.digest('hex');
}

async function compile() {
  writeFileSync(path.join(BUILD, 'signatures.h'), signaturesHeader());
  writeFileSync(path.join(BUILD, 'glue.h'), nativeGlue(Object.keys(levels)));
  const headers = createRequire(import.meta.url)('node-api-headers').include_dir;
  const includes = [`-I${BUILD}`, `-I${KERNELS}`, `-I${headers}`];
  const common = [...COMPILE_FLAGS, '-fPIC', '-fvisibility=hidden', ...includes];
  const units = [
    { source: 'addon.c', object: path.join(BUILD, 'addon.o'), flags: [] },
    {
      source: 'cuda/device.c',
      object: path.join(BUILD, 'device.o'),
      flags: [],
    },
    ...Object.entries(levels).flatMap(([level, flags]) =>
      kernelSources().map((source) => ({
        source,
        object: path.join(BUILD, level, `${source.slice(0, -2)}.o`),
        flags: [...flags, `-DLABPROOF_LEVEL=${level}`],
      })),
    ),
  ];
  await each(units, async ({ source, object, flags }) => {
    mkdirSync(path.dirname(object), { recursive: true });
    await cc([...common, ...flags, '-c', path.join(KERNELS, source), '-o', object]);
  });
  const linking =
    process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
  // A process that has the old addon loaded keeps it: the new one gets the name in one step.
  await cc([...linking, ...units.map(({ object }) => object), '-o', `${ADDON}.new`]);
  renameSync(`${ADDON}.new`, ADDON);
}

/** Does the work for every item, as many at a time as there are cores; after a failure it begins no more. */
async function each(items, work) {
  const left = [...items];
  const one = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      try {
        await work(item);
      } catch (error) {
        left.length = 0;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, one));
}

async function cc(flags) {
  await promisify(execFile)(compiler.command, flags, { encoding: 'utf8' });
}
