import type { Pointer } from './memory.ts';

const ALIGNMENT = 64;
const SLAB = 1 << 22;

interface Slab {
  readonly buffer: ArrayBuffer;
  readonly address: number;
  end: number;
}

/**
 * Memory of the native engine: ArrayBuffers that stay where they are for as long as they are held here,
 * cut into 64-byte aligned pieces. Pointers are absolute addresses.
 */
export class NativeMemory {
  readonly #addressOf: (buffer: ArrayBuffer) => number;
  #slabs: Slab[] = [];

  constructor(addressOf: (buffer: ArrayBuffer) => number) {
    this.#addressOf = addressOf;
  }

  allocate(byteLength: number): Pointer {
    const last = this.#slabs.at(-1);
    const slab =
      last !== undefined && roundUp(last.end) + byteLength <= endOf(last)
        ? last
        : this.#addSlab(byteLength);
    const pointer = roundUp(slab.end);
    slab.end = pointer + byteLength;
    return pointer;
  }

  reset(): void {
    this.#slabs = [];
  }

  /** The buffer that holds these bytes, and where in it they begin. */
  find(pointer: Pointer, byteLength: number): { buffer: ArrayBuffer; offset: number } {
    for (const slab of this.#slabs) {
      if (pointer >= slab.address && pointer + byteLength <= endOf(slab)) {
        return { buffer: slab.buffer, offset: pointer - slab.address };
      }
    }
    throw new RangeError(`${byteLength} bytes at ${pointer} were not allocated by this engine`);
  }

  #addSlab(byteLength: number): Slab {
    const buffer = new ArrayBuffer(Math.max(SLAB, byteLength + ALIGNMENT));
    const address = this.#addressOf(buffer);
    const slab = { buffer, address, end: address };
    this.#slabs.push(slab);
    return slab;
  }
}

function endOf(slab: Slab): number {
  return slab.address + slab.buffer.byteLength;
}

function roundUp(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
