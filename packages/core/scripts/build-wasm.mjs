/*
 * Builds kernels/kernels.wasm with clang and wasm-ld, and records beside it what it is made of: the compiler, the digest
 * of its sources, signatures and flags, and its own. With `--check` only says whether the committed file is that of the
 * sources, for which it needs no compiler. With `--into FILE` only writes that file, for comparing it with the committed
 * one.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WASM_FLAGS } from './compile-flags.mjs';
import { KERNELS, kernelFiles, kernelSources } from './kernel-sources.mjs';
import { signaturesHeader } from './signatures-header.mjs';

const WASM = path.join(KERNELS, 'kernels.wasm');
const RECORD = path.join(KERNELS, 'kernels.wasm.json');
const clang = process.env.LABPROOF_CLANG ?? 'clang';

const [option, file] = process.argv.slice(2);
if (option === '--check') check();
else if (option === '--into') compile(file);
else {
  compile(WASM);
  writeFileSync(RECORD, `${JSON.stringify(recordWith(clangVersion()), null, 2)}\n`);
}

function check() {
  const recorded = JSON.parse(readFileSync(RECORD, 'utf8'));
  const { sources, wasm } = recordWith(recorded.compiler);
  if (sources !== recorded.sources) {
    fail('the sources, the signatures or the flags have changed since kernels.wasm was built');
  }
  if (wasm !== recorded.wasm) fail('kernels.wasm is not the file that kernels.wasm.json describes');
}

function fail(why) {
  console.error(`build-wasm: ${why}; run npm run build:wasm -w packages/core with clang`);
  process.exitCode = 1;
}

function recordWith(compiler) {
  return {
    compiler,
    sources: digestOfSources(),
    wasm: digestOf(readFileSync(WASM)),
  };
}

/** Everything that the module is made from, each file with its name. */
function digestOfSources() {
  const files = kernelFiles().map((name) => [name, readFileSync(path.join(KERNELS, name), 'utf8')]);
  return digestOf(JSON.stringify([files, signaturesHeader(), WASM_FLAGS]));
}

function digestOf(content) {
  return createHash('sha256').update(content).digest('hex');
}

function clangVersion() {
  return execFileSync(clang, ['--version'], { encoding: 'utf8' }).split('\n')[0];
}

function compile(output) {
  const directory = mkdtempSync(path.join(tmpdir(), 'labproof-wasm-'));
  try {
    writeFileSync(path.join(directory, 'signatures.h'), signaturesHeader());
    const includes = [`-I${directory}`, `-I${KERNELS}`];
    const parameters = [...WASM_FLAGS, ...includes, ...kernelSources(), '-o', path.resolve(output)];
    execFileSync(clang, parameters, {
      cwd: KERNELS,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    chmodSync(output, 0o644);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
