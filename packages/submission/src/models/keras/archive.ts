import { LabproofError, reasonOf } from '@labproof/core';
import { zipMembers } from '../../files/zip-archive.ts';
import { HDF5_LIMITS } from '../hdf5/hdf5-limits.ts';
import type { ModelLimits } from '../model-limits.ts';
import { type SubmissionCode, submissionError } from '../../errors.ts';

/** The members of a `.keras` archive that are read, and the largest that each may be, in bytes. */
function mostBytes({ topologyBytes }: ModelLimits): Readonly<Record<Member, number>> {
  return {
    'config.json': topologyBytes,
    'metadata.json': 64 * 2 ** 10,
    'model.weights.h5': HDF5_LIMITS.fileBytes,
  };
}
type Member = 'config.json' | 'metadata.json' | 'model.weights.h5';

/** More than any archive that Keras writes; its vocabularies and the like are members, too. */
const MOST_ENTRIES = 1000;

/**
 * The members of a `.keras` archive. Others are not looked at; sizes are checked before and while inflating.
 * Throws a student's error with a code that starts with `keras-archive-`.
 */
export async function readArchive(
  bytes: Uint8Array,
  path: string,
  limits: ModelLimits,
): Promise<Record<Member, Uint8Array>> {
  const most = mostBytes(limits);
  const members = new Map<Member, Uint8Array>();
  let entries = 0;
  try {
    for await (const { name, bytes: size, encrypted, view } of zipMembers(bytes)) {
      entries += 1;
      if (entries > MOST_ENTRIES) {
        throw problem(
          'keras-archive-entries',
          `${path} holds more than ${MOST_ENTRIES} files, more than Keras ever puts there`,
        );
      }
      if (!isMember(name, most)) continue;
      if (members.has(name))
        throw problem('keras-archive-ambiguous', `${path} holds ${name} more than once`);
      if (encrypted)
        throw problem('keras-archive-encrypted', `${path} is protected with a password`);
      if (size > most[name]) {
        throw problem(
          'keras-archive-size',
          `${path} declares ${size} bytes for ${name}; at most ${most[name]} are read`,
        );
      }
      members.set(name, await view());
    }
  } catch (error) {
    throw error instanceof LabproofError ? error : damaged(path, error);
  }
  const member = (name: Member): Uint8Array => {
    const content = members.get(name);
    if (content !== undefined) return content;
    throw problem(
      'keras-archive-incomplete',
      `${path} is no model as Keras saves it: it holds no ${name}`,
    );
  };
  return {
    'config.json': member('config.json'),
    'metadata.json': member('metadata.json'),
    'model.weights.h5': member('model.weights.h5'),
  };
}

function isMember(name: string, most: Readonly<Record<Member, number>>): name is Member {
  return Object.hasOwn(most, name);
}

function damaged(path: string, error: unknown): LabproofError {
  return problem('keras-archive-damaged', `${path} cannot be read: ${reasonOf(error)}`);
}

function problem(
  code: Extract<SubmissionCode, `keras-archive-${string}`>,
  message: string,
): LabproofError {
  return submissionError(code, {
    message: `${message}.`,
    fix: 'Save the model again with model.save() and hand in that file as it is.',
  });
}
