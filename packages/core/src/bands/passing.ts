import { z } from 'zod';
import { type OperatingPoint, operatingCurve } from '../statistics/operating-curve.ts';
import { CONFIDENCE, type PassingRule, PassingRuleSchema } from '../statistics/passing-rule.ts';
import { type PooledSpread, SisterSchema } from '../statistics/pooled-spread.ts';
import { proportionInterval } from '../statistics/proportion.ts';
import { enoughRuns, honestBound, type RunBound, worseBound } from '../statistics/run-bounds.ts';
import { fitOf, modelOfRuns, type RunKind, type RunModel } from '../statistics/run-model.ts';
import { fromLogit, insideUnit, logit } from '../statistics/run-scale.ts';
import { rounded } from '../statistics/spread.ts';
import { findStuckRuns } from '../statistics/stuck-runs.ts';
import type { ToleranceBound } from '../statistics/tolerance-bound.ts';

/** What a lab decides of an exercise's marks before anything is trained. */
export interface PassingPlan {
  readonly rule: PassingRule;
  readonly runs: RunKind;
  /** Exercises whose spreads help where runs are dear. */
  readonly sisters?: PooledSpread | undefined;
}

/** How the marks of bands were drawn: the plan, and what the runs say of it. */
export const PassingSchema = z.strictObject({
  rule: PassingRuleSchema,
  /** Whether runs scatter around one value, or some may get stuck. */
  runs: z.enum(['alike', 'may-stick']),
  sisters: z.array(SisterSchema).optional(),
  /** Below it nothing is given, from `sureFrom` on everything; in between the rule says who decides. */
  lostBelow: z.number(),
  sureFrom: z.number(),
  /** Whether one mark keeps both promises, so that nothing above the pass mark has to be read. */
  oneMarkDoes: z.boolean(),
  /** The fewest runs from which one mark is expected to; null where no number of them is enough. */
  enoughRuns: z.int().nullable(),
  /** Runs that a gap parts from the others, and a 95 % interval of the probability of one. */
  stuck: z.strictObject({ count: z.int(), low: z.number(), high: z.number() }),
  /** Reference runs that work and lie below the pass mark all the same. */
  seenBelow: z.int(),
  /** How well a normal distribution fits the logits of those that work (Anderson and Darling); reported, it chooses nothing. */
  fit: z.strictObject({ skewness: z.number(), statistic: z.number(), p: z.number() }).nullable(),
});
export type Passing = z.infer<typeof PassingSchema>;

/** The marks of an exercise with all that is known of them. */
export interface Marks {
  readonly lower: ToleranceBound;
  readonly upper: ToleranceBound;
  readonly passing: Passing;
  readonly model: RunModel;
  curve(): OperatingPoint[];
}

/** Draws the marks of an exercise by its plan. Throws a RangeError for fewer than 2 runs. */
export function drawMarks(
  accuracies: readonly number[],
  testCount: number,
  { rule, runs, sisters }: PassingPlan,
): Marks {
  const resolution = 1 / testCount;
  const model = modelOfRuns(accuracies, { kind: runs, sisters, resolution });
  const honest = honestBound(model, 'lower', rule.honest.oneIn);
  const worse = worseBound(model, rule.worse);
  // No run that was seen is ever taken for one that surely is not honest, and a stuck one least of all.
  const seen = Math.min(...accuracies);
  const lostBelow = Math.min(fromLogit(Math.min(honest.logit, worse)), seen);
  const sureFrom = fromLogit(Math.max(honest.logit, worse));
  const found = findStuckRuns(accuracies)?.stuck.length ?? 0;
  const [low, high] = proportionInterval(found, accuracies.length);
  const lower = boundOf(model, honest, 'lower', rule);
  const passing: Passing = {
    rule,
    runs,
    ...(model.spreadFrom === 'pooled' && sisters !== undefined ? { sisters: [...sisters] } : {}),
    lostBelow: rounded(lostBelow),
    sureFrom: rounded(sureFrom),
    oneMarkDoes: worse <= honest.logit,
    enoughRuns: enoughRuns(rule),
    stuck: { count: found, low: rounded(low), high: rounded(high) },
    seenBelow: model.working.filter((value) => value < honest.logit).length,
    fit: fitOf(model),
  };
  const {
    between,
    honest: { oneIn: honestOneIn },
  } = rule;
  return {
    lower: {
      ...lower,
      zone: {
        lostBelow: passing.lostBelow,
        sureFrom: passing.sureFrom,
        between,
        honestOneIn,
        worse: rule.worse,
      },
    },
    upper: boundOf(model, honestBound(model, 'upper', rule.honest.oneIn), 'upper', rule),
    passing,
    model,
    curve: () =>
      operatingCurve(model, {
        pass: honest.logit,
        sureFrom: Math.max(honest.logit, worse),
        lostBelow: logit(insideUnit(lostBelow, resolution)),
      }),
  };
}

function boundOf(
  { n, stuck, centre, sd, spreadFrom }: RunModel,
  { logit: at, rank }: RunBound,
  side: 'lower' | 'upper',
  { honest }: PassingRule,
): ToleranceBound {
  return {
    value: rounded(fromLogit(at)),
    side,
    coverage: rounded(1 - 1 / honest.oneIn),
    confidence: CONFIDENCE,
    n,
    k: rank === null ? rounded(Math.abs(at - centre) / sd) : null,
    ...(rank === null ? {} : { rank }),
    scale: 'logit',
    ...(spreadFrom === 'pooled' ? { spreadFrom } : {}),
    ...(stuck > 0 ? { stuck } : {}),
  };
}
