import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { KERNEL_INTERFACE } from './kernel-interface.ts';

const KERNELS = fileURLToPath(new URL('../../kernels/', import.meta.url));

/**
 * The SHA-256 of everything in this package that a native addon is compiled from: its C sources and headers with their
 * paths, and the interface that its glue is made of. An addon of another digest may compute something else.
 */
export function sourcesDigest(): string {
  const hash = createHash('sha256').update(KERNEL_INTERFACE);
  const files = readdirSync(KERNELS, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /\.[ch]$/u.test(file))
    .toSorted();
  for (const file of files) {
    // As git and npm store them, whatever a checkout made of the ends of lines.
    const text = readFileSync(path.join(KERNELS, file), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`\n${file}\n`).update(text);
  }
  return hash.digest('hex');
}
