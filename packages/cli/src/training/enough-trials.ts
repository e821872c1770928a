import { findStuckRuns, enoughRuns } from '@labproof/core/statistics';
import type { PassingPlan } from '@labproof/core';
import { formatPlural } from '@labproof/submission';
import { InvalidArgumentError } from 'commander';
import { cliError } from '../errors.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { TrainedExercise } from './train.ts';

/** How many trials a calibration trains: so many, or as many as keep both promises of the lab with one mark. */
export type TrialCount = number | 'enough';

/** Trials for which more than 19 of 20 runs are stuck: such a recipe is to be mended and not to be measured. */
const MOST_A_WORKING_RUN = 20;

/** The option parser of `--trials` where `enough` is a number too. */
export function trialCount(text: string): TrialCount {
  if (text === 'enough') return text;
  try {
    return wholeNumber(2)(text);
  } catch {
    throw new InvalidArgumentError(
      'it takes a whole number of at least 2, in digits, or "enough".',
    );
  }
}

/**
 * The trials of a calibration. For `enough` their number follows from the rule alone (`enoughRuns`), and where runs may
 * get stuck, from how many of them did: never from how far the others scatter, which would draw a mark by luck.
 * Throws `calibrate-never-enough` for a rule that no number of runs fulfils, and where hardly any run works.
 */
export async function trainTrials(
  count: TrialCount,
  { exercise, plan, say, train }: EnoughTrials,
): Promise<TrainedExercise> {
  if (count !== 'enough') return train(count);
  const needed = enoughRuns(plan.rule);
  if (needed === null) {
    throw cliError('calibrate-never-enough', {
      message: `${exercise}: no number of trials keeps both promises of the lab with one mark, even if the runs were known exactly.`,
      fix: 'Ask for less under "passing" in lab.yaml: allow more honest runs below the mark, or say what becomes of models that are worse by more. Or give --trials a number, and what lies between the marks is read.',
    });
  }
  say(`${exercise}: ${formatPlural(needed, 'run')} that work are enough for one mark\n`);
  for (let total = needed; ;) {
    const trained = await train(total);
    if (plan.runs !== 'may-stick') return trained;
    const accuracies = trained.trials.map(({ result }) => result.test.accuracy);
    const stuck = findStuckRuns(accuracies)?.stuck.length ?? 0;
    const missing = needed - (total - stuck);
    if (missing <= 0) return trained;
    const further = Math.ceil((missing * total) / (total - stuck));
    if (total + further > needed * MOST_A_WORKING_RUN) {
      throw cliError('calibrate-never-enough', {
        message: `${exercise}: ${stuck} of ${total} runs are stuck, so ${total + further} would have to be trained until ${needed} of them work.`,
        fix: 'Change the recipe until most runs learn something, or give --trials a number. The finished trials are kept.',
      });
    }
    say(`${exercise}: ${stuck} of ${total} runs are stuck; ${further} more are trained\n`);
    total += further;
  }
}

/** What `trainTrials` needs to know of the exercise, and how it is trained. */
interface EnoughTrials {
  readonly exercise: string;
  readonly plan: PassingPlan;
  readonly say: (line: string) => void;
  readonly train: (trials: number) => Promise<TrainedExercise>;
}
