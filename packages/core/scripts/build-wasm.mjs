/*
 * Builds kernels/kernels.wasm and kernels/kernels-threads.wasm, of the same kernels for memory that threads share, with clang
 * and wasm-ld, and records beside the first what they are made of: the compiler, the digests of their sources, signatures and
 * flags, and their own. With `--check` only says whether the committed files are those of the sources, for which it needs no
 * compiler. With `--into FOLDER` only writes them there, for comparing them with the committed ones.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WASM_FLAGS, WASM_THREADS_FLAGS } from './compile-flags.mjs';
import { KERNELS, kernelFiles, kernelSources, WASM_THREADS_FILES } from './kernel-sources.mjs';
import { signaturesHeader, wasmThreadsGlue } from './signatures-header.mjs';

const RECORD = path.join(KERNELS, 'kernels.wasm.json');
const clang = process.env.LABPROOF_CLANG ?? 'clang';

/** The modules, with the names of their digests in the record. */
const ALONE = {
  file: 'kernels.wasm',
  names: { sources: 'sources', wasm: 'wasm' },
  flags: WASM_FLAGS,
  generated: { 'signatures.h': signaturesHeader() },
  files: kernelFiles(),
  compiled: kernelSources(),
};
const THREADS = {
  file: 'kernels-threads.wasm',
  names: { sources: 'threadsSources', wasm: 'threadsWasm' },
  flags: WASM_THREADS_FLAGS,
  generated: { 'signatures.h': signaturesHeader(), 'wasm-glue.h': wasmThreadsGlue() },
  files: [...kernelFiles(), ...WASM_THREADS_FILES],
  compiled: [...kernelSources(), ...WASM_THREADS_FILES.filter((file) => file.endsWith('.c'))],
};
const MODULES = [ALONE, THREADS];

const [option, folder] = process.argv.slice(2);
if (option === '--check') check();
else if (option === '--into') compileAll(folder);
else {
  compileAll(KERNELS);
  const compiler = execFileSync(clang, ['--version'], { encoding: 'utf8' }).split('\n')[0];
  const digests = Object.assign({}, ...MODULES.map(digestsOf));
  writeFileSync(RECORD, `${JSON.stringify({ compiler, ...digests }, null, 2)}\n`);
}

function check() {
  const recorded = JSON.parse(readFileSync(RECORD, 'utf8'));
  for (const module of MODULES) {
    const found = digestsOf(module);
    const { sources, wasm } = module.names;
    if (found[sources] !== recorded[sources]) {
      fail(`the sources, the signatures or the flags have changed since ${module.file} was built`);
    } else if (found[wasm] !== recorded[wasm]) {
      fail(`${module.file} is not the file that kernels.wasm.json describes`);
    }
  }
}

function fail(why) {
  console.error(`build-wasm: ${why}; run npm run build:wasm -w packages/core with clang`);
  process.exitCode = 1;
}

/** Of everything that the module is made from, each file with its name, and of itself. */
function digestsOf({ file, names, flags, generated, files }) {
  const texts = files.map((name) => [name, readFileSync(path.join(KERNELS, name), 'utf8')]);
  return {
    [names.sources]: digestOf(JSON.stringify([texts, ...Object.values(generated), flags])),
    [names.wasm]: digestOf(readFileSync(path.join(KERNELS, file))),
  };
}

function digestOf(content) {
  return createHash('sha256').update(content).digest('hex');
}

function compileAll(output) {
  for (const module of MODULES) compile(module, path.resolve(output, module.file));
}

function compile({ flags, generated, compiled }, output) {
  const directory = mkdtempSync(path.join(tmpdir(), 'labproof-wasm-'));
  try {
    for (const [name, text] of Object.entries(generated)) {
      writeFileSync(path.join(directory, name), text);
    }
    const includes = [`-I${directory}`, `-I${KERNELS}`];
    execFileSync(clang, [...flags, ...includes, ...compiled, '-o', output], {
      cwd: KERNELS,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    chmodSync(output, 0o644);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
