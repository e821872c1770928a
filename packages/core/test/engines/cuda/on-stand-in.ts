import { findAddon } from '../../../src/engines/engine-files.ts';
import { type CudaKernels, createCudaKernels } from '../../../src/engines/cuda/kernels.ts';
import { buildEmulator, emulatorMissing } from './emulator.ts';

const search = findAddon();

/** Why the kernels for a GPU cannot be run on the stand-in here, or `null`. */
export const standInMissing: string | null =
  search.addon === null ? `${search.reason} (npm run build)` : emulatorMissing();

const PTX = new TextEncoder().encode('.visible .entry labproof_\0');

/** The kernels for a GPU on the stand-in of the driver, for so many trials side by side. */
export function standInKernels(trials = 1): CudaKernels {
  if (search.addon === null) throw new Error(search.reason);
  const { cuda } = search.addon;
  const device = cuda.open(buildEmulator(), 0);
  cuda.load(device.handle, PTX);
  return createCudaKernels(cuda, device, trials);
}
