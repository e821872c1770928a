import type { Question } from '@labproof/lab';

/** Questions 7 to 10: what a non-linear hidden layer changes. */
export const reluQuestions: readonly Question[] = [
  {
    id: 'q7',
    number: 7,
    title: 'The limits of linear units',
    prompt:
      "The first network's hidden units were linear. What can such a network not compute, however many hidden units it is given?",
    exercise: null,
    checks: [
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'linear layers collapse into one',
            points: 1,
            lookFor:
              'A linear map of a linear map is again a linear map: the hidden layer could be multiplied into the output layer, and the network equals a softmax regression from pixels to digits.',
          },
          {
            concept: 'only linear boundaries between classes',
            points: 1,
            lookFor:
              'Each pair of digits is separated by a flat boundary (a hyperplane) in pixel space; combinations of pixels such as "this one or that one but not both" (XOR) are out of reach.',
          },
        ],
      },
    ],
  },
  {
    id: 'q8',
    number: 8,
    title: 'Training history of the rectified network',
    prompt:
      'Plot the training history of the second network in the same way: loss and accuracy after each epoch, for the training and the validation images.',
    exercise: 'mnist-mlp-relu',
    checks: [{ kind: 'plot', points: 1 }],
  },
  {
    id: 'q9',
    number: 9,
    title: 'Comparing the two histories',
    prompt:
      'Set the two training histories side by side. What is different on the training images, and what on the validation images? What follows for how well the second network generalises?',
    exercise: 'mnist-mlp-relu',
    checks: [
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'describes the difference',
            points: 1,
            lookFor:
              'All curves are better than before. Training accuracy goes on rising, past 0.99; validation accuracy levels off between 0.975 and 0.98, and validation loss stops falling around the middle of the training and then creeps up.',
          },
          {
            concept: 'reads the gap',
            points: 1,
            lookFor:
              'The gap between training and validation grows, which is the beginning of overfitting. Full marks need both halves: the network fits the training images better than unseen ones, and it is still clearly better on unseen images than the linear network.',
          },
        ],
      },
    ],
  },
  {
    id: 'q10',
    number: 10,
    title: 'Test accuracy of the rectified network',
    prompt:
      "What accuracy does the second network reach on the test images, and how does that compare with the first network's? Explain the difference.",
    exercise: 'mnist-mlp-relu',
    checks: [
      { kind: 'architecture', points: 1 },
      { kind: 'metric-in-band', points: 1 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'compares the two numbers',
            points: 1,
            lookFor:
              'States that the second network is better by five to six percentage points, or that it makes less than a third of the mistakes.',
          },
          {
            concept: 'explains by the non-linearity',
            points: 1,
            lookFor:
              'Rectified units let the hidden layer respond to combinations of pixels, so the boundaries between digits can bend. That it "trained better" is a description and not a reason; both networks have equally many parameters.',
          },
        ],
      },
    ],
  },
];
