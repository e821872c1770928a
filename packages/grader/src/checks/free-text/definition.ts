import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkFreeText } from './run.ts';

/** Read by a human with the rubric, whose `words` suggest what is there. */
export const freeText: CheckKind<SpecOf<'free-text'>> = {
  kind: 'free-text',
  title: 'The written answer',
  needs: [],
  gradedBy: () => 'a person who reads your answer',
  run: checkFreeText,
};
