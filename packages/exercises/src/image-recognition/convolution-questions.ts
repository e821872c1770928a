import type { Question } from '@labproof/lab';

/** Questions 11 to 17: convolutions for digits, without dropout and with it. */
export const convolutionQuestions: readonly Question[] = [
  {
    id: 'q11',
    number: 11,
    title: 'Training history of the convolutional network',
    prompt:
      'Plot the training history of the third network as you did before: loss and accuracy after each epoch, for the training and the validation images. Hand in its training log, too.',
    exercise: 'mnist-cnn',
    checks: [
      { kind: 'plot', points: 1 },
      { kind: 'history', points: 1 },
    ],
  },
  {
    id: 'q12',
    number: 12,
    title: 'Convolutions against a rectified hidden layer',
    prompt:
      'Set this history beside that of the second network. What has changed on the training images, and what on the validation images? Which of the two networks generalises better, and how do you know?',
    exercise: 'mnist-cnn',
    checks: [
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'describes both pairs of curves',
            points: 1,
            lookFor:
              'The convolutional network is ahead from the start: about 0.98 on validation images after one epoch, about 0.988 after six. Training accuracy passes 0.995 in half the epochs; validation loss levels off near 0.04 to 0.05, about half of what it was.',
            words: [
              'higher validation accuracy',
              'lower validation loss',
              'faster',
              'fewer epochs',
              'steeper',
              'starts higher',
              'levels off',
            ],
          },
          {
            concept: 'concludes from the validation images',
            points: 1,
            lookFor:
              'It generalises better because it is better on images it was not trained on, and not because its gap is small: training accuracy still runs away from validation accuracy, so overfitting has begun here, too. An answer that looks at the training images alone gets nothing for this.',
            words: ['generalise', 'generalize', 'overfit', 'gap', 'unseen', 'new images'],
          },
        ],
      },
    ],
  },
  {
    id: 'q13',
    number: 13,
    title: 'Test loss and accuracy of the convolutional network',
    prompt:
      'Evaluate the third network on the test images. What are its loss and its accuracy? Show the lines with which you defined, compiled and trained it.',
    exercise: 'mnist-cnn',
    checks: [
      { kind: 'architecture', points: 1 },
      { kind: 'recipe', aspects: ['optimizer', 'learning-rate'], points: 1 },
      { kind: 'metric-in-band', points: 1 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
      { kind: 'claim-against-weights', metric: 'loss', points: 1 },
    ],
  },
  {
    id: 'q14',
    number: 14,
    title: 'Good enough now?',
    prompt:
      'How many of the 10,000 test images does the third network still misclassify? Return to the tasks of question 6: for which of them is that good enough, and what would you add where it is not?',
    exercise: 'mnist-cnn',
    checks: [
      { kind: 'misclassified-count', points: 1 },
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'what the mistakes that are left amount to',
            points: 1,
            lookFor:
              'About one digit in a hundred, a tenth of what the linear network got wrong; a number of five digits is right in about 95 of 100 cases (0.99⁵). Whole numbers matter, not digits.',
            words: ['one in a hundred', '1 in 100', '1 %', 'five digits', '95', 'postal code'],
          },
          {
            concept: 'a task, its cost of a mistake, and a safeguard',
            points: 1,
            lookFor:
              'Sides are taken with a reason, and something catches what is left: a check digit, a second field to compare with, or a person who reads the images of which the network is least sure. Test images come from the same hands and scanners as training images; in use expect worse.',
            words: [
              'check digit',
              'human',
              'person',
              'manually',
              'second check',
              'confidence',
              'threshold',
              'cheque',
              'medical',
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'q15',
    number: 15,
    title: 'Overfitting and dropout',
    prompt:
      'What is overfitting, and by what does one recognise it? Explain how dropout works, while training and afterwards, and why it helps.',
    exercise: null,
    checks: [
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'overfitting, and its sign',
            points: 1,
            lookFor:
              'The network fits what is particular to the training images (noise, single examples) instead of what all images share. Its sign is a growing gap: training goes on improving while validation stands still or gets worse.',
            words: ['noise', 'memorise', 'memorize', 'gap', 'by heart', 'new data', 'unseen'],
          },
          {
            concept: 'dropout: what it does and why it helps',
            points: 1,
            lookFor:
              'For every batch a random share of the units is set to zero (and the others are scaled up); in testing all of them work. No unit can rely on particular others, so features become useful on their own; one may also see it as an average of many thinned networks. Half for the mechanism, half for the reason.',
            words: [
              'random',
              'set to zero',
              'dropped',
              'switched off',
              'rely on',
              'reliance',
              'redundant',
              'ensemble',
              'average of networks',
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'q16',
    number: 16,
    title: 'Training with dropout',
    prompt:
      'Add dropout to the third network: 0.25 after pooling and 0.5 after the dense layer of 128 units. Show the code of the network, train it as before and plot its history. How does the history differ from that without dropout, on the training and on the validation images? How many seconds does an epoch take now, and how many did it take before?',
    exercise: 'mnist-cnn-dropout',
    checks: [
      { kind: 'code-topology', points: 1 },
      { kind: 'plot', points: 1 },
      { kind: 'number', unit: 'seconds', points: 1 },
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'training falls behind validation, and why',
            points: 1,
            lookFor:
              'With dropout training accuracy is lower and training loss higher than without, and through all epochs training is worse than validation: dropout is on while training is measured and off for validation, and the training numbers are averages over the epoch.',
            words: [
              'training loss above validation',
              'training loss higher',
              'training accuracy lower',
              'validation above training',
              'below validation',
              'slower',
              'switched off',
            ],
          },
          {
            concept: 'compares validation and time',
            points: 1,
            lookFor:
              'Validation comes out about the same, near 0.988. Both times are stated; an epoch with dropout takes somewhat longer, because random masks are drawn and multiplied in for every batch.',
            words: ['seconds longer', 'longer', 'mask', 'random numbers', 'same validation'],
          },
        ],
      },
    ],
  },
  {
    id: 'q17',
    number: 17,
    title: 'What dropout did for generalisation',
    prompt:
      'What do the two histories tell about how well the network generalises with dropout and without? How sure can you be after one run of each?',
    exercise: 'mnist-cnn-dropout',
    checks: [
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'the gap is gone, the accuracy hardly moves',
            points: 1,
            lookFor:
              'Without dropout training leaves validation behind (0.997 against 0.989); with it the gap closes or turns around. Validation accuracy itself hardly changes in six epochs: both networks generalise well, and the one with dropout has room for more epochs.',
            words: [
              'gap',
              'overfit',
              'generalise',
              'generalize',
              'more epochs',
              'similar accuracy',
            ],
          },
          {
            concept: 'one run is no evidence',
            points: 1,
            lookFor:
              'Runs that differ in their random weights alone scatter by about a tenth of a percentage point, as much as the two networks differ: several runs of each are needed. A very good answer asks for the spread.',
            words: [
              'several runs',
              'more runs',
              'repeat',
              'random',
              'seed',
              'standard deviation',
              'spread',
              'chance',
            ],
          },
        ],
      },
    ],
  },
];
