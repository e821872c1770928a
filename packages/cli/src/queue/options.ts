import { type Command, InvalidArgumentError, Option } from 'commander';

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
