import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that every `#include` of the kernels starts from. */
export const KERNELS = fileURLToPath(new URL('../kernels/', import.meta.url));

/**
 * What lies beside the kernels of processors: the Node-API addon that is made of them, the threads that share their work, and
 * the kernels of GPUs.
 */
const APART = /^(addon\.c|cpu\.h|cuda\/.*|threads\/(?!range\.h).*)$/;

/** The C sources and headers of the kernels, each with its folder, in an order that no machine changes. */
export function kernelFiles() {
  return readdirSync(KERNELS, { recursive: true })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /\.[ch]$/.test(file) && !APART.test(file))
    .toSorted();
}

/** Those that are compiled, each on its own. */
export function kernelSources() {
  return kernelFiles().filter((file) => file.endsWith('.c'));
}

/** What threads that share a WebAssembly memory need besides. */
export const WASM_THREADS_FILES = [
  'threads/pool-state.h',
  'threads/pool.c',
  'threads/pool.h',
  'threads/sharing.h',
  'threads/system.h',
  'threads/wasm-pool.c',
];
