import { reasonOf } from '@labproof/core';
import { readFile } from 'node:fs/promises';
import type { QueueAddress } from '@labproof/queue';
import type { Context } from '../program/context.ts';
import { queuePackage } from './load.ts';
import type { QueueFlags } from './options.ts';
import { cliError } from '../errors.ts';

/** The address that was given. A password belongs into the environment or a file: a command line can be read by others. */
export async function queueAddress(context: Context, flags: QueueFlags): Promise<QueueAddress> {
  const { QueueAddress } = await queuePackage();
  if (typeof flags.queue === 'string') {
    const address = QueueAddress.parse(flags.queue);
    if (!address.hasPassword) return address;
    throw cliError('queue-password-visible', {
      message:
        'The address after --queue holds a password, and everybody on this machine can read command lines.',
      fix: 'Put the address into the variable LABPROOF_QUEUE or into a file for --queue-file, and change the password.',
    });
  }
  if (flags.queueFile !== undefined) return QueueAddress.parse(await readAddress(flags.queueFile));
  if (context.queueAddress !== null) return QueueAddress.parse(context.queueAddress);
  throw cliError('queue-address-missing', {
    message: 'There is no address of a queue.',
    fix: 'Give one after --queue, in the file of --queue-file or in the variable LABPROOF_QUEUE.',
  });
}

async function readAddress(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw cliError('queue-file-unreadable', {
      message: `The file of --queue-file cannot be read: ${reasonOf(error)}.`,
      fix: 'Name a file that holds the address of the queue in one line.',
      cause: error,
    });
  }
}
