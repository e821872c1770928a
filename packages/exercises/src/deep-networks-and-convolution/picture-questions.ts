import type { Question } from '@labproof/lab';

/** Questions 8 to 10: photographs. */
export const pictureQuestions: readonly Question[] = [
  {
    id: 'q8',
    number: 8,
    title: 'Photographs without convolutions',
    prompt:
      'Train the network of question 5, with 32 hidden units, on CIFAR-10: ten runs of 10 epochs. Plot training and test accuracy, and state the test accuracy of the run whose model you hand in. Then choose a number of hidden units that your computer can bear. How much better does it get?',
    exercise: 'cifar10-mlp-32',
    checks: [
      { kind: 'plot', points: 0.5 },
      { kind: 'architecture', points: 0.25 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 0.5 },
      {
        kind: 'free-text',
        points: 0.75,
        rubric: [
          {
            concept: 'says how bad it is',
            points: 0.25,
            lookFor:
              'Far worse than on digits: between 0.2 and 0.37, where guessing gives 0.1, and a run or two may stay at 0.1 because all of its hidden units have died. Runs scatter widely.',
            words: ['poor', 'badly', 'above chance', 'better than guessing', 'much worse'],
          },
          {
            concept: 'the wider network, in numbers',
            points: 0.25,
            lookFor:
              'Names its size and what it reaches: 256 units, for example, give about 0.44 and scatter far less.',
            words: ['neurons', 'hidden units', 'improves', 'increase'],
          },
          {
            concept: 'why width does not help much',
            points: 0.25,
            lookFor:
              'A dense layer has no idea of neighbourhood: an object that is shifted, turned or lit differently is a different vector.',
            words: ['neighbourhood', 'neighborhood', 'spatial', 'position', 'shifted', 'flatten'],
          },
        ],
      },
    ],
  },
  {
    id: 'q9',
    number: 9,
    title: 'Convolutions',
    prompt:
      'Train the convolutional network ten times for 10 epochs and plot training and test accuracy. How well does it do? State the test accuracy of the run whose model you hand in.',
    exercise: 'cifar10-cnn',
    checks: [
      { kind: 'plot', points: 0.25 },
      { kind: 'architecture', points: 0.25 },
      { kind: 'metric-in-band', points: 0.5 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 0.5 },
      {
        kind: 'free-text',
        points: 0.5,
        rubric: [
          {
            concept: 'compares with question 8',
            points: 0.25,
            lookFor:
              'About 0.7 instead of 0.3 to 0.45, with about as many parameters as the small dense network: the same filter is used at every place.',
            words: [
              'better than',
              'improvement',
              'same filter',
              'weight sharing',
              'fewer parameters',
            ],
          },
          {
            concept: 'sees the overfitting',
            points: 0.25,
            lookFor:
              'Training accuracy passes test accuracy after a few epochs and the gap grows; test accuracy is nearly flat at the end.',
            words: ['overfit', 'gap', 'training accuracy higher', 'test accuracy flat'],
          },
        ],
      },
    ],
  },
  {
    id: 'q10',
    number: 10,
    title: 'Open: the best network for photographs',
    prompt:
      'Improve on question 9 as far as you can. It is the test accuracy that counts: memorising the training images would be easy. Hand in the best network, state its test accuracy and its number of parameters, and report what you tried and what it brought, the attempts that did not help included.',
    exercise: 'cifar10-open',
    checks: [
      { kind: 'metric-in-band', points: 0.5 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 0.5 },
      {
        kind: 'free-text',
        points: 1,
        rubric: [
          {
            concept: 'evidence of exploration',
            points: 0.5,
            lookFor:
              'At least three changes (dropout, more filters, padding, batch normalisation, augmentation, longer training), each with the accuracy before and after; failures count as much as successes.',
            words: [
              'tried',
              'attempt',
              'compared',
              'hidden layer',
              'table',
              'dropout',
              'batch normalisation',
              'batch normalization',
            ],
          },
          {
            concept: 'size and cost are weighed',
            points: 0.25,
            lookFor:
              'States parameters (those of the submitted model) and training time, and what the improvement costs in both.',
            words: ['parameters', 'training time', 'cost', 'size', 'worth'],
          },
          {
            concept: 'explains by overfitting',
            points: 0.25,
            lookFor:
              'Connects what helped with the gap between training and test accuracy of question 9.',
            words: [
              'overfit',
              'regularisation',
              'regularization',
              'gap',
              'generalise',
              'generalize',
            ],
          },
        ],
      },
    ],
  },
];
