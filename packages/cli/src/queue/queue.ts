import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabproofError } from '@labproof/core';
import type { FileStore, OpenQueue, QueueAddress } from '@labproof/queue';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../program/context.ts';

/** BullMQ takes a tenth of a second to load, which a command without a queue need not wait for. */
const queuePackage = (): Promise<typeof import('@labproof/queue')> => import('@labproof/queue');

/** How a command is told of the queue. */
export interface QueueFlags {
  /** `true` where the address comes from `--queue-file` or the environment. */
  readonly queue?: string | true;
  readonly queueFile?: string;
  readonly files?: string;
}

/** How a command that hands out work uses the queue. */
export interface QueueWorkFlags extends QueueFlags {
  readonly recheck?: number;
  readonly onInterrupt?: 'detach' | 'cancel';
  readonly engine: string;
}

const FILES = 'where files travel: a folder or s3://bucket/prefix, the same for every worker';

/** Adds the options that say where the queue is. */
export function addQueueAddress(command: Command, does: string): Command {
  return command
    .option('--queue [url]', `${does}: redis://, rediss:// or unix: (default: LABPROOF_QUEUE)`)
    .option('--queue-file <file>', 'a file that holds the address of the queue, with its password')
    .option('--files <place>', FILES);
}

/** Adds the options of a command that can hand its work to the queue. */
export function addQueueOptions(command: Command, options: { recheck: boolean }): Command {
  addQueueAddress(command, 'let the workers behind a queue do the work').addOption(
    new Option('--on-interrupt <what>', 'what Ctrl-C does to work in the queue')
      .choices(['detach', 'cancel'])
      .default('detach'),
  );
  return options.recheck
    ? command.option(
        '--recheck <share>',
        'share of the trials that two workers train, to be compared (0 to 1)',
        share,
        0,
      )
    : command;
}

function share(text: string): number {
  const value = Number(text);
  if (!/^(?:0|1|0?\.[0-9]+|[01]\.[0-9]+)$/u.test(text) || value > 1) {
    throw new InvalidArgumentError('it takes a share from 0 to 1, such as 0.05.');
  }
  return value;
}

/** Whether a command was told to use a queue. */
export function asksForQueue({ queue, queueFile }: QueueFlags): boolean {
  return queue !== undefined || queueFile !== undefined;
}

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
  return new LabproofError({
    code: 'file-store-account-missing',
    owner: 'instructor',
    message: '--files names a bucket, and there is no account for it.',
    fix: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for another server than Amazon’s also AWS_ENDPOINT_URL.',
  });
}

/** Runs with the queue that was asked for, or with `null`, and closes it. */
export async function withQueue<T>(
  context: Context,
  flags: QueueWorkFlags,
  run: (queue: OpenQueue | null) => Promise<T>,
): Promise<T> {
  if (!asksForQueue(flags)) return run(null);
  if (flags.engine !== 'auto') {
    throw new LabproofError({
      code: 'queue-engine',
      owner: 'instructor',
      message: `--engine ${flags.engine} cannot be had from the workers: each uses the best engine that it has.`,
      fix: 'Leave --engine out; the results are the same.',
    });
  }
  const { openQueue } = await queuePackage();
  const queue = await openQueue({
    address: await queueAddress(context, flags),
    store: await fileStore(context, flags),
    recheck: flags.recheck ?? 0,
    cancelOnInterrupt: flags.onInterrupt === 'cancel',
    onNotice: (message) => context.err(`queue: ${message}\n`),
  });
  try {
    const workers = await queue.workers();
    context.err(
      workers.length === 0
        ? 'queue: no worker is there yet; start one with "labproof worker"\n'
        : `queue: ${workers.length} ${workers.length === 1 ? 'worker' : 'workers'} (${workers.join(', ')})\n`,
    );
    return await run(queue);
  } finally {
    await queue.close();
  }
}
