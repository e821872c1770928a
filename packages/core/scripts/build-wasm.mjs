/*
 * Builds kernels/kernels.wasm with clang and wasm-ld, and records beside it the compiler that made it.
 * With `--into FILE` only writes that file, for comparing it with the committed one.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COMPILE_FLAGS } from './compile-flags.mjs';
import { KERNELS, kernelSources } from './kernel-sources.mjs';
import { signaturesHeader } from './signatures-header.mjs';

const clang = process.env.LABPROOF_CLANG ?? 'clang';

const into = process.argv[2] === '--into' ? process.argv[3] : undefined;
compile(into ?? path.join(KERNELS, 'kernels.wasm'));
if (into === undefined) {
  const compiler = execFileSync(clang, ['--version'], { encoding: 'utf8' }).split('\n')[0];
  const record = path.join(KERNELS, 'kernels.wasm.json');
  writeFileSync(record, `${JSON.stringify({ compiler }, null, 2)}\n`);
}

function compile(output) {
  const directory = mkdtempSync(path.join(tmpdir(), 'labproof-wasm-'));
  try {
    writeFileSync(path.join(directory, 'signatures.h'), signaturesHeader());
    execFileSync(
      clang,
      [
        '--target=wasm32-unknown-unknown',
        ...COMPILE_FLAGS,
        '-msimd128',
        '-mbulk-memory',
        '-DLABPROOF_LEVEL=simd128',
        `-I${directory}`,
        `-I${KERNELS}`,
        '-nostdlib',
        '-Wl,--no-entry,--strip-all,--stack-first,-z,stack-size=2097152,--export=__heap_base',
        ...kernelSources(),
        '-o',
        output,
      ],
      { cwd: KERNELS, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    chmodSync(output, 0o644);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
