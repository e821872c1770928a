/**
 * Stands in the place of `without-tensorflow.ts` in a browser, where nobody can install it.
 *
 * @public `package.json` names it under `browser`.
 */
export const WITHOUT_TENSORFLOW = {
  where: 'on this page',
  fix: 'Such models are evaluated in grading, by Labproof with TensorFlow.js beside it; the student has nothing to change.',
} as const;
