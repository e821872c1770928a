import { coreError, type CoreCode } from '../../errors/core-errors.ts';
import { LabproofError } from '../../errors/labproof-error.ts';
import type { CudaAddon } from './device.ts';

const OTHER_ENGINE =
  'or choose the engine native or wasm, which give the same results (`--fallback auto` goes on with them by itself).';

interface Trouble {
  readonly code: CoreCode;
  readonly message: string;
  readonly fix: string;
}

const noDriver: Trouble = {
  code: 'cuda-no-driver',
  message: 'This machine has no NVIDIA driver',
  fix: `Install the driver (LABPROOF_LIBCUDA names its libcuda.so.1 if that is in an unusual place), ${OTHER_ENGINE}`,
};

const oldDriver: Trouble = {
  code: 'cuda-old-driver',
  message: 'The NVIDIA driver is too old',
  fix: `Install a driver of version 525 or later, ${OTHER_ENGINE}`,
};

const noDevice: Trouble = {
  code: 'cuda-no-device',
  message: 'The NVIDIA driver offers no such GPU',
  fix: `Look with nvidia-smi which GPUs there are; CUDA_VISIBLE_DEVICES and LABPROOF_CUDA_DEVICE choose among them, ${OTHER_ENGINE}`,
};

const noMemory: Trouble = {
  code: 'cuda-out-of-memory',
  message: 'The GPU has too little memory for this network',
  fix: `Close what else uses the GPU (nvidia-smi lists it), or make the batch smaller, ${OTHER_ENGINE}`,
};

const timeOut: Trouble = {
  code: 'cuda-time-out',
  message: 'The system stopped a computation on the GPU because it took too long',
  fix: `Use a GPU that shows no desktop, or lift the limit of its watchdog, ${OTHER_ENGINE}`,
};

const lost: Trouble = {
  code: 'cuda-device-lost',
  message: 'The GPU failed in the middle of the work',
  fix: `Run the same command again: it goes on from the last checkpoint. If it fails again, look for Xid errors in the system's log, ${OTHER_ENGINE}`,
};

const KNOWN: Readonly<Record<string, Trouble>> = {
  NO_LIBRARY: noDriver,
  NO_SYMBOL: oldDriver,
  CUDA_ERROR_INSUFFICIENT_DRIVER: oldDriver,
  CUDA_ERROR_SYSTEM_DRIVER_MISMATCH: oldDriver,
  CUDA_ERROR_UNSUPPORTED_PTX_VERSION: oldDriver,
  CUDA_ERROR_INVALID_PTX: oldDriver,
  CUDA_ERROR_JIT_COMPILER_NOT_FOUND: oldDriver,
  CUDA_ERROR_NO_DEVICE: noDevice,
  CUDA_ERROR_INVALID_DEVICE: noDevice,
  CUDA_ERROR_STUB_LIBRARY: noDriver,
  CUDA_ERROR_OUT_OF_MEMORY: noMemory,
  CUDA_ERROR_LAUNCH_TIMEOUT: timeOut,
};

/** What a failed call of the driver means to whoever asked for the GPU. */
function cudaError(cause: unknown): unknown {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  if (!(cause instanceof Error) || typeof code !== 'string') return cause;
  const trouble = KNOWN[code] ?? (code.startsWith('CUDA_ERROR_') ? lost : undefined);
  if (trouble === undefined) return cause;
  return coreError(trouble.code, {
    message: `${trouble.message} (${code}: ${String(message)}).`,
    fix: trouble.fix,
    cause,
  });
}

/** Whether an error is the GPU's or its driver's, so that another engine can go on. */
export function isCudaTrouble(error: unknown): boolean {
  return error instanceof LabproofError && error.code.startsWith('cuda-');
}

/** The addon with the driver's errors told as such. */
export function withCudaErrors(addon: CudaAddon): CudaAddon {
  const entries = Object.entries(addon).map(([name, run]) => [
    name,
    (...values: unknown[]) => {
      try {
        return (run as (...given: unknown[]) => unknown)(...values);
      } catch (error) {
        throw cudaError(error);
      }
    },
  ]);
  return Object.fromEntries(entries) as CudaAddon;
}
