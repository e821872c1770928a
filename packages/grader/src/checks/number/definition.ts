import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkNumber } from './run.ts';

/** The answer states a quantity in a unit that nobody can check afterwards (seconds an epoch). */
export const number: CheckKind<SpecOf<'number'>> = {
  kind: 'number',
  title: 'A number with a unit',
  needs: [],
  gradedBy: ({ unit }) => `a number in ${unit}`,
  run: checkNumber,
};
