import { type Bands, modelOfBands, type PassingPlan } from '@labproof/core';
import { type Exercise, type Lab, passingPlan } from '@labproof/lab';

/** Fewer runs than these say too little of their spread to help another exercise. */
const FEWEST_OF_SISTER = 5;

/**
 * By what the marks of an exercise are drawn: what its lab wants, and the spreads of its sisters, which are all
 * exercises on the same data whose runs are alike, of this lab and of the others that are known.
 */
export function planOf(lab: Lab, exercise: Exercise, labs: readonly Lab[]): PassingPlan {
  const plan = passingPlan(lab, exercise);
  if (plan.runs === 'may-stick') return plan;
  const others = [lab, ...labs.filter(({ id }) => id !== lab.id)];
  const sisters = others.flatMap((other) =>
    other.exercises.flatMap((sister) => {
      const { bands, recipe } = sister;
      const same = other.id === lab.id && sister.id === exercise.id;
      if (same || bands === null || recipe.dataset !== exercise.recipe.dataset) return [];
      if (passingPlan(other, sister).runs === 'may-stick' || !isMeasured(bands)) return [];
      const { sd } = modelOfBands({ ...bands, passing: undefined });
      return [{ exercise: `${other.id}/${sister.id}`, n: bands.n, sd: Number(sd.toFixed(6)) }];
    }),
  );
  const sorted = sisters.toSorted((a, b) => (a.exercise < b.exercise ? -1 : 1));
  return sorted.length === 0 ? plan : { ...plan, sisters: sorted };
}

function isMeasured({ length, n }: Bands): boolean {
  return length === 'full' && n >= FEWEST_OF_SISTER;
}
