import { clauseOf, LabproofError, type ModelPlan, planModel } from '@labproof/core';
import { type CodeModel, comparePlans } from '@labproof/submission';
import type { Evidence } from '../../grade/evidence.ts';
import type { CheckContext } from '../check-context.ts';

/** A network that a submission's code defines, and how it differs from the exercise's. */
export interface CodeNetwork {
  readonly code: CodeModel;
  /** The code as it stands in the answer. */
  readonly text: string;
  /** `null` where the code does not say enough to plan it, with the reason. */
  readonly plan: ModelPlan | null;
  readonly problem: string | null;
  readonly differences: readonly Extract<Evidence, { kind: 'difference' }>[];
}

/**
 * The network in the code that is meant for this question: of those under its own answer, else of those under
 * answers about the same exercise, the one that differs least from the exercise's. `null` where there is no code of one.
 */
export function codeNetworkFor(context: CheckContext): CodeNetwork | null {
  const own = context.answer === null ? [] : [context.answer];
  for (const answers of [own, context.related]) {
    const networks = answers.flatMap(({ code }) =>
      code.flatMap(({ models, text }) => models.map((model) => networkOf(model, text, context))),
    );
    const [first, ...others] = networks;
    if (first === undefined) continue;
    return others.reduce(
      (best, candidate) => (cost(candidate) < cost(best) ? candidate : best),
      first,
    );
  }
  return null;
}

function networkOf(code: CodeModel, text: string, context: CheckContext): CodeNetwork {
  const unread = (problem: string): CodeNetwork => ({
    code,
    text,
    plan: null,
    problem,
    differences: [],
  });
  if (code.model === null) {
    return unread(code.notUnderstood[0] ?? 'not every layer of it could be read');
  }
  let plan: ModelPlan;
  try {
    plan = planModel(code.model);
  } catch (error) {
    if (!(error instanceof LabproofError)) throw error;
    return unread(clauseOf(error));
  }
  return { code, text, plan, problem: null, differences: comparePlans(context.reference(), plan) };
}

function cost({ plan, differences }: CodeNetwork): number {
  return plan === null ? Number.POSITIVE_INFINITY : differences.length;
}
