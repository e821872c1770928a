import type { Pointer } from '../kernels.ts';
import type { CudaAddon, DeviceHandle, OpenedDevice } from './device.ts';
import { ENTRIES, type TileName } from './entries.ts';
import { type Grid, LaunchList, type PendingLaunch } from './launches.ts';
import { DeviceMemory } from './memory.ts';

/** Threads of a block where every thread has one element; few elements are spread over more blocks. */
const THREADS = 256;
const FEW = 8192;
const THREADS_OF_FEW = 32;

/** A device with the PTX loaded and memory for trials side by side: what kernels are launched with. */
export class Launcher {
  readonly memory: DeviceMemory;
  readonly launches: LaunchList;
  readonly trials: number;
  readonly processors: number;
  /** The tile that every product is to take; `null`: the one that is done first. */
  tile: TileName | null = null;
  readonly #addon: CudaAddon;
  readonly #device: DeviceHandle;
  readonly #numbers = new Map<string, number>();

  constructor(addon: CudaAddon, device: OpenedDevice, trials: number) {
    this.#addon = addon;
    this.#device = device.handle;
    this.trials = trials;
    this.processors = device.processors;
    this.memory = new DeviceMemory(addon, device.handle, trials, () => this.launches.submit());
    this.launches = new LaunchList(addon, device.handle, trials, () => this.memory);
  }

  /** One thread for each of `count` elements. */
  elements(entry: string, count: number, values: readonly number[]): void {
    if (count === 0) return;
    if (count >= 2 ** 32)
      throw new RangeError(`an array of ${count} elements is too long for a GPU`);
    const threads = count < FEW ? THREADS_OF_FEW : THREADS;
    this.launch(entry, { x: Math.ceil(count / threads), threads }, values);
  }

  /** `values` in the order of the kernel's parameters, pointers among them. */
  launch(entry: string, grid: Grid, values: readonly number[]): PendingLaunch {
    this.memory.prepare();
    const kinds = ENTRIES.get(entry) ?? '';
    const resolved = values.map((value, index) =>
      kinds[index] === 'p' ? this.memory.resolve(value) : value,
    );
    return this.launches.add(this.#numberOf(entry, kinds), grid, resolved);
  }

  /** Whether arrays can be read in fours: they begin at multiples of 16 bytes. */
  static byFours(pointers: readonly Pointer[], extents: readonly number[]): boolean {
    return (
      pointers.every((pointer) => pointer % 16 === 0) && extents.every((extent) => extent % 4 === 0)
    );
  }

  synchronize(): void {
    this.launches.submit();
    this.#addon.synchronize(this.#device);
  }

  #numberOf(entry: string, kinds: string): number {
    const known = this.#numbers.get(entry);
    if (known !== undefined) return known;
    const number = this.#addon.kernel(this.#device, `labproof_${entry}`, kinds);
    this.#numbers.set(entry, number);
    return number;
  }
}
