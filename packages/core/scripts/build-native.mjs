/*
 * Builds build/kernels.node with the system's C compiler and the headers of npm's `node-api-headers`. The addon only
 * makes training faster: where it cannot be built, one line says so and the build goes on with WebAssembly.
 */
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sourcesDigest } from '../src/engines/sources-digest.ts';
import { compileAddon, LEVELS } from './addon.mjs';
import { COMPILE_FLAGS } from './compile-flags.mjs';
import { nativeGlue, signaturesHeader } from './signatures-header.mjs';

const BUILD = fileURLToPath(new URL('../build/', import.meta.url));
const ADDON = path.join(BUILD, 'kernels.node');
const STAMP = path.join(BUILD, 'kernels.stamp');
const LOG = path.join(BUILD, 'kernels.log');

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
  const hash = createHash('sha256').update(sourcesDigest());
  hash.update(signaturesHeader()).update(nativeGlue(Object.keys(levels)));
  hash.update(JSON.stringify([COMPILE_FLAGS, levels, compiler, process.platform]));
  return hash.digest('hex');
}

async function compile() {
  // A process that has the old addon loaded keeps it: the new one gets the name in one step.
  const output = `${ADDON}.new`;
  await compileAddon({
    run: (flags) => promisify(execFile)(compiler.command, flags, { encoding: 'utf8' }),
    arch: process.arch,
    platform: process.platform,
    build: BUILD,
    linking:
      process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'],
    output,
  });
  renameSync(output, ADDON);
}
