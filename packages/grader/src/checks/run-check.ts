import { type CheckSpec, onlyInGrading } from '@labproof/lab';
import { LabproofError } from '@labproof/core';
import type { CheckOutcome } from '../grade/outcome.ts';
import { reasonOf } from '@labproof/submission';
import { checkArchitecture } from './architecture.ts';
import { type CheckContext, type Verdict, settle } from './check.ts';
import { checkClaim } from './claim-against-weights.ts';
import { checkClaimAgainstOutput } from './claim-against-output.ts';
import { checkCodeTopology } from './code-topology.ts';
import { checkConfusionMatrix } from './confusion-matrix.ts';
import { checkContradiction } from './contradiction.ts';
import { checkFreeText } from './free-text.ts';
import { checkHistory } from './history.ts';
import { checkMetricInBand } from './metric-in-band.ts';
import { checkMisclassifiedCount } from './misclassified-count.ts';
import { checkNotTooGood } from './not-too-good.ts';
import { checkNumber } from './number.ts';
import { checkPlaygroundClaim } from './playground-claim.ts';
import { checkPlot } from './plot.ts';
import { checkRecipe } from './recipe.ts';
import { checkReproduction } from './reproduction.ts';
import { type RecipeTrainer, reproduce } from './reproduction-trials.ts';
import { checkWordCount } from './word-count.ts';

/**
 * Runs one check. A student's error refuses it; any other error is ours or the instructor's and breaks it,
 * which leaves it without points and never makes it a zero.
 */
export async function runCheck(
  spec: CheckSpec,
  context: CheckContext,
  trainer: RecipeTrainer | null = null,
): Promise<CheckOutcome> {
  try {
    if (context.lab.edition === 'student' && onlyInGrading(spec)) return settle(spec, LATER);
    const reproduction =
      spec.kind === 'reproduction' ? await reproduce(spec, context, trainer) : null;
    return settle(spec, verdict(spec, { ...context, reproduction }));
  } catch (error) {
    return settle(spec, verdictOfError(error));
  }
}

/** What a student edition leaves to grading. */
const LATER: Verdict = {
  outcome: 'needs-review',
  message: 'This is looked at in grading only: it takes what the lab keeps to itself.',
  advice: null,
  evidence: [],
};

function verdict(spec: CheckSpec, context: CheckContext): Verdict {
  switch (spec.kind) {
    case 'architecture':
      return checkArchitecture(spec, context);
    case 'metric-in-band':
      return checkMetricInBand(spec, context);
    case 'claim-against-weights':
      return checkClaim(spec, context);
    case 'number':
      return checkNumber(spec, context);
    case 'plot':
      return checkPlot(spec, context);
    case 'free-text':
      return checkFreeText(spec, context);
    case 'word-count':
      return checkWordCount(spec, context);
    case 'recipe':
      return checkRecipe(spec, context);
    case 'history':
      return checkHistory(spec, context);
    case 'code-topology':
      return checkCodeTopology(spec, context);
    case 'contradiction':
      return checkContradiction(spec, context);
    case 'claim-against-output':
      return checkClaimAgainstOutput(spec, context);
    case 'misclassified-count':
      return checkMisclassifiedCount(spec, context);
    case 'confusion-matrix':
      return checkConfusionMatrix(spec, context);
    case 'not-too-good':
      return checkNotTooGood(spec, context);
    case 'playground-claim':
      return checkPlaygroundClaim(spec, context);
    case 'reproduction':
      return checkReproduction(spec, context);
  }
}

function verdictOfError(error: unknown): Verdict {
  if (error instanceof LabproofError && error.owner === 'student') {
    return { outcome: 'refused', message: error.message, advice: error.fix, evidence: [] };
  }
  const instructor = error instanceof LabproofError && error.owner === 'instructor';
  return {
    outcome: 'broken',
    message: `${instructor ? 'This could not be graded because of the lab or the setup' : 'This could not be graded because of a fault in Labproof'}, and no points are decided: ${reasonOf(error)}`,
    advice: error instanceof LabproofError ? `For the instructor: ${error.fix}` : null,
    evidence: [],
  };
}
