import type { Question } from '@labproof/lab';

/** Questions 1 to 7: many runs of small networks on digits. */
export const digitQuestions: readonly Question[] = [
  {
    id: 'q1',
    number: 1,
    title: 'Ten runs, five epochs',
    prompt:
      'Train the first network ten times for 5 epochs, from scratch each time. Draw the training accuracy of all ten runs over the epochs in one plot. No two runs are alike; why?',
    exercise: 'mnist-mlp-sgd-5',
    checks: [
      { kind: 'plot', points: 0.5 },
      {
        kind: 'free-text',
        points: 0.5,
        rubric: [
          {
            concept: 'what is random',
            points: 0.5,
            lookFor:
              'Initial weights are drawn at random, and the images come in another random order in every epoch. Either is enough for the points; very good answers name both and say that data and program are the same.',
            words: [
              'initial weights',
              'random weights',
              'initialisation',
              'initialization',
              'shuffle',
              'random order',
              'random seed',
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'q2',
    number: 2,
    title: 'Ten runs, twenty epochs',
    prompt:
      'Repeat question 1 with 20 epochs and draw two plots of all ten runs: the error on the training images and the error on the test images. How do the two compare? Does every run learn the task in the end, and what becomes of those that do not?',
    exercise: 'mnist-mlp-sgd-20',
    checks: [
      { kind: 'plot', points: 0.25 },
      {
        kind: 'free-text',
        points: 0.75,
        rubric: [
          {
            concept: 'test error follows training error',
            points: 0.25,
            lookFor:
              'The two errors fall together and end close to each other; with so few units there is little overfitting.',
            words: [
              'similar',
              'close to each other',
              'little overfitting',
              'follows',
              'test error slightly higher',
            ],
          },
          {
            concept: 'some runs stay on a plateau, and why',
            points: 0.5,
            lookFor:
              'Some runs level off at a clearly larger error and never leave it. An output unit has died: its relu is 0 for every image, so is its gradient, and its digit is never recognised. Each dead output costs about a tenth of the accuracy. Half the points for seeing the plateaus without the reason.',
            words: [
              'stuck',
              'plateau',
              'dead',
              'dying relu',
              'local minimum',
              'gradient is zero',
              'never learn',
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'q3',
    number: 3,
    title: 'A smaller learning rate',
    prompt:
      'Repeat question 2 with a learning rate of 0.01, with the same two plots. What does the smaller rate change?',
    exercise: 'mnist-mlp-sgd-slow',
    checks: [
      { kind: 'plot', points: 0.25 },
      {
        kind: 'free-text',
        points: 0.75,
        rubric: [
          {
            concept: 'slower and smoother',
            points: 0.5,
            lookFor:
              'Errors fall more slowly and evenly; after 20 epochs the runs are about where those of question 2 were after two, and are still improving.',
            words: ['slower', 'smoother', 'smaller steps', 'more epochs'],
          },
          {
            concept: 'what it does to runs that fail',
            points: 0.25,
            lookFor:
              'Compares how many runs are stuck with question 2, from the plots, and draws no more from ten runs than they carry: small steps do not revive a dead output.',
            words: ['stuck', 'plateau', 'still fail', 'dead', 'as many runs', 'fewer runs'],
          },
        ],
      },
    ],
  },
  {
    id: 'q4',
    number: 4,
    title: 'Adam',
    prompt:
      'Repeat question 2 with the optimiser Adam, with the same two plots. What does Adam change?',
    exercise: 'mnist-mlp-adam',
    checks: [
      { kind: 'plot', points: 0.25 },
      {
        kind: 'free-text',
        points: 0.75,
        rubric: [
          {
            concept: 'faster and lower',
            points: 0.5,
            lookFor:
              'Errors fall much faster, runs that work end lower than with gradient descent, and training and test errors begin to part.',
            words: ['faster', 'lower error', 'converges', 'quicker'],
          },
          {
            concept: 'stuck runs are not cured',
            points: 0.25,
            lookFor:
              'Plateaus remain. A dead output has no gradient, and scaling a gradient of zero leaves it zero, whatever the optimiser.',
            words: ['stuck', 'plateau', 'dead', 'still fail', 'zero gradient'],
          },
        ],
      },
    ],
  },
  {
    id: 'q5',
    number: 5,
    title: 'Softmax and crossentropy',
    prompt:
      'Give the outputs a softmax, use sparse categorical crossentropy and Adam, and draw the same two plots for ten runs of 20 epochs. What do the changes do to the learning? State the test accuracy of the run whose model you hand in.',
    exercise: 'mnist-mlp-softmax',
    checks: [
      { kind: 'plot', points: 0.25 },
      { kind: 'architecture', points: 0.25 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 0.25 },
      {
        kind: 'free-text',
        points: 0.25,
        rubric: [
          {
            concept: 'no run is stuck any more, and why',
            points: 0.25,
            lookFor:
              'All runs learn and end close together: a softmax output has a gradient as long as it is wrong, so it cannot die. Very good answers add that crossentropy and squared error cannot be compared as numbers, while accuracies can.',
            words: ['no run is stuck', 'all runs', 'softmax', 'always a gradient', 'consistent'],
          },
        ],
      },
    ],
  },
  {
    id: 'q6',
    number: 6,
    title: 'How many hidden units',
    prompt:
      'Take the network of question 5 and vary its hidden units: 2, 4, 8, 16, 32, 64, 128, 256. Train each size ten times for 10 epochs. Draw the mean training accuracy against the number of units, and in a second plot the mean test accuracy. What is the trend?',
    exercise: null,
    checks: [
      { kind: 'plot', points: 1 },
      {
        kind: 'free-text',
        points: 1,
        rubric: [
          {
            concept: 'steep, then flat',
            points: 0.5,
            lookFor:
              'Accuracy rises steeply up to 16 or 32 units and then ever less; each doubling brings about half of what the one before it brought. States numbers.',
            words: [
              'diminishing',
              'levels off',
              'flattens',
              'plateau',
              'increases quickly',
              'saturates',
            ],
          },
          {
            concept: 'the gap between training and test',
            points: 0.5,
            lookFor:
              'With few units both are the same; with many, training goes on towards 1 and test accuracy stays behind near 0.98. Small networks also scatter most from run to run.',
            words: ['overfit', 'gap', 'training accuracy higher', 'generalise', 'generalize'],
          },
        ],
      },
    ],
  },
  {
    id: 'q7',
    number: 7,
    title: 'Open: the best network for digits',
    prompt:
      'Build the best network for the digits that you can: other sizes, no hidden layer, two, more; other layers if you like. Hand in the best, state its test accuracy and its number of parameters, and report what you tried, what each attempt reached, and what you concluded from it.',
    exercise: 'mnist-open',
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
              'A table or plot with at least four different attempts, among them one without a hidden layer and one with more than one, each with the accuracy it reached; more than one run each, or a word on how much runs scatter.',
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
              "Says how many parameters the best network has (it must be the submitted model's) and whether the last bit of accuracy was worth them.",
            words: ['parameters', 'training time', 'cost', 'size', 'worth'],
          },
          {
            concept: 'honest about the test images',
            points: 0.25,
            lookFor:
              'Notices that choosing among attempts by test accuracy makes the winner look better than it is, or used a validation set of its own.',
            words: [
              'validation set',
              'selected on test',
              'test set for choosing',
              'biased',
              'held out',
            ],
          },
        ],
      },
    ],
  },
];
