import { describe, expect, test } from 'vitest';
import { ENTRIES } from '../../../src/engines/cuda/entries.ts';
import type { CudaKernels } from '../../../src/engines/cuda/kernels.ts';
import { findDifference } from '../../../src/engines/cuda/self-test.ts';
import { readWasm } from '../../../src/engines/engine-files.ts';
import type { Kernels } from '../../../src/engines/kernels.ts';
import { KERNEL_NAMES } from '../../../src/engines/signatures.ts';
import { createWasmKernels } from '../../../src/engines/wasm.ts';
import { standInKernels, standInMissing } from './on-stand-in.ts';

const wasm = await createWasmKernels(await readWasm());

describe.skipIf(standInMissing !== null)(
  `the test that a GPU must pass${standInMissing === null ? '' : ` (not run: ${standInMissing})`}`,
  () => {
    test('finds no difference on the stand-in, and leaves no kernel out', () => {
      const kernels = standInKernels();
      const launched = new Set<string>();
      const { launcher } = kernels;
      const launch = launcher.launch.bind(launcher);
      launcher.launch = (entry, grid, values) => {
        launched.add(entry);
        return launch(entry, grid, values);
      };
      expect(findDifference(kernels, wasm)).toBeNull();
      expect([...ENTRIES.keys()].filter((entry) => !launched.has(entry))).toEqual([]);
    });

    test.each(KERNEL_NAMES)('names %s where bits of its result are others', (name) => {
      const kernels = standInKernels();
      expect(findDifference(withWrongBit(kernels, name), wasm, [name])).toMatch(
        new RegExp(`^kernel ${name}( \\(tile \\w+\\))?$`, 'u'),
      );
    });
  },
);

/** Kernels of which one leaves a wrong bit in each element of the last array that it was given. */
function withWrongBit(kernels: CudaKernels, name: keyof Kernels): CudaKernels {
  const written: { pointer: number; byteLength: number }[] = [];
  const right = kernels[name] as (...values: unknown[]) => unknown;
  return {
    ...kernels,
    reset() {
      written.length = 0;
      kernels.reset();
    },
    allocate(byteLength) {
      const pointer = kernels.allocate(byteLength);
      written.push({ pointer, byteLength });
      return pointer;
    },
    [name]: (...values: unknown[]) => {
      const returned = right(...values);
      // The very last one is for what comes after the kernel.
      const last = written.at(-2);
      if (last !== undefined) {
        const bytes = kernels.u8(last.pointer, last.byteLength);
        for (let at = 0; at < bytes.length; at += 4) bytes[at] = (bytes[at] ?? 0) ^ 1;
      }
      return returned;
    },
  };
}
