import { readFile } from 'node:fs/promises';
import { LabproofError } from '@labproof/core';
import type { QueueAddress } from '@labproof/queue';
import type { Context } from '../program/context.ts';
import { queuePackage } from './load.ts';
import type { QueueFlags } from './options.ts';

/** The address that was given. A password belongs into the environment or a file: a command line can be read by others. */
export async function queueAddress(context: Context, flags: QueueFlags): Promise<QueueAddress> {
  const { QueueAddress } = await queuePackage();
  if (typeof flags.queue === 'string') {
    const address = QueueAddress.parse(flags.queue);
    if (!address.hasPassword) return address;
    throw new LabproofError({
      code: 'queue-password-visible',
      owner: 'instructor',
      message:
        'The address after --queue holds a password, and everybody on this machine can read command lines.',
      fix: 'Put the address into the variable LABPROOF_QUEUE or into a file for --queue-file, and change the password.',
    });
  }
  if (flags.queueFile !== undefined) return QueueAddress.parse(await readAddress(flags.queueFile));
  if (context.queueAddress !== null) return QueueAddress.parse(context.queueAddress);
  throw new LabproofError({
    code: 'queue-address-missing',
    owner: 'instructor',
    message: 'There is no address of a queue.',
    fix: 'Give one after --queue, in the file of --queue-file or in the variable LABPROOF_QUEUE.',
  });
}

async function readAddress(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new LabproofError({
      code: 'queue-file-unreadable',
      owner: 'instructor',
      message: `The file of --queue-file cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      fix: 'Name a file that holds the address of the queue in one line.',
      cause: error,
    });
  }
}
