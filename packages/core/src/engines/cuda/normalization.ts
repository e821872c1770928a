import type { ConvolutionKernels } from '../kernels/convolution.ts';
import type { NormalizationKernels } from '../kernels/normalization.ts';
import type { Arithmetic } from '../kernels.ts';
import type { Launcher } from './launcher.ts';
import type { Scratch } from './scratch.ts';

/** Sums over a batch and what is made of them: partial sums of the examples first, then their sum. */
export function normalizationKernels(
  launcher: Launcher,
  scratch: Scratch,
): NormalizationKernels &
  Pick<ConvolutionKernels, 'conv2dBiasGradient'> &
  Pick<Arithmetic, 'biasGradient' | 'weightNorms'> {
  const partialSums = (rows: number, columns: number): number =>
    scratch.atLeast(4 * Math.max(1, rows * columns));

  /** totals[c] = (Σ over the examples of their partial sums) / count. */
  function total(partial: number, totals: number, rows: number, columns: number, count = 1): void {
    launcher.elements('exampleSums', columns, [partial, totals, rows, columns, 0, count]);
  }

  return {
    biasGradient: (dy, db, rows, columns) =>
      launcher.elements('biasGradient', columns, [dy, db, rows, columns]),
    conv2dBiasGradient(dy, db, rows, positions, columns) {
      const partial = partialSums(rows, columns);
      launcher.elements('placeSums', rows * columns, [dy, partial, rows, positions, columns]);
      total(partial, db, rows, columns);
    },
    batchMoments(x, mean, variance, rows, positions, columns) {
      const partial = partialSums(rows, columns);
      const count = Math.fround(rows * positions);
      launcher.elements('placeSums', rows * columns, [x, partial, rows, positions, columns]);
      total(partial, mean, rows, columns, count);
      const shape = [rows, positions, columns];
      launcher.elements('distanceSums', rows * columns, [x, mean, partial, ...shape]);
      total(partial, variance, rows, columns, count);
    },
    batchNormalize: (x, gamma, beta, mean, variance, y, rows, columns, epsilon) =>
      launcher.elements('batchNormalize', rows * columns, [
        x,
        gamma,
        beta,
        mean,
        variance,
        y,
        rows,
        columns,
        epsilon,
      ]),
    batchNormalizeGradient(x, dy, gamma, mean, variance, dx, dgamma, dbeta, ...rest) {
      const [rows, positions, columns, epsilon] = rest;
      const partial = partialSums(rows, columns);
      const shape = [rows, positions, columns];
      launcher.elements('placeSums', rows * columns, [dy, partial, ...shape]);
      total(partial, dbeta, rows, columns);
      launcher.elements('normalSums', rows * columns, [
        x,
        dy,
        mean,
        variance,
        partial,
        ...shape,
        epsilon,
      ]);
      total(partial, dgamma, rows, columns);
      const places = rows * positions;
      launcher.elements('normalizeGradient', places * columns, [
        x,
        dy,
        gamma,
        mean,
        variance,
        dx,
        dgamma,
        dbeta,
        places,
        columns,
        epsilon,
        Math.fround(places),
      ]);
    },
    movingAverage: (average, value, length, momentum) =>
      launcher.elements('movingAverage', length, [average, value, length, momentum]),
    weightNorms(w, sums, length) {
      launcher.launch('weightNorms', { x: 1, threads: 32 }, [w, sums, length]);
    },
  };
}
