/**
 * A sequential probability ratio test (Wald, Annals of Mathematical Statistics 16, 1945) on the share of runs that
 * reach the pass mark: healthy labs pass with probability `healthy`, sick ones with at most `sick`.
 */
export interface SequentialPlan {
  readonly healthy: number;
  readonly sick: number;
  /** Probability of calling a healthy lab sick, at most. */
  readonly falseAlarm: number;
  /** Probability of calling a sick lab healthy, at most. */
  readonly miss: number;
  /** Runs after which the better supported answer is taken. */
  readonly most: number;
}

/**
 * The plan of a night. A lower bound with 95 % coverage lets at least 95 % of healthy runs pass; 70 % is a lab
 * that three of ten students would rightly complain about. Eleven passes in a row end a healthy night. That the error
 * rates hold exactly, the last resort after `most` runs included, is computed in the tests.
 */
export const NIGHTLY_PLAN: SequentialPlan = {
  healthy: 0.95,
  sick: 0.7,
  falseAlarm: 0.005,
  miss: 0.04,
  most: 60,
};

/** What so many passes and failures decide; `undecided` asks for another run. */
export function sequentialDecision(
  passed: number,
  failed: number,
  plan: SequentialPlan = NIGHTLY_PLAN,
): 'healthy' | 'sick' | 'undecided' {
  const { healthy, sick, falseAlarm, miss, most } = plan;
  const support = passed * Math.log(sick / healthy) + failed * Math.log((1 - sick) / (1 - healthy));
  if (support >= Math.log((1 - miss) / falseAlarm)) return 'sick';
  if (support <= Math.log(miss / (1 - falseAlarm))) return 'healthy';
  if (passed + failed < most) return 'undecided';
  return support > 0 ? 'sick' : 'healthy';
}
