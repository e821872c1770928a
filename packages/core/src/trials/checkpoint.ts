import { z } from 'zod';
import { hashOf, LITTLE_ENDIAN, sha256Hex, weightBytes } from '../digest.ts';
import type { TrainerState } from '../training/trainer.ts';
import { EpochSchema } from '../training/epoch.ts';

const HeaderSchema = z.strictObject({
  key: z.string(),
  epochs: z.array(EpochSchema),
  iterations: z.int(),
  seconds: z.number(),
  weights: z.array(z.int()),
  slots: z.array(z.int()),
  /** Which build of Labproof trained up to here, where it was told. */
  build: z.string().optional(),
  /** SHA-256 of the float32 payload. */
  payload: z.string(),
  /** SHA-256 of the canonical JSON of all the rest. */
  checksum: z.string(),
});

/** A trainer's state at the end of an epoch, with the seconds spent so far. */
export interface Checkpoint {
  readonly state: TrainerState;
  readonly seconds: number;
  /** Which build of Labproof trained up to here, where it was told. */
  readonly build?: string;
}

/** One file: a line of JSON, then the weights and optimiser slots as little-endian float32. */
export function encodeCheckpoint(key: string, { state, seconds, build }: Checkpoint): Uint8Array {
  const payload = weightBytes([...state.weights, ...state.slots]);
  const content = {
    key,
    epochs: state.epochs,
    iterations: state.iterations,
    seconds,
    weights: state.weights.map((array) => array.length),
    slots: state.slots.map((array) => array.length),
    ...(build === undefined ? {} : { build }),
    payload: sha256Hex(payload),
  };
  const checksum = hashOf(content);
  const header = new TextEncoder().encode(`${JSON.stringify({ ...content, checksum })}\n`);
  const bytes = new Uint8Array(header.length + payload.length);
  bytes.set(header);
  bytes.set(payload, header.length);
  return bytes;
}

/** The checkpoint, or `null` where the bytes are damaged or of another trial: then the trial starts afresh. */
export function decodeCheckpoint(key: string, bytes: Uint8Array): Checkpoint | null {
  const end = bytes.indexOf(0x0a);
  if (end < 0) return null;
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  } catch {
    return null;
  }
  const header = HeaderSchema.safeParse(json);
  const payload = bytes.subarray(end + 1);
  if (!header.success) return null;
  const { checksum, ...content } = header.data;
  if (checksum !== hashOf(content) || content.key !== key) return null;
  if (content.payload !== sha256Hex(payload)) return null;
  const arrays = splitFloats(payload, [...header.data.weights, ...header.data.slots]);
  if (arrays === null) return null;
  return {
    state: {
      epochs: header.data.epochs,
      iterations: header.data.iterations,
      weights: arrays.slice(0, header.data.weights.length),
      slots: arrays.slice(header.data.weights.length),
    },
    seconds: header.data.seconds,
    ...(header.data.build === undefined ? {} : { build: header.data.build }),
  };
}

/** Reads little-endian float32 arrays of these lengths, one after the other; `null` if the bytes do not fit. */
export function splitFloats(bytes: Uint8Array, lengths: readonly number[]): Float32Array[] | null {
  if (lengths.reduce((sum, length) => sum + length, 0) * 4 !== bytes.length) return null;
  let offset = 0;
  return lengths.map((length) => {
    // A copy, so that nobody's buffer is shared and the floats are aligned (`slice` of a Buffer would not be one).
    const own = new Uint8Array(bytes.subarray(offset, offset + length * 4));
    offset += length * 4;
    return LITTLE_ENDIAN ? new Float32Array(own.buffer) : swapped(own);
  });
}

function swapped(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, at) => view.getFloat32(at * 4, true));
}
