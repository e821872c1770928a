import { sha256Hex, type InputScale, type Recipe } from '@labproof/core';
import { formatCount, type ReadModel, type Refusal, workAnImage } from '@labproof/submission';
import { graderErrors } from '../errors.ts';

/** How much arithmetic evaluating the models of one submission may take, and how much it has taken. */
export class EvaluationBudget {
  readonly #limit: number;
  #spent = 0;

  /** `limit` in steps, as `workAnImage` counts them, times images. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes the work of an evaluation out of the budget before anything is built for it; says why where it does not fit. */
  take({ path, plan }: ReadModel, images: number): Refusal | null {
    const work = workAnImage(plan) * images;
    if (this.#spent + work <= this.#limit) {
      this.#spent += work;
      return null;
    }
    const rest =
      this.#spent === 0 ? '' : `, of which its other models have taken ${shown(this.#spent)}`;
    return graderErrors.remark('evaluation-budget', {
      message: `${path} was read and not evaluated: its ${formatCount(images)} test images take ${shown(work)} steps of arithmetic, and a submission has ${shown(this.#limit)}${rest}. This needs manual grading.`,
      fix: 'Hand in the network that the exercise describes, and each model once.',
    });
  }
}

/** "5.8e12": two digits say how far it is. */
function shown(steps: number): string {
  return steps.toExponential(1).replace('e+', 'e');
}

/** What an evaluation's result depends on besides the dataset: equal for equal models, whatever they are called. */
export function evaluationKey(
  model: ReadModel,
  scale: InputScale,
  { loss, labelSmoothing }: Pick<Recipe, 'loss' | 'labelSmoothing'>,
): string {
  const { digest, plan, trainingConfig, kerasVersion } = model;
  const layers = plan.layers.map(({ className, config, inbound, sharedWith, outputShape }) => [
    className,
    config,
    inbound,
    sharedWith,
    outputShape,
  ]);
  return sha256Hex(
    JSON.stringify([
      digest,
      plan.inputShape,
      layers,
      trainingConfig,
      kerasVersion,
      scale,
      loss,
      labelSmoothing,
    ]),
  );
}
