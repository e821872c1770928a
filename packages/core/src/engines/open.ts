import { coreError } from '../errors/core-errors.ts';
import { type AddonSearch, findAddon, readWasm, readWasmThreads } from './engine-files.ts';
import type { Kernels } from './kernels.ts';
import { createNativeKernels, nativeLevels } from './native.ts';
import { createWasmKernels } from './wasm.ts';
import { createSharedWasmKernels } from './wasm-threads.ts';
import { reasonOf } from '../errors/reason.ts';
import type { SharingOptions } from './sharing.ts';

/** `auto` is native where its addon is there and loads, otherwise wasm; both give the same bits. */
export type EngineChoice = 'auto' | 'native' | 'wasm';

/** What to do where the native addon is missing. */
export const HOW_TO_GET_NATIVE =
  'Install Labproof again from a release, which brings the kernels along; in a checkout, install a C compiler (cc, gcc or clang) and run `npm run build`. The engine wasm gives the same results.';

/**
 * Opens an engine. `level` (else the environment's LABPROOF_KERNEL_LEVEL) asks the native engine for one instruction
 * set of the processor instead of its best, and `threads` for more than one that compute; both change the speed, never a
 * result.
 *
 * @throws LabproofError `engine-not-available` or `engine-level-unknown`, both for the instructor
 */
export async function openKernels(
  choice: EngineChoice,
  options: { readonly level?: string } & SharingOptions = {},
): Promise<Kernels> {
  const search = searchFor(choice);
  return search === null ? openWasm(options) : openNative(search, options);
}

/** Where its memory cannot be shared it computes on one thread. */
async function openWasm(options: SharingOptions): Promise<Kernels> {
  const { threads = 1 } = options;
  const shared =
    threads === 1 ? null : await createSharedWasmKernels(await readWasmThreads(), options);
  return shared ?? createWasmKernels(await readWasm());
}

/**
 * The engine that a choice comes to on this machine, without opening it.
 *
 * @throws LabproofError `engine-not-available`, for the instructor
 */
export function resolveEngine(choice: EngineChoice): 'native' | 'wasm' {
  return searchFor(choice) === null ? 'wasm' : 'native';
}

/** The native engine's addon; `null` where the engine is to be wasm. */
function searchFor(choice: EngineChoice): (AddonSearch & { addon: object }) | null {
  if (choice === 'wasm') return null;
  const search = findAddon();
  if (search.addon !== null) return search;
  if (choice === 'auto') return null;
  throw coreError('engine-not-available', {
    message: `The engine "native" cannot be used: ${search.reason}.`,
    fix: HOW_TO_GET_NATIVE,
    cause: search.cause,
  });
}

function openNative(
  search: AddonSearch & { addon: object },
  { level: asked, ...sharing }: { readonly level?: string } & SharingOptions,
): Kernels {
  const levels = nativeLevels(search.addon);
  const level = asked ?? (process.env['LABPROOF_KERNEL_LEVEL'] || levels[0]);
  if (level === undefined || !levels.includes(level)) {
    throw coreError('engine-level-unknown', {
      message: `This processor has no kernel level "${level}"; it has ${levels.join(', ')}.`,
      fix: 'Choose one of these in LABPROOF_KERNEL_LEVEL, or unset it.',
    });
  }
  return createNativeKernels(search.addon, level, sharing);
}

/** One engine as `labproof doctor` shows it. */
export interface EngineDescription {
  readonly engine: 'native' | 'wasm';
  readonly available: boolean;
  /** Instruction-set levels that can be used, best first. */
  readonly levels: readonly string[];
  /** Where a native one comes from: `built here`, or the package of prebuilt kernels; `null` where there is none. */
  readonly origin: string | null;
  /** Why it is not available, or why an addon that was built here is not the one in use; else `null`. */
  readonly reason: string | null;
  /** What to do to get it, else `null`. */
  readonly fix: string | null;
}

/** Which engines this machine has, best first. */
export async function describeEngines(): Promise<EngineDescription[]> {
  const search = findAddon();
  const native: EngineDescription =
    search.addon === null
      ? {
          engine: 'native',
          available: false,
          levels: [],
          origin: null,
          reason: search.reason,
          fix: HOW_TO_GET_NATIVE,
        }
      : {
          engine: 'native',
          available: true,
          levels: nativeLevels(search.addon),
          origin: search.origin,
          reason: search.note,
          fix: null,
        };
  return [native, await describeWasm()];
}

async function describeWasm(): Promise<EngineDescription> {
  try {
    const { level } = await createWasmKernels(await readWasm());
    return {
      engine: 'wasm',
      available: true,
      levels: [level],
      origin: null,
      reason: null,
      fix: null,
    };
  } catch (cause) {
    const why = reasonOf(cause);
    return {
      engine: 'wasm',
      available: false,
      levels: [],
      origin: null,
      reason: `kernels.wasm does not load: ${why}`,
      fix: 'Install Labproof again; on a processor without SIMD, use the native engine.',
    };
  }
}
