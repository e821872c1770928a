import { openTensorFlow } from '../../../grader/src/evaluation/open-tensorflow.ts';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type SubmittedModel, readModel } from '../../src/models/submitted-model.ts';
import { filesInMemory } from '../../src/files/submission-files.ts';
import { MODEL_LIMITS } from '../../src/models/model-limits.ts';

export const KERAS_FILES = fileURLToPath(
  new URL('../../../../fixtures/keras-files/', import.meta.url),
);

export const kerasFile = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(KERAS_FILES + path));

/** Reads some bytes as a submission's only file, the way a grade does. */
export function readBytes(
  bytes: Uint8Array,
  path = 'net.h5',
  limits = MODEL_LIMITS,
): Promise<SubmittedModel> {
  const format = path.endsWith('.h5') ? 'keras-h5' : 'keras-v3';
  return readModel(
    { exercise: 'net', rivalOf: null, path, format, refused: null, found: [] },
    filesInMemory(new Map([[path, bytes]])),
    { limits, openForeign: openTensorFlow },
  );
}

/** The digest of what was read, or the code and message of the refusal. */
export async function outcome(
  bytes: Uint8Array,
  path = 'net.h5',
  limits = MODEL_LIMITS,
): Promise<string> {
  const model = await readBytes(bytes, path, limits);
  return model.state === 'read'
    ? `read ${model.digest}`
    : `${model.refusal.code}: ${model.refusal.message} ${model.refusal.fix}`;
}
