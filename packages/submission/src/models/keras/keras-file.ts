import type { ModelFormat } from '../../files/model-format.ts';
import { assertNoPointer } from '../git-lfs.ts';
import { HDF5_SIGNATURE } from '../hdf5/hdf5-file.ts';
import type { ModelLimits } from '../model-limits.ts';
import type { ModelSource } from '../model-source.ts';
import { openKerasArchive } from './keras-archive.ts';
import { openLegacyH5 } from './legacy-h5.ts';
import { submissionError } from '../../errors.ts';

/** Which of Keras's two formats some bytes are in; `null` for neither. The name of a file says little: Keras up to 2.12 writes HDF5 into a `.keras`. */
export function kerasFormatOf(bytes: Uint8Array): Exclude<ModelFormat, 'tfjs-layers-model'> | null {
  if (HDF5_SIGNATURE.every((byte, index) => bytes[index] === byte)) return 'keras-h5';
  return bytes[0] === 0x50 && bytes[1] === 0x4b ? 'keras-v3' : null;
}

/** Opens a model that Keras saved, in either format. Throws a student's error for everything else. */
export async function openKerasFile(
  bytes: Uint8Array,
  path: string,
  limits: ModelLimits,
): Promise<ModelSource> {
  const format = kerasFormatOf(bytes);
  if (format === 'keras-h5') return openLegacyH5(bytes, path, limits);
  if (format === 'keras-v3') return openKerasArchive(bytes, path, limits);
  assertNoPointer(bytes, path);
  throw submissionError('model-format', {
    message: `${path} is neither of the formats in which Keras saves models: no HDF5 and no .keras archive.`,
    fix: 'Save the model with model.save("name.keras") or model.save("name.h5") and hand in that file as it is.',
  });
}
