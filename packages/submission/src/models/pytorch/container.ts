import { LabproofError, reasonOf } from '@labproof/core';
import type { ModelLimits } from '../model-limits.ts';
import { isZip, openTorchArchive } from './archive.ts';
import { openLegacyStream } from './legacy-stream.ts';
import { PickleProblem } from './pickle/problem.ts';
import { torchProblem } from './problem.ts';
import type { TorchFile } from './torch-file.ts';

/**
 * Opens what `torch.save` or `torch.jit.save` wrote, in the zip of 1.6 and later or in the stream of before. Nothing of
 * it is unpickled: see `readPickle`. Throws a student's error whose code begins with `pytorch-`.
 */
export async function openTorchFile(
  bytes: Uint8Array,
  path: string,
  limits: ModelLimits,
): Promise<TorchFile> {
  try {
    return isZip(bytes)
      ? await openTorchArchive(bytes, path, limits)
      : openLegacyStream(bytes, path);
  } catch (error) {
    if (error instanceof LabproofError) throw error;
    const why = error instanceof PickleProblem ? error.message : reasonOf(error);
    throw torchProblem('pytorch-damaged', path, `cannot be read: ${why}`);
  }
}
