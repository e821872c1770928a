// A lab of 24 questions: the first ten of the image lab that comes with Labproof, which are about perceptrons, and
// fourteen that ask for words.
import { Labs } from '@labproof/exercises';

/** The exercise whose network everybody hands in: of 203,530 parameters, or of 1,199,882. */
export const EXERCISES = { perceptron: 'mnist-mlp-relu', cnn: 'mnist-cnn' };

export function benchLab() {
  const lab = new Labs().find('image-recognition');
  const words = Array.from({ length: 14 }, (_, index) => ({
    id: `q${11 + index}`,
    number: 11 + index,
    title: `Discussion ${index + 1}`,
    prompt: `Discuss point ${index + 1} of the lecture on training networks, in two or three sentences of your own.`,
    exercise: null,
    checks: [
      {
        kind: 'free-text',
        points: 1,
        rubric: [
          {
            concept: 'overfitting',
            points: 0.5,
            lookFor: 'Says what it is.',
            words: ['overfit', 'memorise'],
          },
          {
            concept: 'validation',
            points: 0.5,
            lookFor: 'Names it.',
            words: ['validation', 'unseen images'],
          },
        ],
      },
    ],
  }));
  const perceptrons = lab.questions.filter(({ number }) => number <= 10);
  return { ...lab, questions: [...perceptrons, ...words] };
}
