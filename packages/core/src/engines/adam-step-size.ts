const f = Math.fround;

/** lr · √(1 − beta2Power) / (1 − beta1Power), each operation rounded to float32; the same for every engine. */
export function adamStepSize(learningRate: number, beta1Power: number, beta2Power: number): number {
  const root = f(Math.sqrt(f(1 - f(beta2Power))));
  return f(f(f(learningRate) * root) / f(1 - f(beta1Power)));
}
