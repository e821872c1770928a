import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { configure } from 'safe-stable-stringify';

const stringify = configure({ deterministic: true, strict: true });

/** Node's own SHA-256 where there is Node, about ten times faster; asked for without an import, which a browser could not resolve. */
const nodeCrypto = globalThis.process?.getBuiltinModule?.('node:crypto');

/** SHA-256 of bytes, or of text as UTF-8, as lower-case hex. */
export function sha256Hex(content: string | Uint8Array): string {
  return sha256OfParts([typeof content === 'string' ? utf8ToBytes(content) : content]);
}

/** SHA-256 of bytes one after the other, without putting them together. */
function sha256OfParts(parts: readonly Uint8Array[]): string {
  if (nodeCrypto === undefined) {
    const hash = sha256.create();
    for (const part of parts) hash.update(part);
    return bytesToHex(hash.digest());
  }
  const hash = nodeCrypto.createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** JSON with sorted keys: equal values give equal text. Throws on values that JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = stringify(value);
  if (text === undefined) throw new TypeError('this value has no JSON form');
  return text;
}

/** SHA-256 of a value's canonical JSON. */
export function hashOf(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

/** The bytes of some weights as little-endian float32, one array after the other. */
export function weightBytes(weights: readonly Float32Array[]): Uint8Array {
  const total = weights.reduce((sum, array) => sum + array.length, 0);
  const bytes = new Uint8Array(total * 4);
  if (LITTLE_ENDIAN) {
    let offset = 0;
    for (const array of weights) {
      bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
      offset += array.byteLength;
    }
    return bytes;
  }
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const array of weights) {
    for (const value of array) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return bytes;
}

/** SHA-256 of the weights as little-endian float32 in layer order: the identity of a trained network. */
export function weightsDigest(weights: readonly Float32Array[]): string {
  return arrayDigest(weights);
}

/** What can be digested as it lies in memory, lowest byte first. */
export type DigestedArray = Float32Array | Int32Array | Uint8Array;

/** SHA-256 of arrays, one after the other, as little-endian bytes. */
export function arrayDigest(arrays: readonly DigestedArray[]): string {
  return sha256OfParts(arrays.map((array) => littleEndian(array)));
}

function littleEndian(array: DigestedArray): Uint8Array {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  if (LITTLE_ENDIAN || array.BYTES_PER_ELEMENT === 1) return bytes;
  const swapped = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += 1) swapped[at] = bytes[at ^ 3] ?? 0;
  return swapped;
}

/** Whether this machine keeps the lowest byte first, as the files do. */
export const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
