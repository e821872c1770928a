import type { Question } from '@labproof/lab';

/** Questions 18 to 21: convolutions for photographs. */
export const photographQuestions: readonly Question[] = [
  {
    id: 'q18',
    number: 18,
    title: 'The network for photographs in code',
    prompt:
      'Which code did you use to define, compile and train the network for photographs? The images of the file are in random order already: what does `shuffle = TRUE` change all the same?',
    exercise: 'cifar10-cnn',
    checks: [
      { kind: 'code-topology', points: 2 },
      {
        kind: 'recipe',
        aspects: ['optimizer', 'learning-rate', 'epochs', 'batch-size', 'validation'],
        points: 1,
      },
      {
        kind: 'free-text',
        points: 1,
        rubric: [
          {
            concept: 'other batches in every epoch',
            points: 1,
            lookFor:
              'A random order that stays the same gives the same 1,563 batches in the same order in every epoch. Shuffling draws new ones, so the errors of the gradients of single batches do not repeat and average out. "No effect, because the file is not sorted" is the usual slip and gets nothing.',
            words: [
              'different batches',
              'new batches',
              'other batches',
              'every epoch',
              'each epoch',
              'different order',
              'new order',
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'q19',
    number: 19,
    title: 'Training the network for photographs',
    prompt:
      'Train the network for photographs, plot its history and hand in its training log. Which accuracy does it reach on the test images?',
    exercise: 'cifar10-cnn',
    checks: [
      { kind: 'plot', points: 1 },
      { kind: 'history', points: 1 },
      { kind: 'architecture', points: 1 },
      { kind: 'metric-in-band', points: 1 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
    ],
  },
  {
    id: 'q20',
    number: 20,
    title: 'Photographs against digits',
    prompt:
      'How does this history differ from that of the convolutional networks for digits? Name reasons in the data and reasons in the training.',
    exercise: 'cifar10-cnn',
    checks: [
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'describes the difference',
            points: 1,
            lookFor:
              'It starts far lower (about 0.3 on training and 0.4 on test images after one epoch), climbs slowly and still climbs after 20 epochs, and ends near 0.7 instead of 0.99. With dropout on, training accuracy stays below that of the test images.',
            words: [
              'more epochs',
              'slower',
              'lower accuracy',
              'still rising',
              'still improving',
              'plateau',
              'higher loss',
            ],
          },
          {
            concept: 'reasons on both sides',
            points: 1,
            lookFor:
              'Data: objects vary in position, size, pose, colour and background, and classes share looks (cat and dog), while digits are centred strokes on black. Training: a learning rate of 0.0001 and three dropout layers are slow by intention. Half for either side; "it is more difficult" alone is a restatement.',
            words: [
              'background',
              'position',
              'viewpoint',
              'angle',
              'colour',
              'color',
              'variation',
              'learning rate',
              'dropout',
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'q21',
    number: 21,
    title: 'Where the time goes',
    prompt:
      'How many seconds did an epoch take, and how many did it take with the convolutional network for digits? Give several factors behind the difference and say which of them you think weighs most. One of the usual suspects is innocent: the number of parameters.',
    exercise: 'cifar10-cnn',
    checks: [
      { kind: 'number', unit: 'seconds', points: 1 },
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'factors that are there',
            points: 1,
            lookFor:
              'At least two of: batches of 32 instead of 128 (1,563 updates of the weights in an epoch instead of 375), images of 32 × 32 × 3 values instead of 28 × 28 × 1, four convolutions instead of two, 50,000 images instead of 48,000, three dropout layers.',
            words: [
              'batch size',
              'smaller batches',
              'more updates',
              'three channels',
              'colour channels',
              'color channels',
              'larger images',
              'more layers',
              'more convolutions',
              'more images',
            ],
          },
          {
            concept: 'weighs them by work and not by parameters',
            points: 1,
            lookFor:
              'The network has half the parameters (624,106 against 1,199,882), and yet more to do, since a convolution uses each weight once a position: about 13.4 million multiplications an image against 12.0. As the work is so similar, most of a large difference comes from the four times as many updates, or from how well the machine is used by small batches.',
            words: [
              'fewer parameters',
              'half the parameters',
              'multiplications',
              'operations',
              'every position',
              'each position',
              'updates',
            ],
          },
        ],
      },
    ],
  },
];
