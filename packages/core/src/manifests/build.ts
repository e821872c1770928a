import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { hashOf, sha256Hex } from '../digest.ts';

const Digest = z.string().regex(/^[0-9a-f]{64}$/u);

/** Which build of Labproof computes here, by the digests of what runs. */
export const BuildSchema = z.strictObject({
  /** Of `@labproof/core`. */
  version: z.string(),
  /** Of the JavaScript (or in a checkout TypeScript) that runs, with the versions of what it imports. */
  code: Digest,
  /** Of the kernels as WebAssembly. */
  wasm: Digest,
  /** Of the native addon; `null` where none was built. It differs by compiler and machine, and its results do not. */
  native: Digest.nullable(),
  /** Of the kernels for GPUs. */
  ptx: Digest,
});
export type Build = z.infer<typeof BuildSchema>;

/** `src` or `dist`, whichever this file is in; the package is the folder around it. */
const CODE = dirname(dirname(fileURLToPath(import.meta.url)));
const PACKAGE = dirname(CODE);

/** The build that runs now. Read anew each time: what is on the disk may have changed since. */
export function thisBuild(): Build {
  const text = readFileSync(join(PACKAGE, 'package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
  const native = join(PACKAGE, 'build', 'kernels.node');
  return {
    version,
    code: hashOf([sha256Hex(Buffer.from(text)), ...codeFiles()]),
    wasm: fileDigest(join(PACKAGE, 'kernels', 'kernels.wasm')),
    native: existsSync(native) ? fileDigest(native) : null,
    ptx: fileDigest(join(PACKAGE, 'kernels', 'cuda', 'kernels.ptx')),
  };
}

/** Path and digest of every file with code, in an order that no machine changes. */
function codeFiles(): string[][] {
  return readdirSync(CODE, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(js|ts)$/u.test(file) && !file.endsWith('.d.ts'))
    .map((file) => relative(CODE, join(CODE, file)).split(sep).join('/'))
    .toSorted()
    .map((file) => [file, fileDigest(join(CODE, file))]);
}

function fileDigest(path: string): string {
  return sha256Hex(readFileSync(path));
}
