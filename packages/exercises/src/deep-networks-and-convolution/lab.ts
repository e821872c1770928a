import type { Lab } from '@labproof/lab';
import { defineLab } from '../define-lab.ts';
import { digitExercises } from './digit-exercises.ts';
import { digitQuestions } from './digit-questions.ts';
import { introduction } from './introduction.ts';
import { pictureExercises } from './picture-exercises.ts';
import { pictureQuestions } from './picture-questions.ts';

/** Many runs of small networks, then convolutions for photographs. */
export function deepNetworksAndConvolution(): Lab {
  return defineLab({
    id: 'deep-networks-and-convolution',
    title: 'Deep networks and convolution',
    version: '1.0.0',
    introduction,
    exercises: [...digitExercises, ...pictureExercises],
    questions: [...digitQuestions, ...pictureQuestions],
  });
}
