import { availableParallelism } from 'node:os';
import { delimiter } from 'node:path';
import type { Labs } from '@labproof/exercises';
import type { S3Options } from '@labproof/queue';
import { ENDING_SIGNALS, type EndingSignal, Interruption } from './interruption.ts';

/** What is known of the world before anything of Labproof is loaded: where to write, whether somebody watches, the clock, Ctrl-C. */
export interface World {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether stderr is a terminal that can redraw a line. */
  readonly interactive: boolean;
  /** Whether stdout is a terminal that shows colours. */
  readonly colour: boolean;
  /** Seconds on a monotonic clock, for progress only. */
  readonly now: () => number;
  /** Today's date (UTC) as YYYY-MM-DD: it names a night and its fresh seeds. */
  readonly today: () => string;
  readonly cores: number;
  /** Folders with labs of the user's own, besides those that the command line names. */
  readonly labFolders: readonly string[];
  /** The instructor's secret for hidden test images, where the environment holds one. */
  readonly hiddenSeed: string | null;
  /** Where the queue is; may hold a password, so it is shown nowhere. */
  readonly queueAddress: string | null;
  /** The account of an S3-compatible store, from the usual variables; shown nowhere. */
  readonly objectStore: Omit<S3Options, 'bucket' | 'prefix'> | null;
  /** GitHub's job summary, where there is one. */
  readonly jobSummaryFile: string | null;
  /** Fires when the command shall end before it is done; its reason is then an `Interruption`. */
  readonly signal: AbortSignal;
  readonly dispose: () => void;
}

/** What a command may know of the world: also the labs, and where results are kept. */
export interface Context extends World {
  readonly trialCacheDirectory: string;
  /** Labproof's labs, and those of the user's own once they are opened. */
  readonly labs: Labs;
}

/** The world of a real process. */
export function processWorld(): World {
  const controller = new AbortController();
  const interactive = process.stderr.isTTY === true && process.env['CI'] === undefined;
  const interrupt = (name: NodeJS.Signals): void => {
    // Who asks twice does not want to wait for anything to be put in order.
    if (controller.signal.aborted) process.exit(ENDING_SIGNALS[name as EndingSignal]);
    if (interactive) process.stderr.write('\r\u001B[Kending; press Ctrl-C again to end at once\n');
    controller.abort(new Interruption(name as EndingSignal));
  };
  const signals = Object.keys(ENDING_SIGNALS) as EndingSignal[];
  for (const name of signals) process.on(name, interrupt);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    interactive,
    colour: process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '',
    now: () => performance.now() / 1000,
    today: () => new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    labFolders: (process.env['LABPROOF_LABS'] ?? '').split(delimiter).filter(Boolean),
    hiddenSeed: process.env['LABPROOF_HIDDEN_SEED'] || null,
    queueAddress: process.env['LABPROOF_QUEUE'] || null,
    objectStore: objectStore(process.env),
    jobSummaryFile: process.env['GITHUB_STEP_SUMMARY'] || null,
    signal: controller.signal,
    dispose: () => {
      for (const name of signals) process.off(name, interrupt);
    },
  };
}

/** The account in `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and their kin; `null` where there is none. */
function objectStore(env: NodeJS.ProcessEnv): Context['objectStore'] {
  const [accessKeyId, secretAccessKey] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']];
  if (accessKeyId === undefined || secretAccessKey === undefined) return null;
  const region = env['AWS_REGION'] ?? 'us-east-1';
  const sessionToken = env['AWS_SESSION_TOKEN'];
  return {
    endpoint: env['AWS_ENDPOINT_URL'] ?? `https://s3.${region}.amazonaws.com`,
    region,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}
