import { PickleProblem } from './problem.ts';
import { PICKLE_LIMITS } from './limits.ts';

/** Reads the arguments of opcodes out of bytes; past the end is a `PickleProblem`. */
export class PickleReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = start;
  }

  /** Place of the next byte. */
  get position(): number {
    return this.#at;
  }

  byte(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** A length of eight bytes; one past every file is a problem. */
  uint64(): number {
    const value = this.#view.getBigUint64(this.#advance(8), true);
    if (value > BigInt(this.#bytes.length)) throw new PickleProblem('it ends too early');
    return Number(value);
  }

  /** BINFLOAT is big-endian, alone among the numbers. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  bytes(length: number): Uint8Array {
    if (length < 0) throw new PickleProblem('it gives a length below zero');
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(length: number): string {
    if (length > PICKLE_LIMITS.string) {
      throw new PickleProblem(`it holds a text of ${length} bytes`);
    }
    return new TextDecoder().decode(this.bytes(length));
  }

  /** Up to the next line feed, which is skipped. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end === -1) throw new PickleProblem('it ends too early');
    const text = this.text(end - this.#at);
    this.#at = end + 1;
    return text;
  }

  /** A whole number in two's complement, little-endian. */
  long(length: number): number | bigint {
    if (length > 64) throw new PickleProblem(`it holds a number of ${length} bytes`);
    let value = 0n;
    for (const [index, byte] of this.bytes(length).entries()) {
      value |= BigInt(byte) << BigInt(8 * index);
    }
    return narrow(length === 0 ? 0n : BigInt.asIntN(8 * length, value));
  }

  #advance(length: number): number {
    const start = this.#at;
    if (start + length > this.#bytes.length) throw new PickleProblem('it ends too early');
    this.#at = start + length;
    return start;
  }
}

/** A number where one holds the value exactly. */
export function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
