import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkPlot } from './run.ts';

/** An image is there, can be read and is not blank. */
export const plot: CheckKind<SpecOf<'plot'>> = {
  kind: 'plot',
  title: 'The figure',
  needs: [],
  gradedBy: () => 'your figure: there, readable and not blank',
  run: checkPlot,
};
