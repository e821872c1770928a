import type { Result } from './fixture.ts';

/**
 * How far Labproof may be from Keras: |ours − theirs| ≤ ABSOLUTE + RELATIVE · |theirs|.
 *
 * Both compute in float32 (unit roundoff u = 2⁻²⁴ ≈ 6·10⁻⁸) and differ in the order of sums, in the last bit of exp and
 * tanh, and in what they fold into constants: Keras from 2.11 takes Adam's 1 − 0.999 in float64, older ones and
 * Labproof in float32, which is 1.3·10⁻⁵ of it and moves predictions by 6·10⁻⁷ in these steps. RELATIVE is 33 u. ABSOLUTE
 * is the same at the size of the terms (≈ 1) that sum up to a small weight, gradient or loss. Apart from Adam and
 * from saturated outputs (logits around 40, with errors of 40 u) everything agrees to about 10⁻⁷.
 */
const RELATIVE = 2e-6;
const ABSOLUTE = 2e-6;

/** The largest deviation in units of what is allowed, so that at most 1 is parity, and where it is. */
export interface Deviation {
  readonly ratio: number;
  readonly where: string;
}

export function deviation(ours: Result, theirs: Result): Deviation {
  let worst: Deviation = { ratio: 0, where: 'nowhere' };
  const compare = (where: string, our: ArrayLike<number>, their: ArrayLike<number>): void => {
    if (our.length !== their.length) throw new RangeError(`${where}: arrays of unequal length`);
    for (let index = 0; index < our.length; index += 1) {
      const [a = Number.NaN, b = Number.NaN] = [our[index], their[index]];
      const ratio = Math.abs(a - b) / (ABSOLUTE + RELATIVE * Math.abs(b));
      if (!(ratio <= worst.ratio)) {
        worst = { ratio, where: `${where}[${index}]: ${a} instead of ${b}` };
      }
    }
  };
  for (const moment of ['before', 'after'] as const) {
    compare(`loss ${moment}`, [ours[moment].loss], [theirs[moment].loss]);
    compare(`predictions ${moment}`, ours[moment].predictions, theirs[moment].predictions);
  }
  if (ours.steps.length !== theirs.steps.length) throw new RangeError('unequal numbers of steps');
  for (const [step, their] of theirs.steps.entries()) {
    const our = ours.steps[step];
    if (our?.weights.length !== their.weights.length) throw new RangeError('unequal networks');
    compare(`loss of step ${step + 1}`, [our.loss], [their.loss]);
    for (const [index, weights] of their.weights.entries()) {
      compare(`weight ${index} after step ${step + 1}`, our.weights[index] ?? [], weights);
    }
  }
  return worst;
}
