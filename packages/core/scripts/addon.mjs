/* The Node-API addon of the kernels: what it is made of, and how a compiler makes it for a processor and a system. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { COMPILE_FLAGS } from './compile-flags.mjs';
import { KERNELS, kernelSources } from './kernel-sources.mjs';
import { nativeGlue, signaturesHeader } from './signatures-header.mjs';

/** Instruction-set levels by processor, best first, with the flags that allow them. */
export const LEVELS = {
  x64: {
    avx512: ['-mavx512f', '-mavx512bw', '-mavx512dq', '-mavx512vl', '-mprefer-vector-width=512'],
    avx2: ['-mavx2'],
    sse2: [],
  },
  arm64: { neon: [] },
};

/** What the addon is compiled from besides the kernels. */
const ADDON_SOURCES = ['addon.c', 'cuda/device.c', 'threads/pool.c', 'threads/native-pool.c'];

const HEADERS = createRequire(import.meta.url)('node-api-headers').include_dir;

/**
 * Compiles and links an addon.
 *
 * `run` runs the compiler with flags; `build` is the folder for what lies between; `flags` go to every compilation, and
 * `linking` to the linker.
 */
export async function compileAddon({ run, arch, platform, build, flags = [], linking, output }) {
  const levels = LEVELS[arch];
  mkdirSync(build, { recursive: true });
  writeFileSync(path.join(build, 'signatures.h'), signaturesHeader());
  writeFileSync(path.join(build, 'glue.h'), nativeGlue(Object.keys(levels)));
  const includes = [`-I${build}`, `-I${KERNELS}`, `-I${HEADERS}`];
  // All code of Windows can be moved.
  const movable = platform === 'win32' ? [] : ['-fPIC', '-pthread'];
  const common = [...COMPILE_FLAGS, ...movable, '-fvisibility=hidden', ...flags, ...includes];
  const units = [
    ...ADDON_SOURCES.map((source) => ({
      source,
      object: path.join(build, `${source.slice(0, -2).replaceAll('/', '-')}.o`),
      flags: [],
    })),
    ...Object.entries(levels).flatMap(([level, ofLevel]) =>
      kernelSources().map((source) => ({
        source,
        object: path.join(build, level, `${source.slice(0, -2)}.o`),
        flags: [...ofLevel, `-DLABPROOF_LEVEL=${level}`],
      })),
    ),
  ];
  await each(units, async ({ source, object, flags: ofUnit }) => {
    mkdirSync(path.dirname(object), { recursive: true });
    await run([...common, ...ofUnit, '-c', path.join(KERNELS, source), '-o', object]);
  });
  await run([...linking, ...movable, ...units.map(({ object }) => object), '-o', output]);
}

/** Does the work for every item, as many at a time as there are cores; after a failure it begins no more. */
async function each(items, work) {
  const left = [...items];
  const one = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      try {
        await work(item);
      } catch (error) {
        left.length = 0;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, one));
}
