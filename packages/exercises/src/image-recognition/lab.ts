import type { Lab } from '@labproof/lab';
import { defineLab } from '../define-lab.ts';
import { convolutionQuestions } from './convolution-questions.ts';
import { exercises } from './exercises.ts';
import { introduction } from './introduction.ts';
import { linearQuestions } from './linear-questions.ts';
import { paperQuestion } from './paper-question.ts';
import { photographQuestions } from './photograph-questions.ts';
import { playgroundQuestions } from './playground-questions.ts';
import { spiral } from './playground/exercise.ts';
import { reluQuestions } from './relu-questions.ts';

/** Recognising digits and photographs, from a linear network to convolutions with dropout. */
export function imageRecognition(): Lab {
  return defineLab({
    id: 'image-recognition',
    title: 'Image recognition with neural networks',
    version: '2.0.0',
    introduction,
    exercises,
    playgrounds: [spiral],
    questions: [
      ...linearQuestions,
      ...reluQuestions,
      ...convolutionQuestions,
      ...photographQuestions,
      paperQuestion,
      ...playgroundQuestions,
    ],
  });
}
