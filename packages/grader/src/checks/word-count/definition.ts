import type { CheckKind, SpecOf } from '../check-kind.ts';
import { checkWordCount } from './run.ts';

/** The answer has from `least` to `most` words. */
export const wordCount: CheckKind<SpecOf<'word-count'>> = {
  kind: 'word-count',
  title: 'The length of the answer',
  needs: [],
  gradedBy: () => 'the length of your answer',
  run: checkWordCount,
};
