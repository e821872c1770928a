import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { reasonOf } from '../errors/reason.ts';
import { sourcesDigest } from './sources-digest.ts';

/** `kernels.json` of a package of prebuilt kernels. */
const PrebuiltSchema = z.object({
  /** The `sourcesDigest` that `kernels.node` was compiled from. */
  sources: z.string(),
  /** The SHA-256 of `kernels.node`. */
  addon: z.string(),
});

/** An addon that came compiled, or why there is none; `absent` where nobody installed any. */
export type PrebuiltSearch =
  | { readonly kind: 'found'; readonly name: string; readonly file: string }
  | { readonly kind: 'refused'; readonly name: string; readonly reason: string }
  | { readonly kind: 'absent'; readonly name: string };

/**
 * Where packages of ours lie beside this one, as npm puts them: next to it, or in it where another version stands there.
 * Nowhere else: what is found is loaded as code, and a working directory may be what a student handed in.
 */
const BESIDE = [
  new URL('../../../', import.meta.url),
  new URL('../../node_modules/@labproof/', import.meta.url),
];

/** The system and processor of this process, as packages of prebuilt kernels are named: `linux-x64-musl`, `win32-arm64`. */
export function kernelPlatform(): string {
  const { platform, arch } = process;
  return `${platform}-${arch}${platform === 'linux' && usesMusl() ? '-musl' : ''}`;
}

/** Whether the C library is musl and not the GNU one, whose version the report of Node.js holds. */
function usesMusl(): boolean {
  // Node.js has had it since 20.13; its types have not.
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork: boolean };
  const asked = report.excludeNetwork;
  // Looking up the names of network interfaces can take seconds.
  report.excludeNetwork = true;
  const { header } = z
    .object({ header: z.object({ glibcVersionRuntime: z.string().optional() }) })
    .parse(report.getReport());
  report.excludeNetwork = asked;
  return header.glibcVersionRuntime === undefined;
}

/** Looks for the kernels that were compiled for this machine elsewhere. Nothing of them is run. */
export function findPrebuilt(
  places: readonly URL[] = BESIDE,
  platform: string = kernelPlatform(),
): PrebuiltSearch {
  const name = `@labproof/kernels-${platform}`;
  for (const place of places) {
    const folder = fileURLToPath(new URL(`kernels-${platform}/`, place));
    if (!existsSync(path.join(folder, 'kernels.json'))) continue;
    const file = path.join(folder, 'kernels.node');
    const reason = fault(folder, file);
    return reason === null ? { kind: 'found', name, file } : { kind: 'refused', name, reason };
  }
  return { kind: 'absent', name };
}

/** What is wrong with a package of prebuilt kernels. */
function fault(folder: string, file: string): string | null {
  try {
    const text = readFileSync(path.join(folder, 'kernels.json'), 'utf8');
    const { sources, addon } = PrebuiltSchema.parse(JSON.parse(text));
    if (sources !== sourcesDigest()) return 'was built from other sources than these';
    const found = createHash('sha256').update(readFileSync(file)).digest('hex');
    return found === addon ? null : 'is damaged: its kernels.node is not the file that was packed';
  } catch (cause) {
    return `cannot be read: ${reasonOf(cause)}`;
  }
}
