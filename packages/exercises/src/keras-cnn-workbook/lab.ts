import type { Lab } from '@labproof/lab';
import { defineLab } from '../define-lab.ts';
import { exercises } from './exercises.ts';
import { introduction } from './introduction.ts';
import { questions } from './questions.ts';

/** One convolutional network for handwritten digits, examined closely. */
export function kerasCnnWorkbook(): Lab {
  return defineLab({
    id: 'keras-cnn-workbook',
    title: 'A convolutional network, examined',
    version: '1.0.0',
    introduction,
    exercises,
    questions: [...questions],
  });
}
