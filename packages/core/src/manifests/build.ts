import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { codeDigest } from './code-digest.ts';
import { fileDigest } from './file-digest.ts';

const Digest = z.string().regex(/^[0-9a-f]{64}$/u);

/** Which build of Labproof computes here, by the digests of what runs. */
export const BuildSchema = z.strictObject({
  /** Of `@labproof/core`. */
  version: z.string(),
  /** Of the JavaScript (or in a checkout TypeScript) that runs, with the versions of what it imports. */
  code: Digest,
  /** Of the kernels as WebAssembly. */
  wasm: Digest,
  /** Of the same kernels for memory that threads share; what was signed off before they were told apart has none. */
  wasmThreads: Digest.optional(),
  /** Of the native addon; `null` where none was built. It differs by compiler and machine, and its results do not. */
  native: Digest.nullable(),
  /** Of the kernels for GPUs. */
  ptx: Digest,
});
export type Build = z.infer<typeof BuildSchema>;

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/** The build that runs now. Read anew each time: what is on the disk may have changed since. */
export function thisBuild(): Build {
  const text = readFileSync(join(PACKAGE, 'package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
  const native = join(PACKAGE, 'build', 'kernels.node');
  return {
    version,
    code: codeDigest(),
    wasm: fileDigest(join(PACKAGE, 'kernels', 'kernels.wasm')),
    wasmThreads: fileDigest(join(PACKAGE, 'kernels', 'kernels-threads.wasm')),
    native: existsSync(native) ? fileDigest(native) : null,
    ptx: fileDigest(join(PACKAGE, 'kernels', 'cuda', 'kernels.ptx')),
  };
}
