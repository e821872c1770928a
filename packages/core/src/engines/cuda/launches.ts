import type { CudaAddon, DeviceHandle } from './device.ts';

const CAPACITY = 1 << 15;
/** Kernel, grid (x, y, z), threads and the number of arguments, before the arguments. */
const HEADER = 6;
const MOST_ARGUMENTS = 32;

/** How a kernel is spread over the device: blocks along x and y, and threads in a block. */
export interface Grid {
  readonly x: number;
  readonly y?: number;
  readonly threads: number;
}

/** A launch that is still in the list, so that its arguments can be changed. */
export interface PendingLaunch {
  /** What `LaunchList.last` must still be. */
  readonly number: number;
  readonly firstArgument: number;
}

/** Launches on their way to the device, many at a time: one call from JavaScript costs as much as a launch. */
export class LaunchList {
  readonly #addon: CudaAddon;
  readonly #device: DeviceHandle;
  readonly #trials: number;
  readonly #arena: () => { readonly base: number; readonly stride: number };
  readonly #list = new Float64Array(CAPACITY);
  #length = 0;
  #count = 0;

  constructor(
    addon: CudaAddon,
    device: DeviceHandle,
    trials: number,
    arena: () => { readonly base: number; readonly stride: number },
  ) {
    this.#addon = addon;
    this.#device = device;
    this.#trials = trials;
    this.#arena = arena;
  }

  /** The number of the launch that was added last, or 0 if it has been submitted. */
  get last(): number {
    return this.#length === 0 ? 0 : this.#count;
  }

  /** Adds a launch; the arguments are resolved addresses and numbers. */
  add(kernel: number, grid: Grid, values: readonly number[]): PendingLaunch {
    if (this.#length + HEADER + MOST_ARGUMENTS > CAPACITY) this.submit();
    this.#list.set(
      [kernel, grid.x, grid.y ?? 1, this.#trials, grid.threads, values.length, ...values],
      this.#length,
    );
    const firstArgument = this.#length + HEADER;
    this.#length = firstArgument + values.length;
    this.#count += 1;
    return { number: this.#count, firstArgument };
  }

  argument(launch: PendingLaunch, index: number): number {
    return this.#list[launch.firstArgument + index] ?? 0;
  }

  setArgument(launch: PendingLaunch, index: number, value: number): void {
    this.#list[launch.firstArgument + index] = value;
  }

  submit(): void {
    if (this.#length === 0) return;
    const length = this.#length;
    this.#length = 0;
    const { base, stride } = this.#arena();
    this.#addon.submit(this.#device, this.#list, length, base, stride);
  }
}
