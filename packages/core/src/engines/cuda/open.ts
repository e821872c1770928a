import { coreError } from '../../errors/core-errors.ts';
import { LabproofError } from '../../errors/labproof-error.ts';
import { findAddon, readPtx, readWasm } from '../engine-files.ts';
import { HOW_TO_GET_NATIVE } from '../open.ts';
import { createWasmKernels } from '../wasm.ts';
import type { CudaAddon, OpenedDevice } from './device.ts';
import { withCudaErrors } from './errors.ts';
import { type CudaKernels, createCudaKernels } from './kernels.ts';
import { findDifference } from './self-test.ts';

/** The PTX is compiled for compute capability 7.5 (Turing, 2018) and later. */
const OLDEST = { major: 7, minor: 5 };

/** What NVIDIA's driver for this system is called. */
const DRIVER = process.platform === 'win32' ? 'nvcuda.dll' : 'libcuda.so.1';

/** A GPU that can be trained on: its PTX is loaded, and its bits were found to be those of WebAssembly. */
export interface CudaEngine {
  readonly device: OpenedDevice;
  /** Kernels for so many trials side by side, in memory of their own. */
  createKernels(trials: number): CudaKernels;
  /** Bytes of the device's memory that nobody has taken. */
  freeMemory(): number;
}

/** What is found without loading anything: the addon and an opened device. */
interface Found {
  readonly addon: CudaAddon;
  readonly device: OpenedDevice;
}

/** Opens the driver and the device that LABPROOF_CUDA_DEVICE names by its number, else the first. Throws what is missing. */
function findDevice(): Found {
  const search = findAddon();
  if (search.addon === null) {
    throw coreError('engine-not-available', {
      message: `The engine "cuda" cannot be used: ${search.reason}.`,
      fix: HOW_TO_GET_NATIVE,
      cause: search.cause,
    });
  }
  const addon = withCudaErrors(search.addon.cuda);
  const library = process.env['LABPROOF_LIBCUDA'] || DRIVER;
  const device = addon.open(library, Number(process.env['LABPROOF_CUDA_DEVICE'] || 0));
  const { major, minor, name } = device;
  if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
    throw coreError('cuda-old-device', {
      message: `The GPU (${name}) has compute capability ${major}.${minor}, and 7.5 is needed.`,
      fix: 'Use a GPU of 2018 or later, or choose the engine native or wasm, which give the same results.',
    });
  }
  return { addon, device };
}

let opened: Promise<CudaEngine> | undefined;

/**
 * Opens the GPU, once for this thread: loads the kernels and holds every one of them to WebAssembly on small arrays.
 *
 * @throws LabproofError `engine-not-available`, `cuda-no-driver`, `cuda-old-driver`, `cuda-no-device`, `cuda-old-device`,
 * `cuda-out-of-memory`, or `cuda-differs` where a single bit is another, all for the instructor
 */
export function openCuda(): Promise<CudaEngine> {
  opened ??= open();
  return opened;
}

async function open(): Promise<CudaEngine> {
  const { addon, device } = findDevice();
  addon.load(device.handle, Buffer.concat([await readPtx(), Buffer.alloc(1)]));
  const engine: CudaEngine = {
    device,
    createKernels: (trials) => createCudaKernels(addon, device, trials),
    freeMemory: () => addon.freeMemory(device.handle),
  };
  const kernels = engine.createKernels(1);
  const different = findDifference(kernels, await createWasmKernels(await readWasm()));
  kernels.release();
  if (different !== null) {
    throw coreError('cuda-differs', {
      message: `The GPU (${device.name}) is refused: its ${different} gives other bits than WebAssembly.`,
      fix: 'Update the NVIDIA driver; if it stays so, report the GPU and the driver, and choose the engine native or wasm.',
    });
  }
  return engine;
}

/** A GPU as `labproof doctor` shows it. */
export interface CudaDescription {
  readonly available: boolean;
  /** The GPU, or what is missing. */
  readonly message: string;
  /** What to do, else `null`. */
  readonly fix: string | null;
}

/** Whether this machine has a GPU whose bits are ours. */
export async function describeCuda(): Promise<CudaDescription> {
  try {
    const { device } = await openCuda();
    const { name, major, minor, memory, driverVersion } = device;
    const driver = `CUDA ${Math.floor(driverVersion / 1000)}.${Math.floor((driverVersion % 1000) / 10)}`;
    const size = `${(memory / 2 ** 30).toFixed(0)} GiB`;
    return {
      available: true,
      message: `${name}, sm_${major}${minor}, ${size}, ${driver}; every kernel gives the bits of wasm`,
      fix: null,
    };
  } catch (error) {
    if (!(error instanceof LabproofError)) throw error;
    // Most machines have none, and nothing is wrong with them.
    if (error.code === 'cuda-no-driver') {
      const fix =
        'None is needed: a GPU of NVIDIA with its driver makes trials faster, not different.';
      return { available: false, message: 'no NVIDIA driver', fix };
    }
    return { available: false, message: error.message, fix: error.fix };
  }
}

/** Whether the driver opens a GPU that can be used; says nothing about its bits. */
export function hasCudaDevice(): boolean {
  try {
    findDevice();
    return true;
  } catch (error) {
    if (error instanceof LabproofError) return false;
    throw error;
  }
}
