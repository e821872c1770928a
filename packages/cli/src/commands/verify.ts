import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineChoice, LabproofError, Verdict } from '@labproof/core';
import type { Exercise, Lab } from '@labproof/lab';
import { Option } from 'commander';
import { cliError } from '../errors.ts';
import type { Context } from '../program/context.ts';
import { BROKEN, CLEAN, FINDINGS, UNFINISHED } from '../program/exit-codes.ts';
import { addEngineOptions, TRAINING_ENGINES } from '../options/engines.ts';
import { timeSpan } from '../options/time-span.ts';
import { coresFor, threadsOption, type ThreadsWish } from '../options/threads.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { Labs } from '@labproof/exercises';
import type { CommandDefinition } from '../program/command.ts';
import { addQueueOptions, type QueueWorkFlags } from '../queue/options.ts';
import { withQueue } from '../queue/with-queue.ts';
import { nothingToTrain, resolveTarget } from '../options/target.ts';
import { digestExercises, digestsComparison, digestsText } from '../verification/digests.ts';
import type { Night } from '../verification/night.ts';
import { type NightFiles, orPublish, publishNight } from '../verification/publish-night.ts';
import { fileText, verifyFile } from '../verification/verify-file.ts';
import { type NightOptions, verifyTargets } from '../verification/verify-targets.ts';

type VerifyFlags = Omit<VerifyOptions, 'threads'> & {
  readonly threads: ThreadsWish;
};

/** How `verify` is asked to check. */
interface VerifyOptions extends QueueWorkFlags, NightOptions, NightFiles {
  readonly engine: NightOptions['engine'];
  readonly fallback?: EngineChoice;
  readonly digests?: true;
}

const EXIT_CODES: Readonly<Record<Verdict, number>> = {
  ok: CLEAN,
  'not-run': FINDINGS,
  drifted: FINDINGS,
  broken: BROKEN,
};

/** `labproof verify [LAB[/EXERCISE]]`: does every exercise still give what its bands promise? */
export const verifyCommand: CommandDefinition = (program, context, state) => {
  const command = program
    .command('verify')
    .description('re-train exercises and say whether they still give what was measured')
    .argument(
      '[lab[/exercise]]',
      'all labs unless named; or the file of a manifest, which is computed again whole',
    )
    .option('--full', 'train to the end: digests, quality on fixed seeds, quality on fresh seeds')
    .option(
      '--time-limit <span>',
      'with --full: end after 6h, 90m, 1h30m; the next night goes on with what was left',
      timeSpan,
    )
    .option('--jobs <n>', 'trials side by side (default: one a core)', wholeNumber(1))
    .addOption(threadsOption('trial'))
    .option('--fresh-seed <s>', 'first fresh seed (default: from the date)', wholeNumber(0))
    .option('--junit <file>', 'write a JUnit XML file')
    .option('--history <file>', 'append the night to this file, a JSON object a line')
    .option('--page <file>', 'write a page of all nights in --history')
    .addOption(
      new Option('--digests', 'print the digest of every exercise, to compare machines').conflicts([
        'full',
        'junit',
        'history',
        'page',
        'freshSeed',
        'timeLimit',
        // A digest is what this machine gives.
        'queue',
        'queueFile',
      ]),
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 all ok, 1 something drifted or nothing could be run, 2 broken, 3 what ran is ok and the time limit left some out.',
    );
  addEngineOptions(command, TRAINING_ENGINES);
  addQueueOptions(command, { recheck: true }).action(
    async (target: string | undefined, flags: VerifyFlags) => {
      const options: VerifyOptions = { ...flags, ...coresFor(context, flags) };
      if (options.timeLimit !== undefined && options.full !== true) throw limitWithoutFull();
      if (target !== undefined && target.endsWith('.json')) {
        const result = await verifyFile(context, target, options);
        context.out(
          options.json === true ? `${JSON.stringify(result, null, 2)}\n` : fileText(result),
        );
        state.exitCode = EXIT_CODES[result.verdict];
        return;
      }
      const targets = await orPublish(context, options, () => chosen(context.labs, target));
      if (targets.length === 0 && target !== undefined) {
        const say = options.json === true || options.digests === true ? context.err : context.out;
        say(nothingToTrain(context.labs.find(target)));
        if (options.digests === true) return;
      }
      if (options.digests === true) {
        state.exitCode = await printDigests(context, targets, options);
        return;
      }
      const night = await orPublish(context, options, () =>
        withQueue(context, options, (queue) => verifyTargets(context, targets, options, queue)),
      );
      await publishNight(context, night, options);
      state.exitCode = exitCodeOf(night);
    },
  );
};

/** What ran decides; where that is ok or nothing, a night that the time limit cut short says so. */
function exitCodeOf({ verdict, exercises, left }: Night): number {
  // A lab that is answered in words alone has nothing that could drift.
  if (exercises.length === 0) return CLEAN;
  const cut = left.length > 0 && (verdict === 'ok' || verdict === 'not-run');
  return cut ? UNFINISHED : EXIT_CODES[verdict];
}

function limitWithoutFull(): LabproofError {
  return cliError('verify-limit-without-full', {
    message: '--time-limit is for full nights: a quick one takes seconds.',
    fix: 'Add --full, or leave the limit out.',
  });
}

function chosen(labs: Labs, target: string | undefined): { lab: Lab; exercise: Exercise }[] {
  if (target === undefined) {
    return labs.list().flatMap((lab) => lab.exercises.map((exercise) => ({ lab, exercise })));
  }
  const { lab, exercises } = resolveTarget(labs, target);
  return exercises.map((exercise) => ({ lab, exercise }));
}

/** Digests on stdout, how they compare with the stored ones on stderr: stdout is the same on every machine. */
async function printDigests(
  context: Context,
  targets: readonly { lab: Lab; exercise: Exercise }[],
  { engine, fallback, jobs, threads, json }: VerifyOptions,
): Promise<number> {
  const nights = join(context.trialCacheDirectory, 'nights');
  await mkdir(nights, { recursive: true });
  // A digest is what this machine gives now, and never one that was kept, nor one of another run beside this.
  const cacheDirectory = await mkdtemp(join(nights, 'digests-'));
  try {
    const report = await digestExercises(context, targets, {
      engine,
      ...(fallback === undefined ? {} : { fallback }),
      ...(jobs === undefined ? {} : { jobs }),
      ...(threads === undefined ? {} : { threads }),
      cacheDirectory,
    });
    context.out(json === true ? `${JSON.stringify(report, null, 2)}\n` : digestsText(report));
    context.err(digestsComparison(report));
    const same = report.exercises.every(
      ({ digest, stored }) => stored === null || stored === digest,
    );
    return same ? CLEAN : FINDINGS;
  } finally {
    await rm(cacheDirectory, { recursive: true, force: true });
  }
}
