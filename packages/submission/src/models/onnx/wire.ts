import { damaged } from './problem.ts';

/** How a field's value is written: https://protobuf.dev/programming-guides/encoding/. Groups are written by nobody any more. */
export const WIRE = { varint: 0, eight: 1, bytes: 2, four: 5 } as const;

/** The field that a reader stands at. */
export interface Field {
  readonly number: number;
  readonly wire: number;
}

/**
 * Reads the fields of one protobuf message, without the schema, from bytes that it never copies and never leaves.
 * Libraries build the whole message before anybody can count it (two bytes of a file may be an object of its own), or
 * compile their readers with `new Function`, which pages forbid; the schema that is needed here is forty fields.
 */
export class WireReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next field; `null` at the end. */
  next(): Field | null {
    if (this.#at >= this.#bytes.length) return null;
    const tag = this.varint();
    const field = { number: Math.floor(tag / 8), wire: tag % 8 };
    if (field.number >= 1 && field.number < 2 ** 29) return field;
    throw damaged('has a field without a number');
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** A whole number of up to 64 bits, taken as signed; beyond 2⁵³ it is the nearest double. */
  varint(): number {
    let value = 0;
    for (let index = 0; index < 10; index += 1) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw damaged('ends within a number');
      this.#at += 1;
      // Nine bytes of seven bits are 63; the tenth holds the sign.
      if (index === 9) {
        if (byte > 1) break;
        return byte === 1 ? this.#negative() : value;
      }
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return value;
    }
    throw damaged('has a number longer than 64 bits');
  }

  /** The bytes of a string, a message or a packed list. */
  bytes(): Uint8Array {
    const length = this.varint();
    if (!(length >= 0 && length <= this.#bytes.length - this.#at)) {
      throw damaged('describes a part that reaches over its end');
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** The bytes of a number of four or of eight bytes. */
  fixed(size: 4 | 8): Uint8Array {
    if (this.#at + size > this.#bytes.length) throw damaged('ends within a number');
    this.#at += size;
    return this.#bytes.subarray(this.#at - size, this.#at);
  }

  float(): number {
    this.fixed(4);
    return this.#view.getFloat32(this.#at - 4, true);
  }

  skip({ wire }: Field): void {
    if (wire === WIRE.varint) this.varint();
    else if (wire === WIRE.bytes) this.bytes();
    else if (wire === WIRE.four) this.fixed(4);
    else if (wire === WIRE.eight) this.fixed(8);
    else throw damaged('has a field of a kind that protobuf does not write any more');
  }

  /** The ten bytes just read as a number below zero, exactly. */
  #negative(): number {
    let value = 0n;
    for (let index = 0; index < 10; index += 1) {
      const byte = this.#bytes[this.#at - 10 + index] ?? 0;
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    }
    return Number(BigInt.asIntN(64, value));
  }
}
