/*
 * Builds build/kernels.node with the system's C compiler and the headers of npm's `node-api-headers`. The addon only
 * makes training faster: where it cannot be built, one line says so and the build goes on with WebAssembly.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMPILE_FLAGS } from './compile-flags.mjs';
import { nativeGlue, signaturesHeader } from './signatures-header.mjs';

const KERNELS = fileURLToPath(new URL('../kernels/', import.meta.url));
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

const levels = LEVELS[process.arch];
const compiler = findCompiler();
if (levels === undefined || process.platform === 'win32') {
  console.log('native kernels: left out on this platform; training uses WebAssembly');
} else if (compiler === undefined) {
  console.log('native kernels: left out, no C compiler found; training uses WebAssembly');
} else {
  build();
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

function build() {
  mkdirSync(BUILD, { recursive: true });
  const stamp = stampOf();
  if (existsSync(ADDON) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  try {
    compile();
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
  for (const file of readdirSync(KERNELS).toSorted()) {
    if (/\.[ch]$/.test(file)) hash.update(readFileSync(path.join(KERNELS, file)));
  }
  hash.update(signaturesHeader()).update(nativeGlue(Object.keys(levels)));
  hash.update(JSON.stringify([COMPILE_FLAGS, levels, compiler, process.platform]));
  return hash.digest('hex');
}

function compile() {
  writeFileSync(path.join(BUILD, 'signatures.h'), signaturesHeader());
  writeFileSync(path.join(BUILD, 'glue.h'), nativeGlue(Object.keys(levels)));
  const headers = createRequire(import.meta.url)('node-api-headers').include_dir;
  const includes = [`-I${BUILD}`, `-I${KERNELS}`, `-I${headers}`];
  const objects = [];
  const object = (name, source, flags) => {
    const file = path.join(BUILD, `${name}.o`);
    cc([
      ...COMPILE_FLAGS,
      '-fPIC',
      '-fvisibility=hidden',
      ...flags,
      ...includes,
      '-c',
      source,
      '-o',
      file,
    ]);
    objects.push(file);
  };
  for (const [level, flags] of Object.entries(levels)) {
    object(level, path.join(KERNELS, 'kernels.c'), [...flags, `-DLABPROOF_LEVEL=${level}`]);
  }
  object('addon', path.join(KERNELS, 'addon.c'), []);
  const linking =
    process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
  // A process that has the old addon loaded keeps it: the new one gets the name in one step.
  cc([...linking, ...objects, '-o', `${ADDON}.new`]);
  renameSync(`${ADDON}.new`, ADDON);
}

function cc(flags) {
  execFileSync(compiler.command, flags, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
