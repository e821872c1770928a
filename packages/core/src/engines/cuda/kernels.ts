import type { Arithmetic, Kernels } from '../kernels.ts';
import type { CudaAddon, OpenedDevice } from './device.ts';
import { countIndexOf, SHARED_KERNELS, type SharedKernelName } from './entries.ts';
import { Endings } from './endings.ts';
import { StreamKeys } from './keys.ts';
import { Launcher } from './launcher.ts';
import { normalizationKernels } from './normalization.ts';
import { ownKernels } from './own-kernels.ts';
import { productKernels } from './products.ts';
import { Scratch } from './scratch.ts';

/** The arithmetic on a GPU for one trial, or for several that take every step together. */
export interface CudaKernels extends Kernels {
  readonly launcher: Launcher;
  readonly keys: StreamKeys;
  /** Gives all memory back to the device. */
  release(): void;
}

/**
 * Kernels on an opened device whose PTX is loaded. With several trials every call works on the arenas of all of them;
 * they differ in what the arenas hold and in the keys of their streams.
 */
export function createCudaKernels(addon: CudaAddon, device: OpenedDevice, trials = 1): CudaKernels {
  const launcher = new Launcher(addon, device, trials);
  const { memory } = launcher;
  const scratch = new Scratch(memory);
  const keys = new StreamKeys(memory, trials);
  const endings = new Endings(launcher);
  return {
    ...sharedKernels(launcher),
    ...ownKernels(launcher, keys, endings),
    ...normalizationKernels(launcher, scratch),
    ...productKernels(launcher, scratch, endings),
    engine: 'cuda',
    level: `sm_${device.major}${device.minor}`,
    threads: 1,
    close: () => undefined,
    launcher,
    keys,
    allocate: (byteLength) => memory.allocate(byteLength),
    reset() {
      memory.reset();
      scratch.forget();
    },
    release() {
      memory.release();
      scratch.forget();
      keys.forget();
    },
    f32(pointer, length) {
      const { buffer, offset } = memory.view(pointer, length * 4);
      return new Float32Array(buffer, offset, length);
    },
    i32(pointer, length) {
      const { buffer, offset } = memory.view(pointer, length * 4);
      return new Int32Array(buffer, offset, length);
    },
    u8(pointer, length) {
      const { buffer, offset } = memory.view(pointer, length);
      return new Uint8Array(buffer, offset, length);
    },
  };
}

function sharedKernels(launcher: Launcher): Pick<Arithmetic, SharedKernelName> {
  return Object.fromEntries(
    SHARED_KERNELS.map((name) => {
      const countIndex = countIndexOf(name);
      return [
        name,
        (...values: number[]) => launcher.elements(name, values[countIndex] ?? 0, values),
      ];
    }),
  ) as unknown as Pick<Arithmetic, SharedKernelName>;
}
