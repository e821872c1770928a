import { findAddon, readWasm, readWasmThreads } from '../../src/engines/engine-files.ts';
import type { Kernels } from '../../src/engines/kernels.ts';
import { createNativeKernels, nativeLevels } from '../../src/engines/native.ts';
import { createSharedWasmKernels } from '../../src/engines/wasm-threads.ts';
import { createWasmKernels } from '../../src/engines/wasm.ts';
import { standInKernels, standInMissing } from './cuda/on-stand-in.ts';

export interface EngineUnderTest {
  readonly name: string;
  readonly kernels: Kernels;
}

const addonSearch = findAddon();

/** Why the native engine is not tested here, or `null` where it is. */
export const nativeMissing: string | null =
  addonSearch.addon === null ? `${addonSearch.reason} (npm run build)` : null;

/** The WebAssembly engine, the native one at every level of this processor, and that of GPUs on a stand-in of the driver. */
export async function enginesUnderTest(): Promise<EngineUnderTest[]> {
  // Each call in as many parts as there are, however small: none of them is worth it otherwise.
  const sharing = { threads: 3, leastWork: 1e-9 };
  const shared = await createSharedWasmKernels(await readWasmThreads(), sharing);
  if (shared === null) throw new Error('this system has no room for memory that threads share');
  const engines = [await createWasmKernels(await readWasm()), shared];
  if (addonSearch.addon !== null) {
    const levels = nativeLevels(addonSearch.addon);
    for (const level of levels) engines.push(createNativeKernels(addonSearch.addon, level));
    const [best = ''] = levels;
    engines.push(createNativeKernels(addonSearch.addon, best, sharing));
  }
  if (standInMissing === null) engines.push(standInKernels());
  return engines.map((kernels) => ({
    name: `${kernels.engine}-${kernels.level}${
      kernels.threads === 1 ? '' : `-${kernels.threads}-threads`
    }`,
    kernels,
  }));
}
