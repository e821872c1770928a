import type { Arithmetic, Kernels } from './kernels.ts';
import { KERNEL_NAMES } from './signatures.ts';

/** An engine that hands out no memory and counts what it was asked for: what is built on it costs nothing. */
export class CountingKernels {
  /** So many were asked for. */
  bytes = 0;
  readonly kernels: Kernels = {
    ...(Object.fromEntries(
      KERNEL_NAMES.map((name) => [name, computesNothing]),
    ) as unknown as Arithmetic),
    engine: 'counting',
    level: 'none',
    threads: 1,
    close: () => undefined,
    allocate: (byteLength) => {
      this.bytes += byteLength;
      return 0;
    },
    reset: () => undefined,
    f32: () => new Float32Array(0),
    i32: () => new Int32Array(0),
    u8: () => new Uint8Array(0),
  };
}

function computesNothing(): never {
  throw new Error('memory is counted, nothing is computed');
}
