import {
  describePlayground,
  playgroundHash,
  type PlaygroundTally,
  playgroundWork,
  seededRuns,
  tallyOf,
} from '@labproof/core/playground';
import { proportionInterval } from '@labproof/core/statistics';
import { type PlaygroundExercise, playgroundsOf } from '@labproof/lab';
import {
  type PlaygroundClaim,
  formatPercent,
  formatPlural,
  readPlaygroundClaim,
} from '@labproof/submission';
import type { Evidence } from '../../grade/evidence.ts';
import type { CheckContext, PlaygroundSettings } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer } from '../shared/absent.ts';
import { graderError } from '../../errors.ts';

/** What is run, how often, and which success rates confirm and refute it. */
interface Options {
  readonly playground: string;
  readonly runs: number;
  readonly reliable: number;
  readonly rare: number;
}
type ReadClaim = Extract<PlaygroundClaim, { state: 'read' }>;

/** Epochs that a claim is given which names none. */
const EPOCHS_UNLESS_SAID = 1000;
const MOST_EPOCHS = 10_000;
/** About half a minute of one core, in the units of `playgroundWork`. */
const MOST_WORK = 3e9;
/** With fewer runs the interval of the success rate decides nothing. */
const LEAST_RUNS = 20;

/** Does the playground network of the answer reach the target, and how often, over many seeds? */
export async function checkPlaygroundClaim(
  context: CheckContext,
  options: Options,
): Promise<Verdict> {
  const exercise = playgroundsOf(context.lab).find(({ id }) => id === options.playground);
  if (exercise === undefined) {
    throw graderError('playground-unknown', {
      message: `The lab has no playground exercise "${options.playground}".`,
      fix: 'Name one of its playgrounds in the check.',
    });
  }
  const file = context.playgroundFile;
  const absent = file === null ? withoutAnswer(context, 'the settings of your network') : null;
  if (absent !== null) return absent;
  const claim = readPlaygroundClaim(context.answer, file, exercise);
  if (claim.state === 'unreadable') {
    return {
      outcome: 'needs-review',
      message: `No playground network could be read from the answer: ${claim.why}. This needs manual grading.`,
      advice:
        'Copy the address of the playground page into the answer, or write every setting once: features, neurons of each hidden layer, activation, learning rate, batch size, training share, noise, epoch.',
      evidence: [],
    };
  }
  return rerun(context, options, exercise, claim);
}

async function rerun(
  context: CheckContext,
  options: Options,
  exercise: PlaygroundExercise,
  claim: ReadClaim,
): Promise<Verdict> {
  const { config } = claim;
  const { target } = exercise;
  const epochs = claim.epochs ?? EPOCHS_UNLESS_SAID;
  const affordable = Math.floor(MOST_WORK / playgroundWork(config, epochs));
  const runs = Math.min(options.runs, affordable);
  const read: Evidence = {
    kind: 'text',
    label: `Read from ${claim.source}`,
    text: `${describePlayground(config)}; ${claim.epochs === null ? `no epoch is named, ${epochs} are given` : `at most ${formatPlural(epochs, 'epoch')}`}${claim.assumed.length === 0 ? '' : `; not said and taken as the page starts: ${claim.assumed.join(', ')}`}`,
  };
  if (epochs > MOST_EPOCHS || runs < LEAST_RUNS) {
    return {
      outcome: 'needs-review',
      message: `The network was read, but ${LEAST_RUNS} runs of ${formatPlural(epochs, 'epoch')} are more than grading computes; it needs manual grading.`,
      advice: null,
      evidence: [read],
    };
  }
  const settings: PlaygroundSettings = { config, epochs, target, runs };
  const run = (): PlaygroundTally => tallyOf(seededRuns(settings, 1, runs));
  const { successes, shown } =
    context.playground === null ? run() : await context.playground(settings, run);
  const rate = successes / runs;
  const [low, high] = proportionInterval(successes, runs);
  const evidence: Evidence[] = [
    read,
    {
      kind: 'playground',
      label: `Runs with seeds 1 to ${runs}`,
      config,
      epochs,
      target,
      runs,
      successes,
      interval: [low, high],
      shown,
      address: `https://playground.tensorflow.org/#${playgroundHash(config)}`,
    },
  ];
  const counted = `${successes} of ${runs} seeded runs got below a test loss of ${target} within ${formatPlural(epochs, 'epoch')} (${formatPercent(rate, 1)}; 95 % interval ${formatPercent(low, 1)} to ${formatPercent(high, 1)})`;
  if (low >= options.reliable) {
    return { outcome: 'passed', message: `Confirmed: ${counted}.`, advice: null, evidence };
  }
  if (high < options.rare) {
    return {
      outcome: 'failed',
      message: `Refuted: ${counted}. From ${formatPercent(options.rare, 0)} on it would count as possible.`,
      advice: 'Start the network several times and count how often it gets there.',
      evidence,
    };
  }
  return {
    outcome: 'partial',
    message: `It happens, but it cannot be relied on: ${counted}. Full points are for a rate that is surely at least ${formatPercent(options.reliable, 0)}, none for one surely below ${formatPercent(options.rare, 0)}; between them it is half.`,
    advice: 'Start the network several times and count how often it gets there.',
    evidence,
  };
}
