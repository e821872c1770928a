import type { LandmarkKind } from '../training/landmarks.ts';

/** `drifted`: it runs, but gives something else than was measured. `broken`: it does not run. */
export type Verdict = 'ok' | 'drifted' | 'broken' | 'not-run';

/** What a verification says about one exercise; part of the `verify --json` contract. */
export interface ExerciseVerification {
  readonly lab: string;
  readonly exercise: string;
  /** Are recipe, data, bands and what is written down of them those of the calibration? */
  readonly calibration: Verdict;
  /** Are the trained weights the same, bit for bit? */
  readonly identity: Verdict;
  /** Are losses, accuracies, validation and predicted classes the same, bit for bit? */
  readonly evaluation: Verdict;
  /** Do the calibrated seeds still reach what they reached? */
  readonly fixedSeeds: Verdict;
  /** Do seeds that nobody has tried reach the pass mark? */
  readonly freshSeeds: Verdict;
  /** What was compared and what differs, a sentence each. */
  readonly details: readonly string[];
  /** What this way of verifying should have looked at and could not, a clause each. */
  readonly notCovered: readonly string[];
  /** Of the details the one to begin with, where something is not as it was; all others may follow from it. */
  readonly cause?: string;
  /** Where the excerpt parts from that of the calibration, if it does. */
  readonly parting?: { readonly at: string; readonly kind: LandmarkKind };
  /** The numbers behind the verdicts on quality, where training ran to the end. */
  readonly measured?: MeasuredQuality;
}

/** The parts of a verification, in the order in which they are told. */
export const VERIFIED_PARTS = [
  'calibration',
  'identity',
  'evaluation',
  'fixedSeeds',
  'freshSeeds',
] as const;
export type VerifiedPart = (typeof VERIFIED_PARTS)[number];

/** Quality of one exercise in one night, in numbers. */
interface MeasuredQuality {
  /** Mean test accuracy of the calibrated seeds minus what they had. */
  readonly change: number;
  /** The calibration's standard deviation. */
  readonly sd: number;
  /** Fresh seeds that reached the pass mark, of those tried. */
  readonly freshPassed: number;
  readonly freshTried: number;
}

/** An exercise of which nothing was verified, with why. */
export function nothingVerified(
  lab: string,
  exercise: string,
  verdicts: { readonly identity: Verdict },
  details: readonly string[],
): ExerciseVerification {
  return {
    lab,
    exercise,
    calibration: 'not-run',
    identity: verdicts.identity,
    evaluation: 'not-run',
    fixedSeeds: 'not-run',
    freshSeeds: 'not-run',
    details,
    notCovered: [],
    ...(verdicts.identity === 'broken' && details[0] !== undefined ? { cause: details[0] } : {}),
  };
}

/**
 * The worst of all that was found: what a night comes to. An exercise of which something could not be looked at that
 * should have been is not `ok`; one of which nothing was looked at says nothing of the others.
 */
export function overallVerdict(exercises: readonly ExerciseVerification[]): Verdict {
  const all = new Set(
    exercises.flatMap((exercise) => VERIFIED_PARTS.map((part) => exercise[part])),
  );
  if (all.has('broken')) return 'broken';
  if (all.has('drifted')) return 'drifted';
  const open = exercises.some(({ notCovered }) => notCovered.length > 0);
  return all.has('ok') && !open ? 'ok' : 'not-run';
}
