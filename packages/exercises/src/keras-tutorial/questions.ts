import type { Question } from '@labproof/lab';
import { convolutionQuestions } from './convolution-questions.ts';

const perceptronQuestions: readonly Question[] = [
  {
    id: 'q1',
    number: 1,
    title: 'Preparing the data',
    prompt:
      'Before the first network sees an image, it is made into a row of 784 numbers and divided by 255, and its label becomes ten numbers. What is each of the three steps good for?',
    exercise: null,
    checks: [
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'a row, because a dense layer takes vectors',
            points: 0.5,
            lookFor:
              'A dense layer multiplies a vector by a matrix. Very good answers add that the neighbourhood of pixels is lost.',
            words: ['vector', 'one-dimensional', '1d', 'flatten', 'matrix multiplication'],
          },
          {
            concept: 'a small common scale',
            points: 0.5,
            lookFor:
              'Initial weights and learning rate are made for inputs of about 1; values up to 255 give huge sums and gradients, and training that is slow or diverges.',
            words: ['scale', 'normalise', 'normalize', 'between 0 and 1', 'gradient', 'converge'],
          },
          {
            concept: 'one output a class',
            points: 1,
            lookFor:
              'Digits are names and not quantities (an 8 is not twice a 4). Ten targets match ten softmax outputs, which are compared with them by the crossentropy.',
            words: ['one-hot', 'one hot', 'categorical', 'crossentropy', 'softmax', 'ten outputs'],
          },
        ],
      },
    ],
  },
  {
    id: 'q2',
    number: 2,
    title: 'The dense network in numbers',
    prompt:
      'Derive by hand how many parameters each layer of the first network has, and compare the sum with the summary that Keras prints. Then evaluate the trained network: what are its loss and its accuracy on the test images?',
    exercise: 'mnist-mlp-512',
    checks: [
      { kind: 'architecture', points: 1 },
      { kind: 'metric-in-band', points: 1 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
      { kind: 'claim-against-weights', metric: 'loss', points: 1 },
      {
        kind: 'free-text',
        points: 1,
        rubric: [
          {
            concept: 'parameters derived',
            points: 1,
            lookFor:
              '784 · 512 + 512 = 401,920; twice 512 · 512 + 512 = 262,656; 512 · 10 + 10 = 5,130; together 932,362. Dropout has none.',
            words: ['401,920', '401920', '262,656', '262656', '5,130', '5130'],
          },
        ],
      },
    ],
  },
  {
    id: 'q3',
    number: 3,
    title: 'Training history of the dense network',
    prompt:
      'Plot loss and accuracy of the first network after every epoch, for training and test images. Does it overfit, and what does dropout have to do with what you see?',
    exercise: 'mnist-mlp-512',
    checks: [
      { kind: 'plot', points: 1 },
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'reads the curves',
            points: 1,
            lookFor:
              'Training loss falls to the end; test loss stops falling after a few epochs, jumps about and rises, while test accuracy stays near 0.98. A loss that rises at constant accuracy means that the mistakes are made with more confidence.',
            words: ['overfit', 'test loss rises', 'training loss falls', 'flat', 'jumps'],
          },
          {
            concept: 'the part of dropout',
            points: 1,
            lookFor:
              'Dropout is on while training is measured and off for the test images, so training looks worse than the network is, and is behind in the first epochs. It slows overfitting down and does not remove it.',
            words: ['dropout', 'regularisation', 'regularization', 'switched off'],
          },
        ],
      },
    ],
  },
  {
    id: 'q4',
    number: 4,
    title: 'Another optimiser',
    prompt:
      'Train the network again with Adam. Which accuracy does it reach on the test images? Can you say from your two runs that one optimiser is better? What would you need to be sure?',
    exercise: 'mnist-mlp-512-adam',
    checks: [
      { kind: 'recipe', aspects: ['optimizer'], points: 0.5 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 0.5 },
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'compares loss and accuracy of the two',
            points: 1,
            lookFor:
              'Both accuracies are near 0.98 and may come out either way; the test loss after RMSprop is usually clearly larger.',
            words: ['lower loss', 'higher accuracy', 'similar accuracy', 'adam', 'rmsprop'],
          },
          {
            concept: 'one run is no evidence',
            points: 1,
            lookFor:
              'Runs scatter by a tenth or two of a percentage point, as much as the optimisers differ: several runs of each, with their mean and spread, are needed. Very good answers ask for settings tuned for both.',
            words: [
              'several runs',
              'more runs',
              'average',
              'standard deviation',
              'random',
              'seed',
              'spread',
            ],
          },
        ],
      },
    ],
  },
];

/** Questions 1 to 8. */
export const questions: readonly Question[] = [...perceptronQuestions, ...convolutionQuestions];
