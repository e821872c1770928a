import { withZipsOpened } from './nested-zips.ts';
import { arrangeFiles, type SubmissionFiles, type SubmissionLimits } from './submission-files.ts';
import type { ByteSource } from './byte-source.ts';
import { zipContent } from './zip-content.ts';

/**
 * Reads what is in a .zip into memory, and what is in the .zips in it; of the .zip itself only what is asked for.
 * Names that leave the archive, encryption, sizes that are not what the archive says
 * and damaged entries refuse the whole file; links and special files are left out with a reason.
 * Every size is checked before and while it is inflated. `inside`: only the folder or file of this path in the archive,
 * its files by their paths from there.
 */
export async function readZip(
  archive: Uint8Array | ByteSource,
  limits: SubmissionLimits,
  inside = '',
): Promise<SubmissionFiles> {
  const { files, leftOut } = await zipContent(archive, limits, { files: 0, bytes: 0 }, inside);
  return withZipsOpened(arrangeFiles(files, leftOut), limits);
}
