import type { Pointer } from '../kernels.ts';
import type { DeviceMemory } from './memory.ts';

/** A piece of every trial's arena for what one kernel leaves to the next; it grows with the largest need. */
export class Scratch {
  readonly #memory: DeviceMemory;
  #pointer: Pointer = 0;
  #byteLength = 0;

  constructor(memory: DeviceMemory) {
    this.#memory = memory;
  }

  atLeast(byteLength: number): Pointer {
    if (byteLength > this.#byteLength) {
      this.#pointer = this.#memory.allocate(byteLength);
      this.#byteLength = byteLength;
    }
    return this.#pointer;
  }

  /** After the memory was reset. */
  forget(): void {
    this.#byteLength = 0;
  }
}
