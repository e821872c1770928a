import type { Question } from '@labproof/lab';

/** Questions 1 to 6: the network whose hidden layer is linear. */
export const linearQuestions: readonly Question[] = [
  {
    id: 'q1',
    number: 1,
    title: 'An application',
    prompt:
      'Post offices sort mail by handwritten codes, and banks read the amounts on cheques. Name another task in which reading handwritten digits by machine would help, and say whom it helps.',
    exercise: null,
    checks: [
      {
        kind: 'free-text',
        points: 1,
        rubric: [
          {
            concept: 'a real use, other than the two given',
            points: 0.5,
            lookFor:
              'Handwritten digits really occur in the task: forms, meter readings, exam sheets, old registers, score cards. Typed or printed digits (number plates) do not count.',
          },
          {
            concept: 'who gains what',
            points: 0.5,
            lookFor:
              'Somebody is named, with what they gain: time, fewer slips, data that can be searched.',
          },
        ],
      },
    ],
  },
  {
    id: 'q2',
    number: 2,
    title: 'Time per epoch',
    prompt:
      'How many seconds did one epoch of the first network take on your computer? Read it from the training output.',
    exercise: 'mnist-mlp-linear',
    checks: [{ kind: 'number', unit: 'seconds', points: 1 }],
  },
  {
    id: 'q3',
    number: 3,
    title: 'Training history of the linear network',
    prompt:
      'Plot the training history of the first network: loss and accuracy after each epoch, for the training and the validation images.',
    exercise: 'mnist-mlp-linear',
    checks: [{ kind: 'plot', points: 1 }],
  },
  {
    id: 'q4',
    number: 4,
    title: 'Training against validation accuracy',
    prompt:
      'Compare how accuracy develops over the epochs on the training images and on the validation images. What does the comparison say about how well the network generalises?',
    exercise: 'mnist-mlp-linear',
    checks: [
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'describes both curves',
            points: 1,
            lookFor:
              'Training accuracy starts lower (about 0.88), rises steeply once and then slowly (to about 0.93). Validation accuracy is above it at first, since it is measured after the epoch and training accuracy during it, and then stays near 0.92 with small ups and downs.',
          },
          {
            concept: 'draws the conclusion on generalisation',
            points: 1,
            lookFor:
              'The curves end within about a percentage point of each other: what is learnt carries over to unseen images, with hardly any overfitting. Very good answers add that both level off early, so the network is limited by what it can represent and not by the amount of training.',
          },
        ],
      },
    ],
  },
  {
    id: 'q5',
    number: 5,
    title: 'Test loss and accuracy of the linear network',
    prompt: 'Evaluate the first network on the test images. What are its loss and its accuracy?',
    exercise: 'mnist-mlp-linear',
    checks: [
      { kind: 'architecture', points: 1 },
      { kind: 'metric-in-band', points: 1 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
      { kind: 'claim-against-weights', metric: 'loss', points: 1 },
    ],
  },
  {
    id: 'q6',
    number: 6,
    title: 'Good enough for what?',
    prompt:
      'Think of tasks in which handwritten digits are read. For which would this accuracy be good enough, and for which would it not? Give your reasons.',
    exercise: 'mnist-mlp-linear',
    checks: [
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'turns accuracy into errors that matter',
            points: 1,
            lookFor:
              'About 8 wrong digits in 100, and more wrong numbers than wrong digits: a five-digit code is right in only about two cases of three (0.92⁵ ≈ 0.66). Either observation is enough.',
          },
          {
            concept: 'weighs what an error costs',
            points: 1,
            lookFor:
              'Tells a use where errors are cheap or caught (a check digit, a second address line, a human who looks at doubtful cases) from one where they are not (amounts of money, doses), and takes a side.',
          },
        ],
      },
    ],
  },
];
