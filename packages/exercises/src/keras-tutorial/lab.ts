import type { Lab } from '@labproof/lab';
import { defineLab } from '../define-lab.ts';
import { exercises } from './exercises.ts';
import { introduction } from './introduction.ts';
import { questions } from './questions.ts';

/** From dense layers to convolutions, augmentation and a design of one's own. */
export function kerasTutorial(): Lab {
  return defineLab({
    id: 'keras-tutorial',
    title: 'Deep networks in Keras, from dense layers to your own design',
    version: '1.0.0',
    introduction,
    exercises,
    questions: [...questions],
  });
}
