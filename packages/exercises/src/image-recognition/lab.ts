import type { Lab } from '@labproof/core';
import { defineLab } from '../define-lab.ts';
import { exercises } from './exercises.ts';
import { introduction } from './introduction.ts';
import { linearQuestions } from './linear-questions.ts';
import { reluQuestions } from './relu-questions.ts';

/** Recognising handwritten digits with fully connected networks. */
export function imageRecognition(): Lab {
  return defineLab({
    id: 'image-recognition',
    title: 'Image recognition with neural networks',
    version: '1.0.0',
    introduction,
    exercises,
    questions: [...linearQuestions, ...reluQuestions],
  });
}
