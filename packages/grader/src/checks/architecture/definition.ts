import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkArchitecture } from './run.ts';

/** The submitted model has the exercise's layers and parameter count. */
export const architecture: CheckKind<SpecOf<'architecture'>> = {
  kind: 'architecture',
  title: 'The layers',
  needs: ['model'],
  gradedBy: () => 'the layers of the model that you hand in',
  run: checkArchitecture,
};
