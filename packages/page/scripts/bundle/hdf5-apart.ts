import { readFileSync } from 'node:fs';
import { zlibSync } from 'fflate';
import type { Plugin } from 'esbuild';

/** Where the package holds its WebAssembly, as a text of one character a byte. */
const BEGIN = 'function findWasmBinary(){return binaryDecode(';

/** How a WebAssembly module begins: `\0asm`. */
const MAGIC = [0, 0x61, 0x73, 0x6d];

/**
 * Takes the WebAssembly out of the script of `h5wasm` and packs it into a file of its own, a quarter of its size. `write`
 * gives the name under which it lies beside the script. Throws where the package is no longer as it was.
 */
export function hdf5Apart(write: (binary: Uint8Array) => string): Plugin {
  return {
    name: 'HDF5 apart',
    setup(build) {
      build.onLoad({ filter: /[\\/]h5wasm[\\/].*hdf5_util\.js$/ }, ({ path }) => {
        const { binary, before, after } = split(readFileSync(path, 'utf8'));
        const name = write(zlibSync(binary, { level: 9 }));
        const head = `import { unzlibSync } from 'fflate';
const packed = await fetch(new URL('./${name}', import.meta.url));
const binary = unzlibSync(new Uint8Array(await packed.arrayBuffer()));
`;
        return {
          contents: `${head}${before}function findWasmBinary(){return binary}${after}`,
          resolveDir: import.meta.dirname,
        };
      });
    },
  };
}

function split(script: string): { binary: Uint8Array; before: string; after: string } {
  const begin = script.indexOf(BEGIN);
  const from = begin + BEGIN.length;
  if (begin < 0 || script[from] !== "'") throw new Error('h5wasm holds its code in another way');
  let to = from + 1;
  while (script[to] !== "'") to += script[to] === '\\' ? 2 : 1;
  // A text of the package itself, as its own decoder reads it.
  const text: unknown = new Function(`return ${script.slice(from, to + 1)}`)();
  const end = script.indexOf('}', to);
  if (typeof text !== 'string' || script.slice(to + 1, end) !== ')') {
    throw new Error('h5wasm holds its code in another way');
  }
  const binary = Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    return (~code >> 8) & code;
  });
  if (!MAGIC.every((byte, at) => binary[at] === byte))
    throw new Error('what h5wasm holds is no WebAssembly');
  return { binary, before: script.slice(0, begin), after: script.slice(end + 1) };
}
