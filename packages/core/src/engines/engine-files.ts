import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { KERNEL_INTERFACE } from './kernel-interface.ts';
import type { NativeAddon } from './native.ts';
import { findPrebuilt } from './prebuilt.ts';
import { reasonOf } from '../errors/reason.ts';

/** `src/` and `dist/` lie equally deep in the package, so these hold for both. */
const WASM = new URL('../../kernels/kernels.wasm', import.meta.url);
const WASM_THREADS = new URL('../../kernels/kernels-threads.wasm', import.meta.url);
const PTX = new URL('../../kernels/cuda/kernels.ptx', import.meta.url);
const ADDON = fileURLToPath(new URL('../../build/kernels.node', import.meta.url));

export function readWasm(): Promise<Uint8Array> {
  return readFile(WASM);
}

/** The same kernels for memory that threads share. */
export function readWasmThreads(): Promise<Uint8Array> {
  return readFile(WASM_THREADS);
}

/** The kernels for GPUs as text. */
export function readPtx(): Promise<Uint8Array> {
  return readFile(PTX);
}

/** The native addon, or why it is not there. */
export type AddonSearch =
  | { readonly addon: NativeAddon; readonly origin: string; readonly note: string | null }
  | { readonly addon: null; readonly reason: string; readonly cause?: unknown };

/** The addon that was built here, else the one of the package of prebuilt kernels for this machine. */
export function findAddon(): AddonSearch {
  const own = existsSync(ADDON) ? load(ADDON, 'the native addon', 'built here') : null;
  if (own !== null && own.addon !== null) return own;
  const prebuilt = findPrebuilt();
  switch (prebuilt.kind) {
    case 'found': {
      const search = load(prebuilt.file, prebuilt.name, `prebuilt: ${prebuilt.name}`);
      return search.addon === null ? (own ?? search) : { ...search, note: own?.reason ?? null };
    }
    case 'refused':
      return own ?? { addon: null, reason: `${prebuilt.name} ${prebuilt.reason}` };
    case 'absent':
      return (
        own ?? {
          addon: null,
          reason: `the native addon has not been built on this machine, and ${prebuilt.name} is not installed`,
        }
      );
  }
}

function load(file: string, name: string, origin: string): AddonSearch {
  try {
    const addon = createRequire(import.meta.url)(file) as NativeAddon;
    if (addon.interface === KERNEL_INTERFACE) return { addon, origin, note: null };
    return { addon: null, reason: `${name} was built from other sources than these` };
  } catch (cause) {
    const why = reasonOf(cause);
    return { addon: null, reason: `${name} does not load: ${why}`, cause };
  }
}
