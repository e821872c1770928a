import { mean } from '../statistics/spread.ts';
import type { RunKind } from '../statistics/run-model.ts';

/**
 * A sequential probability ratio test (Wald, Annals of Mathematical Statistics 16, 1945) on the share of runs that
 * reach the pass mark. A healthy lab is what it was when it was calibrated; but its pass mark was measured from few
 * runs, so nobody knows the share exactly: it is a mixture. A sick lab passes with at most `sick`.
 */
export interface SequentialPlan {
  /** `may-stick`: so many runs are stuck that a sick lab is one in which fewer still work. */
  readonly kind: RunKind;
  /** Shares of passing runs that a healthy lab may have, each as likely as the others. */
  readonly healthy: readonly number[];
  readonly sick: number;
  /** Probability of calling a healthy lab sick, at most, over calibrations and nights. */
  readonly falseAlarm: number;
  /** At this ratio of the likelihoods, sick to healthy, a lab is let go. */
  readonly miss: number;
  /** Runs after which a lab that was not found sick is let go. */
  readonly most: number;
}

/** Of nights in which every exercise is healthy so many are red, at most, for their fresh seeds. */
export const NIGHT_FALSE_ALARM = 0.02;

/** 70 % is a lab that three of ten students would rightly complain about. */
const SICK = 0.7;
/**
 * Where runs may get stuck, those that pass are a share that the calibration knows but roughly; a quarter of them is
 * what some dozens of runs can tell from it.
 */
const SICK_OF_STUCK = 0.25;
/**
 * A lab of which fewer runs pass is not called healthy, however its pass mark came about; without this a mark of five
 * runs would excuse everything.
 */
const LEAST_HEALTHY = 0.9;
const MISS = 0.03;
/** So often a lab with that share is missed, at most: the tests compute it, for bounds of 5 to 299 runs. */
export const MISSED: number = 0.09;
const MOST = 90;
const MOST_OF_STUCK = 150;

/**
 * Shares from the least that is healthy to all, as many as told: half of the weight, since runs that are skewed, or of which
 * a few get stuck unforeseen, pass less often than their mark says, and a night need not be red for it.
 */
function healthyAtAll(count: number): number[] {
  return Array.from(
    { length: count },
    (_, at) => LEAST_HEALTHY + ((1 - LEAST_HEALTHY) * (at + 0.5)) / count,
  );
}

/**
 * The plan for one of so many exercises of a night, whose false alarms add up (Bonferroni). `shares` of its honest runs
 * may reach the pass mark, each as likely as the others.
 */
export function nightlyPlan(
  { kind, shares }: { readonly kind: RunKind; readonly shares: readonly number[] },
  exercises: number,
): SequentialPlan {
  // Where few get stuck, a lab in which three of ten do is sick as any other is.
  const alike = kind === 'alike' || mean(shares) >= LEAST_HEALTHY;
  return {
    kind: alike ? 'alike' : 'may-stick',
    healthy: alike
      ? [...shares.map((share) => Math.max(share, LEAST_HEALTHY)), ...healthyAtAll(shares.length)]
      : shares,
    sick: alike ? SICK : SICK_OF_STUCK * mean(shares),
    falseAlarm: NIGHT_FALSE_ALARM / Math.max(1, exercises),
    miss: MISS,
    most: alike ? MOST : MOST_OF_STUCK,
  };
}

/**
 * What so many passes and failures decide; `undecided` asks for another run. By Ville's inequality the ratio of the two
 * likelihoods exceeds 1 / falseAlarm with probability falseAlarm at most, whenever one looks, if runs are drawn as the
 * mixture says.
 */
export function sequentialDecision(
  passed: number,
  failed: number,
  plan: SequentialPlan,
): 'healthy' | 'sick' | 'undecided' {
  const { healthy, sick, falseAlarm, miss, most } = plan;
  const likelihood = (share: number): number => share ** passed * (1 - share) ** failed;
  const ofHealthy = healthy.reduce((sum, share) => sum + likelihood(share), 0) / healthy.length;
  const ratio = likelihood(sick) / ofHealthy;
  if (ratio >= 1 / falseAlarm) return 'sick';
  if (ratio <= miss || passed + failed >= most) return 'healthy';
  return 'undecided';
}
