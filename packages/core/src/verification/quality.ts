import type { Bands } from '../bands/bands.ts';
import { honestSharesOf } from '../bands/operating.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { mean } from '../statistics/spread.ts';
import type { TrialResult } from '../trials/trial-result.ts';
import type { TrainTrials } from './same-bits.ts';
import { MISSED, NIGHT_FALSE_ALARM, nightlyPlan, sequentialDecision } from './sequential-test.ts';
import type { Verdict } from './verdict.ts';

/** Fresh trials that are trained before looking again; decisions do not depend on it. */
const FRESH_BATCH = 2;

/** Same seeds, so the comparison is paired. */
export function qualityChange(bands: Bands, trials: readonly TrialResult[]): number {
  const before = trials.map(
    ({ seed }) => bands.trials.find((trial) => trial.seed === seed)?.accuracy ?? 0,
  );
  return mean(trials.map(({ test }) => test.accuracy)) - mean(before);
}

/** The mean may move by one standard deviation of the calibration, and one seed may fall below the pass mark. */
export function compareQuality(
  bands: Bands,
  trials: readonly TrialResult[],
  change: number,
  details: string[],
): Verdict {
  const { sd } = bands.test.accuracy;
  const mark = bands.test.accuracyLower.value;
  const below = trials.filter(({ test }) => test.accuracy < mark);
  // Of a lab whose runs get stuck some seeds lay below it already, and still do.
  const anew = below.filter(
    ({ seed }) => (bands.trials.find((trial) => trial.seed === seed)?.accuracy ?? mark) >= mark,
  );
  const moved = Math.abs(change) > sd;
  details.push(
    `fixed seeds: mean test accuracy ${change < 0 ? '' : '+'}${change.toFixed(4)} against the calibration (sd ${sd.toFixed(4)}), ${below.length} of ${trials.length} below the pass mark ${mark.toFixed(4)}${anew.length === below.length ? '' : `, ${anew.length} of them not so at the calibration`}`,
  );
  return moved || anew.length > 1 ? 'drifted' : 'ok';
}

export async function tryFreshSeeds(
  bands: Bands,
  recipe: Recipe,
  options: {
    readonly freshSeed: number;
    /** Exercises of the night, over which its false alarms are shared. */
    readonly exercises: number;
    readonly train: TrainTrials;
  },
  /** Counts up, so that the numbers are there even where a later trial breaks. */
  fresh: { passed: number; failed: number },
  details: string[],
): Promise<Verdict> {
  const bound = bands.test.accuracyLower.value;
  const plan = nightlyPlan(
    { kind: bands.passing?.runs ?? 'alike', shares: honestSharesOf(bands) },
    options.exercises,
  );
  let decision = sequentialDecision(fresh.passed, fresh.failed, plan);
  while (decision === 'undecided') {
    const first = options.freshSeed + fresh.passed + fresh.failed;
    const seeds = Array.from({ length: FRESH_BATCH }, (_, index) => first + index);
    for (const { test } of await options.train(recipe, seeds)) {
      // Whatever was trained beyond the decision is not looked at, so batches change nothing.
      if (decision !== 'undecided') break;
      if (test.accuracy >= bound) fresh.passed += 1;
      else fresh.failed += 1;
      decision = sequentialDecision(fresh.passed, fresh.failed, plan);
    }
  }
  details.push(
    `fresh seeds: ${fresh.passed} of ${fresh.passed + fresh.failed} from seed ${options.freshSeed} on reach the pass mark ${bound.toFixed(4)} (sequential test: ${plan.kind === 'alike' ? 'where nine of ten runs pass everywhere' : 'where as many runs get stuck as did'}, at most ${percent(NIGHT_FALSE_ALARM)} of nights are red for their fresh seeds; a lab where ${percent(plan.sick)} pass is missed in at most ${percent(MISSED)})`,
  );
  return decision === 'healthy' ? 'ok' : 'drifted';
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
