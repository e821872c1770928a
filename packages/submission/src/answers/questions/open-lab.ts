import type { Lab, Question } from '@labproof/lab';

const MOST_QUESTIONS = 99;

/**
 * A lab of which nothing is known: it has every number up to 99, and no question has words that an answer could
 * repeat. With it documents are divided by their own labels alone.
 */
export const OPEN_LAB: Lab = {
  id: 'open',
  title: '',
  version: '0',
  introduction: '',
  exercises: [],
  questions: Array.from({ length: MOST_QUESTIONS }, (_, index): Question => ({
    id: `q${index + 1}`,
    number: index + 1,
    title: '',
    prompt: '',
    exercise: null,
    checks: [],
  })),
};
