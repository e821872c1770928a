import type { Outcome } from '@labproof/grader';
import type { NightExercise, NightVerdict } from '../../night.ts';

/** From quiet to loud. */
export const VERDICTS: readonly NightVerdict[] = ['ok', 'not-run', 'drifted', 'broken'];

/** What each verdict is called; its mark tells it apart without any colour. */
export const VERDICT_WORDS: Readonly<
  Record<NightVerdict, { name: string; mark: string; meaning: string }>
> = {
  ok: { name: 'Holds', mark: '●', meaning: 'It gives what was measured when it was calibrated.' },
  'not-run': { name: 'Not run', mark: '·', meaning: 'Nobody looked: the check was not asked for.' },
  drifted: {
    name: 'Drifted',
    mark: '▲',
    meaning: 'It runs, but gives something else than was measured.',
  },
  broken: { name: 'Broken', mark: '✕', meaning: 'It does not run at all.' },
};

const OUTCOMES: Readonly<Record<NightVerdict, Outcome>> = {
  ok: 'passed',
  'not-run': 'missing',
  drifted: 'partial',
  broken: 'failed',
};

/** The outcome whose shape and colour a verdict borrows. */
export function verdictOutcome(verdict: NightVerdict): Outcome {
  return OUTCOMES[verdict];
}

/** The loudest of several verdicts; `ok` where something held and nothing else was found. */
export function loudest(verdicts: readonly NightVerdict[]): NightVerdict {
  const said = new Set(verdicts);
  return (['broken', 'drifted', 'ok'] as const).find((verdict) => said.has(verdict)) ?? 'not-run';
}

export function worstVerdict(exercise: NightExercise): NightVerdict {
  const { calibration = 'not-run', identity, evaluation = 'not-run' } = exercise;
  return loudest([calibration, identity, evaluation, exercise.fixedSeeds, exercise.freshSeeds]);
}
