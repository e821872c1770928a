import type { Question } from '@labproof/lab';

/** Questions 23 and 24: networks with two inputs whose every weight can be seen. */
export const playgroundQuestions: readonly Question[] = [
  {
    id: 'q23',
    number: 23,
    title: 'Exploring the playground',
    prompt:
      'Try the settings of the TensorFlow Playground on its four data sets for classification: features, hidden layers and neurons, activation, learning rate, regularisation, noise, batch size, share of training data. Change one thing at a time. Report at least three observations, each with the settings and the losses that you saw, explain them, and show one of them in a picture.',
    exercise: null,
    checks: [
      { kind: 'plot', points: 1 },
      {
        kind: 'free-text',
        points: 3,
        rubric: [
          {
            concept: 'observations that can be repeated',
            points: 1,
            lookFor:
              'Three or more, each with the data set, what was changed from what to what, and training and test loss before and after. A list of what the settings mean is no observation.',
            words: ['test loss', 'training loss', 'I changed', 'we changed', 'increased', 'from 0'],
          },
          {
            concept: 'explains them by what networks compute',
            points: 1,
            lookFor:
              'For example: two Gaussian heaps need no hidden layer; the circle needs three straight lines or squared inputs, exclusive or needs x1·x2 or hidden units; linear activation fails at all but the heaps; a high learning rate jumps or diverges, a low one creeps.',
            words: [
              'straight line',
              'linear activation',
              'hidden layer',
              'squared',
              'x1x2',
              'learning rate',
              'boundary',
            ],
          },
          {
            concept: 'generalisation',
            points: 1,
            lookFor:
              'At least one observation is about the test loss against the training loss: noise, few training points or many neurons open the gap, regularisation narrows it (and L1 sets weights to zero).',
            words: [
              'overfit',
              'regularisation',
              'regularization',
              'noise',
              'test loss above',
              'gap',
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'q24',
    number: 24,
    title: 'The least network for the spiral',
    prompt:
      'What is the least network with which the test loss on the spiral falls below 0.1? The fewer hidden neurons the better, then the fewer layers, then the fewer inputs. State every setting (features, neurons in each hidden layer, activation, learning rate, batch size, share of training data, noise, regularisation) and the epoch at which the loss falls below 0.1, and show a picture of the result.',
    exercise: null,
    checks: [
      { kind: 'plot', points: 1 },
      {
        kind: 'playground-claim',
        points: 2,
        playground: 'playground',
        runs: 100,
        reliable: 0.5,
        rare: 0.05,
      },
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'how the search went',
            points: 1,
            lookFor:
              'Smaller networks were tried and are named with the loss at which they stayed, so that "least" is more than the first network that worked.',
            words: ['tried', 'smaller', 'fewer neurons', 'removed', 'without', 'not below'],
          },
          {
            concept: 'how reliably it works',
            points: 1,
            lookFor:
              'Initial weights are random: the network was started several times, and the answer says how many of them got below 0.1.',
            words: [
              'several times',
              'of ten',
              'runs',
              'attempts',
              'restarted',
              'random',
              'reliably',
            ],
          },
        ],
      },
    ],
  },
];
