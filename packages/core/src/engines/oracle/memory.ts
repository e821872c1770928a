import type { Pointer } from '../memory.ts';

const ALIGNMENT = 64;

/** One growing ArrayBuffer with typed views over all of it; a pointer is a byte offset, never 0. */
export class OracleMemory {
  #buffer: ArrayBuffer = new ArrayBuffer(1 << 16);
  #end = ALIGNMENT;
  floats: Float32Array = new Float32Array(this.#buffer);
  integers: Int32Array = new Int32Array(this.#buffer);
  words: Uint32Array = new Uint32Array(this.#buffer);
  bytes: Uint8Array = new Uint8Array(this.#buffer);

  allocate(byteLength: number): Pointer {
    const pointer = this.#end;
    this.#end = Math.ceil((pointer + byteLength) / ALIGNMENT) * ALIGNMENT;
    if (this.#end > this.#buffer.byteLength) {
      // Transferring detaches the views taken earlier, as growing wasm memory does.
      const old = structuredClone(this.#buffer, { transfer: [this.#buffer] });
      this.#use(new ArrayBuffer(Math.max(this.#end, 2 * old.byteLength)));
      this.bytes.set(new Uint8Array(old));
    }
    return pointer;
  }

  reset(): void {
    this.#use(new ArrayBuffer(1 << 16));
    this.#end = ALIGNMENT;
  }

  #use(buffer: ArrayBuffer): void {
    this.#buffer = buffer;
    this.floats = new Float32Array(buffer);
    this.integers = new Int32Array(buffer);
    this.words = new Uint32Array(buffer);
    this.bytes = new Uint8Array(buffer);
  }
}
