import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkCodeTopology } from './run.ts';

/** The network in the submitted code, which is read and never run, has the exercise's layers. */
export const codeTopology: CheckKind<SpecOf<'code-topology'>> = {
  kind: 'code-topology',
  title: 'The network in the code',
  needs: [],
  gradedBy: () => 'the network in the code that you hand in, which is read and never run',
  run: checkCodeTopology,
};
