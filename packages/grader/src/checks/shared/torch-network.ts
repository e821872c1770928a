import type { ModelPlan } from '@labproof/core';
import { type Answer, compareModel, torchPlansIn } from '@labproof/submission';
import type { Evidence } from '../../grade/evidence.ts';
import type { CheckContext } from '../check-context.ts';

/** A network of PyTorch's that a submission's code defines, and how it differs from the exercise's. */
export interface TorchNetworkInCode {
  /** The code that names it. */
  readonly text: string;
  readonly plan: ModelPlan | null;
  readonly problem: string | null;
  readonly differences: readonly Extract<Evidence, { kind: 'difference' }>[];
}

/**
 * The network of PyTorch's in the code that is meant for this question: of those under its own answer, else of those under
 * answers about the same exercise, the one that differs least from the exercise's. `null` where there is none, or where
 * the code builds networks in Keras.
 */
export function torchNetworkFor(context: CheckContext): TorchNetworkInCode | null {
  const { exercise, lab, related } = context;
  const own = context.answer === null ? [] : [context.answer];
  if (exercise === null) return null;
  for (const answers of [own, related]) {
    const pieces = answers.flatMap(({ code }) => code);
    if (pieces.some(({ models }) => models.length > 0)) return null;
    const texts = pythonIn(answers);
    const [first, ...others] = torchPlansIn(texts, exercise, lab).map(
      ({ name, plan, problem }): TorchNetworkInCode => ({
        text: texts.find((text) => text.includes(name)) ?? '',
        plan,
        problem,
        differences:
          plan === null
            ? []
            : compareModel(context.reference(), { plan, framework: 'pytorch', exported: false }),
      }),
    );
    if (first === undefined) continue;
    return others.reduce((best, other) => (cost(other) < cost(best) ? other : best), first);
  }
  return null;
}

function pythonIn(answers: readonly Answer[]): string[] {
  return answers.flatMap(({ code }) =>
    code.flatMap(({ language, text }) => (/^(?:r|julia)$/iu.test(language) ? [] : [text])),
  );
}

function cost({ plan, differences }: TorchNetworkInCode): number {
  return plan === null ? Number.POSITIVE_INFINITY : differences.length;
}
