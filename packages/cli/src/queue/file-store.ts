import { join } from 'node:path';
import { type LabproofError } from '@labproof/core';
import type { FileStore } from '@labproof/queue';
import type { Context } from '../program/context.ts';
import { queuePackage } from './load.ts';
import type { QueueFlags } from './options.ts';
import { cliError } from '../errors.ts';

/** Where files travel; without `--files` a folder of this machine, which is enough for workers on it. */
export async function fileStore(context: Context, { files }: QueueFlags): Promise<FileStore> {
  const { folderStore, s3Store } = await queuePackage();
  const bucket = /^s3:\/\/(?<name>[^/]+)\/?(?<prefix>.*)$/u.exec(files ?? '')?.groups;
  if (bucket !== undefined) {
    if (context.objectStore === null) throw withoutAccount();
    const { name = '', prefix = '' } = bucket;
    return s3Store({ ...context.objectStore, bucket: name, prefix });
  }
  return folderStore(files ?? join(context.trialCacheDirectory, 'queue-files'));
}

function withoutAccount(): LabproofError {
  return cliError('file-store-account-missing', {
    message: '--files names a bucket, and there is no account for it.',
    fix: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for another server than Amazon’s also AWS_ENDPOINT_URL.',
  });
}
