import { type CoreShares, shareCores } from '@labproof/core/workers';
import { InvalidArgumentError, Option } from 'commander';
import type { Context } from '../program/context.ts';

/** A number of threads, or as many as its share of the cores has. */
export type ThreadsWish = number | 'auto';

/** `--threads`: on how many cores one trial, submission or job of a queue is computed. */
export function threadsOption(task: 'trial' | 'submission' | 'job'): Option {
  const side = `${task}s side by side come first`;
  return new Option(
    '--threads <n>',
    `threads of each ${task}, or auto: ${side}, cores that are left go to fewer of them`,
  )
    .argParser(threadsWish)
    .default('auto');
}

function threadsWish(text: string): ThreadsWish {
  if (text === 'auto') return text;
  const value = Number(text);
  if (!/^[0-9]+$/u.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('it takes auto, or a whole number of at least 1, in digits.');
  }
  return value;
}

/** Tasks and threads as the command line wishes, never more threads than cores; where that makes them fewer it is said. */
export function coresFor(
  context: Context,
  wish: { readonly jobs?: number; readonly threads: ThreadsWish },
): CoreShares {
  const shares = shareCores(context.cores, wish);
  if (typeof wish.threads === 'number' && shares.threads !== wish.threads) {
    const beside =
      wish.jobs === undefined || wish.jobs === 1 ? '' : ` for ${wish.jobs} side by side`;
    context.err(
      `--threads ${wish.threads}: this machine has ${
        context.cores === 1 ? '1 core' : `${context.cores} cores`
      }${beside}, so it is ${String(shares.threads)}\n`,
    );
  }
  return shares;
}
