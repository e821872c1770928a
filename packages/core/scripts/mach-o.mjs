import { readFileSync } from 'node:fs';

/* Of Apple's <mach-o/loader.h> and <mach-o/nlist.h>. */
const MAGIC = 0xfeedfacf;
const SYMBOL_TABLE = 0x2;
const LOADS_LIBRARY = 0xc;
const CODE_SIGNATURE = 0x1d;
const ARM64 = 0x0100000c;
const EXTERNAL = 0x01;
const TYPE = 0x0e;

/**
 * Looks over an addon for macOS on a machine that cannot run it: Node.js finds its entry, it takes nothing but
 * Node-API and the system's own library, and on arm64 it is signed, as macOS wants there. Throws what is wrong.
 */
export function inspectMachO(file) {
  const bytes = readFileSync(file);
  if (bytes.readUInt32LE(0) !== MAGIC) throw new Error(`${file} is no 64-bit Mach-O file`);
  const found = { entry: false, signed: false, libraries: [], taken: [] };
  let at = 32;
  for (let left = bytes.readUInt32LE(16); left > 0; left -= 1) {
    const command = bytes.readUInt32LE(at);
    if (command === SYMBOL_TABLE) readSymbols(bytes, at, found);
    if (command === LOADS_LIBRARY)
      found.libraries.push(text(bytes, at + bytes.readUInt32LE(at + 8)));
    if (command === CODE_SIGNATURE) found.signed = true;
    at += bytes.readUInt32LE(at + 4);
  }
  const strange = found.libraries.filter((name) => name !== '/usr/lib/libSystem.B.dylib');
  if (!found.entry) throw new Error(`${file} does not export napi_register_module_v1`);
  if (strange.length > 0) throw new Error(`${file} needs ${strange.join(', ')}`);
  if (bytes.readUInt32LE(4) === ARM64 && !found.signed) throw new Error(`${file} is not signed`);
  return found;
}

function readSymbols(bytes, at, found) {
  const [symbols, count, strings] = [8, 12, 16].map((offset) => bytes.readUInt32LE(at + offset));
  for (let index = 0; index < count; index += 1) {
    const symbol = symbols + index * 16;
    const type = bytes.readUInt8(symbol + 4);
    if ((type & EXTERNAL) === 0) continue;
    const name = text(bytes, strings + bytes.readUInt32LE(symbol));
    if ((type & TYPE) === 0) found.taken.push(name);
    else if (name === '_napi_register_module_v1') found.entry = true;
  }
}

function text(bytes, from) {
  return bytes.toString('latin1', from, bytes.indexOf(0, from));
}
