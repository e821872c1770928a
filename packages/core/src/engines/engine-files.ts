import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { KERNEL_INTERFACE } from './kernel-interface.ts';
import type { NativeAddon } from './native.ts';
import { reasonOf } from '../errors/reason.ts';

/** `src/` and `dist/` lie equally deep in the package, so these hold for both. */
const WASM = new URL('../../kernels/kernels.wasm', import.meta.url);
const PTX = new URL('../../kernels/cuda/kernels.ptx', import.meta.url);
const ADDON = fileURLToPath(new URL('../../build/kernels.node', import.meta.url));

export function readWasm(): Promise<Uint8Array> {
  return readFile(WASM);
}

/** The kernels for GPUs as text. */
export function readPtx(): Promise<Uint8Array> {
  return readFile(PTX);
}

/** The native addon, or why it is not there. */
export type AddonSearch =
  | { readonly addon: NativeAddon }
  | { readonly addon: null; readonly reason: string; readonly cause?: unknown };

export function findAddon(): AddonSearch {
  if (!existsSync(ADDON)) {
    return { addon: null, reason: 'the native addon has not been built on this machine' };
  }
  try {
    const addon = createRequire(import.meta.url)(ADDON) as NativeAddon;
    if (addon.interface === KERNEL_INTERFACE) return { addon };
    return { addon: null, reason: 'the native addon was built from other sources than these' };
  } catch (cause) {
    const why = reasonOf(cause);
    return { addon: null, reason: `the native addon does not load: ${why}`, cause };
  }
}
