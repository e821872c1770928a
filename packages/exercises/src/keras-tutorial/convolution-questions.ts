import type { Question } from '@labproof/lab';

/** Questions 5 to 8: convolutions, augmentation, and a design of one's own. */
export const convolutionQuestions: readonly Question[] = [
  {
    id: 'q5',
    number: 5,
    title: 'Convolutions for digits',
    prompt:
      'Evaluate the convolutional network on the test images. What accuracy does it reach? It has less than a quarter of the parameters of the dense network; why is it better all the same?',
    exercise: 'mnist-cnn',
    checks: [
      { kind: 'architecture', points: 1 },
      { kind: 'metric-in-band', points: 1 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'the same filter everywhere',
            points: 1,
            lookFor:
              'A filter looks at a small neighbourhood and is used at every place: few weights, and what is learnt in one place holds in all others.',
            words: [
              'weight sharing',
              'shared weights',
              'filter',
              'local',
              'neighbourhood',
              'neighborhood',
              'translation',
            ],
          },
          {
            concept: 'from strokes to digits',
            points: 1,
            lookFor:
              'Pooling makes the answer less dependent on exact position, and later layers combine simple features (edges, strokes) into larger ones.',
            words: ['pooling', 'features', 'edges', 'strokes', 'hierarchy', 'position'],
          },
        ],
      },
    ],
  },
  {
    id: 'q6',
    number: 6,
    title: 'What is still wrong',
    prompt:
      'Show test images that the convolutional network gets wrong, each with its true and its predicted class. Would you have got them right?',
    exercise: 'mnist-cnn',
    checks: [
      { kind: 'plot', points: 1 },
      {
        kind: 'free-text',
        points: 1,
        rubric: [
          {
            concept: 'judges the images themselves',
            points: 1,
            lookFor:
              'Speaks of particular images: some are ambiguous or perhaps wrongly labelled, some any human reads at once, and says which are which.',
            words: ['ambiguous', 'mislabelled', 'mislabeled', 'human', 'hard to read', 'clearly'],
          },
        ],
      },
    ],
  },
  {
    id: 'q7',
    number: 7,
    title: 'Photographs and augmentation',
    prompt:
      'Train the network for photographs with augmented images. Plot loss and accuracy after every epoch and state the accuracy on the test images. What do shifts and mirroring do for the training, and why would you not mirror digits?',
    exercise: 'cifar10-cnn-augmented',
    checks: [
      { kind: 'architecture', points: 1 },
      { kind: 'metric-in-band', points: 1 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
      { kind: 'plot', points: 1 },
      {
        kind: 'free-text',
        points: 1,
        rubric: [
          {
            concept: 'new images of the same things',
            points: 0.5,
            lookFor:
              'The network hardly sees the same image twice, so it cannot memorise: training accuracy stays near or below test accuracy, and more epochs go on helping.',
            words: ['memorise', 'memorize', 'overfit', 'more data', 'new images', 'variety'],
          },
          {
            concept: 'only changes that keep the class',
            points: 0.5,
            lookFor:
              'A mirrored car is a car, a mirrored digit is mostly no digit (2, 3, 7), or another one. Augmentation has to leave the label true.',
            words: [
              'mirrored digit',
              'flipped digit',
              'label',
              'another class',
              'not symmetric',
              '2 and 5',
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'q8',
    number: 8,
    title: 'Your own design',
    prompt:
      'Design a network for the digits with fewer than 100,000 parameters, train it and hand it in. State its test accuracy, its number of parameters, and how many seconds an epoch takes on your computer. Defend the design: what did you put in, what did you leave out, and what did you try?',
    exercise: 'mnist-design',
    checks: [
      { kind: 'metric-in-band', points: 2 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
      { kind: 'number', unit: 'seconds', points: 0.5 },
      {
        kind: 'free-text',
        points: 1.5,
        rubric: [
          {
            concept: 'the size, and within the limit',
            points: 0.5,
            lookFor:
              'States the number of parameters; it is that of the submitted model (the report shows it) and below 100,000. A network above the limit gets none of these points.',
            words: ['parameters', '100,000', '100000'],
          },
          {
            concept: 'reasons from what was tried',
            points: 1,
            lookFor:
              'At least two alternatives with what they reached, and a choice that follows from them. Accuracy bought with a tenfold size or time should be weighed as such.',
            words: ['tried', 'compared', 'instead of', 'without', 'removed', 'added'],
          },
        ],
      },
    ],
  },
];
