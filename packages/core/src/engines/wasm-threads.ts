import { Worker } from 'node:worker_threads';
import type { Kernels } from './kernels.ts';
import { assertThreads, LEAST_WORK, type SharingOptions } from './sharing.ts';
import { type CompiledKernels, compileWasmKernels, kernelsIn, type WasmMemory } from './wasm.ts';
import type { KernelFunctions } from './geometry-arguments.ts';

/** Of 64 KiB: what the module needs at the start, and what it may grow to, as `scripts/compile-flags.mjs` has it. */
const FIRST_PAGES = 64;
const MOST_PAGES = 65536;
/** As much as the module's own. */
const STACK_BYTES = 2 ** 21;

/** What `kernels/threads/wasm-pool.c` exports. */
interface SharedExports extends KernelFunctions {
  readonly __heap_base: { readonly value: number };
  share(threads: number, leastWork: number): void;
  stop(): void;
}

/** What is used of the global; TypeScript knows it only with the DOM's types. */
declare const WebAssembly: {
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => WasmMemory;
  instantiate(module: CompiledKernels, imports: object): Promise<{ readonly exports: unknown }>;
};

/**
 * A thread is another instance of the module in the same memory. It stays in `enter`, asleep where there is nothing to do,
 * until the pool is stopped. This is JavaScript as text because the loader of TypeScript starts more slowly than most
 * trainings end.
 */
const THREAD = `
  const { module, memory, stackEnd, body, argument } = require('node:worker_threads').workerData;
  const imports = { env: { memory }, threads: { start: () => 0 } };
  const { exports } = new WebAssembly.Instance(module, imports);
  exports.__stack_pointer.value = stackEnd;
  try {
    exports.enter(body, argument);
  } catch (error) {
    exports.abandon();
    throw error;
  }
`;

/**
 * The kernels as WebAssembly in memory that threads of Node.js share, from the bytes of `kernels-threads.wasm`; several
 * give the same bits. They start with the first call that is worth it, keep no process alive and end with whoever made
 * them. `null` where the system has no room for such memory.
 */
export async function createSharedWasmKernels(
  bytes: Uint8Array,
  { threads = 1, leastWork = LEAST_WORK }: SharingOptions,
): Promise<Kernels | null> {
  assertThreads(threads);
  const memory = sharedMemory();
  if (memory === null) return null;
  const module = await compileWasmKernels(bytes);
  let stackEnd = 0;
  const start = (body: number, argument: number): number => {
    stackEnd += STACK_BYTES;
    return startThread({ module, memory, stackEnd, body, argument }) ? 1 : 0;
  };
  const instance = await WebAssembly.instantiate(module, { env: { memory }, threads: { start } });
  const exports = instance.exports as SharedExports;
  const { __heap_base: heapBase } = exports;
  exports.share(threads, leastWork);
  stackEnd = Math.ceil(heapBase.value / STACK_BYTES) * STACK_BYTES;
  return kernelsIn(exports, memory, {
    from: stackEnd + (threads - 1) * STACK_BYTES,
    threads,
    close: () => exports.stop(),
  });
}

/** The whole range of addresses is set aside, which a limit on them can forbid. */
function sharedMemory(): WasmMemory | null {
  try {
    return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES, shared: true });
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/** Whether the system gives one more. */
function startThread(workerData: object): boolean {
  try {
    const worker = new Worker(THREAD, { eval: true, execArgv: [], workerData });
    // What ends one in the middle of its work ends the call that waits for it; one that does not start is missed by nobody.
    worker.on('error', () => undefined);
    worker.unref();
    return true;
  } catch {
    return false;
  }
}
