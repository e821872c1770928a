import { LabproofError, reasonOf } from '@labproof/core';
import { type CheckSpec, nearest, onlyInGrading } from '@labproof/lab';
import { graderError } from '../errors.ts';
import type { CheckOutcome, Outcome } from '../grade/outcome.ts';
import type { GradingWork } from './stopped-work.ts';
import type { CheckContext } from './check-context.ts';
import { checkKinds, checkName } from './registry.ts';
import type { Verdict } from './verdict.ts';

/**
 * Runs one check. A student's error refuses it; any other error is ours or the instructor's and breaks it,
 * which leaves it without points and never makes it a zero.
 */
async function runCheck(spec: CheckSpec, context: CheckContext): Promise<CheckOutcome> {
  try {
    const { lab, exercise } = context;
    if (lab.edition === 'student' && onlyInGrading(spec, exercise, lab, checkKinds)) {
      return settle(spec, LATER);
    }
    const kind = checkKinds.find(spec.kind);
    if (kind === null) throw unknownKind(spec);
    return settle(spec, await kind.run(context, spec));
  } catch (error) {
    return settle(spec, verdictOfError(error));
  }
}

/**
 * Runs one check as a piece of the work on a submission: one that was ended from outside before is not begun again and
 * goes to a person.
 */
export async function runCheckWithin(
  work: GradingWork,
  spec: CheckSpec,
  context: CheckContext,
): Promise<CheckOutcome> {
  const { id, checks } = context.question;
  const piece = { kind: 'check', question: id, check: checks.indexOf(spec) } as const;
  const stopped = work.refusal(piece);
  if (stopped !== null) {
    const { code, message, fix } = stopped;
    return settle(spec, { outcome: 'needs-review', code, message, advice: fix, evidence: [] });
  }
  const end = work.begin(piece);
  try {
    return await runCheck(spec, context);
  } finally {
    end();
  }
}

function unknownKind({ kind }: CheckSpec): LabproofError {
  const names = checkKinds.all.map((known) => known.kind);
  return graderError('check-invalid', {
    message: `There is no check "${kind}".`,
    fix: nearest(kind, names),
  });
}

/** What a student edition leaves to grading. */
const LATER: Verdict = {
  outcome: 'needs-review',
  message: 'This is looked at in grading only: it takes what the lab keeps to itself.',
  advice: null,
  evidence: [],
};

/** Turns a verdict into an outcome: full points for `passed`, half for `partial`, none decided where a human or we have to act, else zero. */
function settle(spec: CheckSpec, verdict: Verdict): CheckOutcome {
  const { outcome, message, advice, evidence, code } = verdict;
  const undecided = outcome === 'needs-review' || outcome === 'broken';
  return {
    check: checkName(spec),
    outcome,
    points: undecided ? null : spec.points * (SHARE[outcome] ?? 0),
    max: spec.points,
    ...(code === undefined ? {} : { code }),
    message,
    advice,
    evidence: [...evidence],
  };
}

/** Shares of the points; every other outcome gives none. */
const SHARE: Partial<Record<Outcome, number>> = { passed: 1, partial: 0.5 };

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
