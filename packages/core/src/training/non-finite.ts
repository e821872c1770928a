import type { ModelPlan } from '../model/plan.ts';

/** An array of weights in which some are NaN or infinite. */
interface NonFiniteArray {
  /** `layer/array`, as Keras names them. */
  readonly array: string;
  readonly count: number;
  readonly length: number;
}

/** The first array, in layer order, that holds anything but finite numbers; `null` where there is none. */
export function firstNonFinite(
  { layers }: ModelPlan,
  weights: readonly Float32Array[],
): NonFiniteArray | null {
  const names = layers
    .filter(({ sharedWith }) => sharedWith === null)
    .flatMap((layer) => layer.weights.map(({ name }) => `${layer.name}/${name}`));
  for (const [index, values] of weights.entries()) {
    let count = 0;
    // x − x is 0 for every finite number and NaN for all others.
    for (let at = 0; at < values.length; at += 1) if (values[at]! - values[at]! !== 0) count += 1;
    if (count > 0) return { array: names[index] ?? `array ${index}`, count, length: values.length };
  }
  return null;
}
