import { Parser } from 'tar';
import { coreError } from '../errors/core-errors.ts';
import { reasonOf } from '../errors/reason.ts';

/**
 * Takes single files out of a tar archive (gzipped or not) in memory. Nothing is unpacked to disk, links are passed
 * over, and a wanted file that is larger than its limit ends the reading.
 * @param wanted which files to take and how large they may be; `null` passes over the entry
 */
export async function readTarball(
  archive: Uint8Array,
  wanted: (path: string) => number | null,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  await new Promise<void>((resolve, reject) => {
    const parser = new Parser({
      strict: true,
      onReadEntry(entry) {
        const limit = entry.type === 'File' ? wanted(entry.path) : null;
        if (limit === null) {
          entry.resume();
          return;
        }
        if (entry.size > limit) {
          const why = `${entry.path} in it is ${entry.size} bytes long, and at most ${limit} were expected`;
          parser.abort(new Error(why));
          return;
        }
        const chunks: Buffer[] = [];
        entry.on('data', (chunk: Buffer) => chunks.push(chunk));
        entry.on('end', () => files.set(entry.path, Buffer.concat(chunks)));
      },
    });
    parser.on('error', reject);
    parser.on('end', resolve);
    parser.end(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength));
  }).catch((error: unknown) => {
    throw coreError('dataset-archive-unreadable', {
      message: `The archive cannot be read: ${reasonOf(error)}.`,
      fix: 'Download the archive again and check its size.',
      cause: error,
    });
  });
  return files;
}
