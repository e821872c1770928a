import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { entriesHeader, sharedKernelsHeader } from '../../../scripts/gpu-headers.mjs';

const KERNELS = fileURLToPath(new URL('../../../kernels/', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));

const FLAGS = [
  '-std=c++17',
  '-O2',
  '-ffp-contract=off',
  '-fno-strict-aliasing',
  '-fPIC',
  '-shared',
  '-w',
  '-DLABPROOF_GPU',
  '-DLABPROOF_EMULATED',
];

function compilerVersion(command: string): string | null {
  try {
    return execFileSync(command, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
}

/** Why the emulator cannot be built here, or `null`. */
export function emulatorMissing(): string | null {
  if (process.platform !== 'linux') return 'the emulator of the GPU needs Linux';
  return compilerVersion('g++') === null ? 'no g++ to compile the emulator of the GPU with' : null;
}

/**
 * Compiles the stand-in of `libcuda.so.1` and returns its path. It is kept below the system's temporary folder under
 * the digest of all that it is made from.
 */
export function buildEmulator(): string {
  const shared = sharedKernelsHeader();
  const entries = entriesHeader();
  const hash = createHash('sha256').update(shared).update(entries).update(FLAGS.join());
  hash.update(compilerVersion('g++') ?? '');
  for (const folder of [KERNELS, HERE]) {
    for (const file of readdirSync(folder, {
      recursive: true,
      encoding: 'utf8',
    }).toSorted()) {
      if (/\.(?:c|h|cu|cuh|cpp)$/u.test(file)) hash.update(readFileSync(path.join(folder, file)));
    }
  }
  const folder = path.join(tmpdir(), `labproof-emulator-${hash.digest('hex').slice(0, 16)}`);
  const library = path.join(folder, 'libcuda-stand-in.so');
  if (existsSync(library)) return library;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'shared-kernels.cuh'), shared);
  writeFileSync(path.join(folder, 'entries.h'), entries);
  const includes = [folder, HERE, KERNELS].map((place) => `-I${place}`);
  const aside = path.join(folder, `${process.pid}.so`);
  execFileSync('g++', [...FLAGS, ...includes, path.join(HERE, 'emulator.cpp'), '-o', aside]);
  renameSync(aside, library);
  return library;
}
