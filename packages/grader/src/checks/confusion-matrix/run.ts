import type { Evidence } from '../../grade/evidence.ts';
import { formatCount } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { imagesDecidedOtherwise } from '../shared/decided-otherwise.ts';
import { notEvaluated, withoutAnswer, withoutModel } from '../shared/absent.ts';
import { statedMatrices } from './stated-matrix.ts';

/**
 * Is the confusion matrix in the answer that of the submitted model, with true classes as rows or as columns? Where others
 * stand beside it, a person decides which is meant.
 */
export function checkConfusionMatrix(context: CheckContext): Verdict {
  const absent =
    withoutAnswer(context, 'the confusion matrix of your model') ??
    withoutModel(context, 'the matrix in the answer cannot be compared with it');
  if (absent !== null) return absent;
  const { evaluation, impossible } = context.evaluate(context.scale.value);
  if (evaluation === null) return notEvaluated(impossible);
  const { answer } = context;
  const { confusion } = evaluation;
  const text = [
    answer?.text ?? '',
    ...(answer?.outputs ?? []),
    ...(answer?.code ?? []).map((code) => code.text),
  ];
  const stated = text.flatMap((part) => statedMatrices(part, confusion.length));
  const total = context.dataset().test.count;
  // An image that is decided otherwise leaves one cell and enters another.
  const tolerance = 2 * imagesDecidedOtherwise(total);
  if (stated.length === 0) {
    const shows = (answer?.images ?? []).length > 0;
    return {
      outcome: shows ? 'needs-review' : 'failed',
      message: shows
        ? 'The answer shows its matrix as a picture, if at all; it needs manual grading.'
        : `No matrix of ${confusion.length} × ${confusion.length} whole numbers could be read in the answer.`,
      advice: 'Print the matrix as text under the question.',
      evidence: [],
    };
  }
  const distances = stated.flatMap((matrix) => [
    { matrix, distance: distanceBetween(matrix, confusion) },
    { matrix, distance: distanceBetween(transposed(matrix), confusion) },
  ]);
  const nearest = distances.reduce((best, next) => (next.distance < best.distance ? next : best));
  const evidence: Evidence[] = [
    {
      kind: 'text',
      label: 'Read in the answer',
      text: nearest.matrix.map((row) => row.join(' ')).join('\n'),
    },
    {
      kind: 'measurement',
      label: 'Sum of the differences of all cells',
      value: nearest.distance,
      unit: 'count',
    },
    {
      kind: 'bound',
      label: 'Allowed difference',
      value: tolerance,
      unit: 'count',
      side: 'tolerance',
      source: `another framework's arithmetic may decide ${tolerance / 2} of the ${formatCount(total)} images otherwise, and each counts in two cells`,
      n: null,
      coverage: null,
      confidence: null,
    },
  ];
  const passed = nearest.distance <= tolerance;
  const own = stated.filter((matrix) =>
    [matrix, transposed(matrix)].some((one) => distanceBetween(one, confusion) <= tolerance),
  );
  if (passed && own.length < stated.length) {
    return {
      outcome: 'needs-review',
      message: `One of the ${stated.length} matrices in the answer is that of the submitted model, and another one is not; which one is meant needs manual grading.`,
      advice: 'Show one matrix under the question, that of the model that you hand in.',
      evidence,
    };
  }
  return {
    outcome: passed ? 'passed' : 'failed',
    message: passed
      ? 'The matrix in the answer is that of the submitted model.'
      : `The matrix in the answer is not that of the submitted model: their cells differ by ${formatCount(nearest.distance)} in all.`,
    advice: passed ? null : 'Compute it again with the very model that you hand in.',
    evidence,
  };
}

function distanceBetween(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): number {
  return a.reduce(
    (sum, row, i) =>
      sum + row.reduce((part, value, j) => part + Math.abs(value - (b[i]?.[j] ?? 0)), 0),
    0,
  );
}

function transposed(matrix: readonly (readonly number[])[]): number[][] {
  return matrix.map((_, i) => matrix.map((row) => row[i] ?? 0));
}
