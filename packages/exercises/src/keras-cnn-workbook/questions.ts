import type { Question } from '@labproof/lab';

/** Both readings of the second convolution are right. */
const EITHER = { exercise: 'mnist-cnn-5x5', alternatives: ['mnist-cnn-2x2'] };

/** Tasks a to e. */
export const questions: readonly Question[] = [
  {
    id: 'q1',
    number: 1,
    title: 'Task a: test loss and accuracy',
    prompt:
      'Let Keras evaluate your trained network on the test images. What loss and what accuracy does it print?',
    ...EITHER,
    checks: [
      { kind: 'architecture', points: 1 },
      { kind: 'metric-in-band', points: 1 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
      { kind: 'claim-against-weights', metric: 'loss', points: 1 },
    ],
  },
  {
    id: 'q2',
    number: 2,
    title: 'Task b: how many are wrong',
    prompt:
      'How many of the 10,000 test images does your network classify wrongly? Say how you counted them, and check the count against the accuracy of task a. For comparison, the best error rate that the workbook quotes from the literature is 0.23 %.',
    ...EITHER,
    checks: [
      { kind: 'misclassified-count', points: 1 },
      {
        kind: 'free-text',
        points: 1,
        rubric: [
          {
            concept: 'a count that was counted, and fits the accuracy',
            points: 0.5,
            lookFor:
              'Predictions compared with labels, image by image (argmax, not the one-hot rows). The count is 10,000 · (1 − accuracy) of task a, exactly.',
            words: [
              'argmax',
              'compared predictions with labels',
              'not equal',
              'misclassified',
              'wrongly classified',
            ],
          },
          {
            concept: 'sets it beside 0.23 %',
            points: 0.5,
            lookFor:
              '0.23 % are 23 images. A single network of this kind makes several times as many mistakes; the quoted result came from a committee of networks.',
            words: ['0.23', '23 images', 'committee', 'ensemble', 'state of the art'],
          },
        ],
      },
    ],
  },
  {
    id: 'q3',
    number: 3,
    title: 'Task c: what the curves tell',
    prompt:
      'Plot accuracy and loss after every epoch, on the training and on the validation images. What do the curves tell about the training: would you go on, stop earlier, or change something?',
    ...EITHER,
    checks: [
      { kind: 'plot', points: 1 },
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'why validation is ahead at first',
            points: 1,
            lookFor:
              'In the first epochs validation is better than training. Training numbers are averages over the epoch while the weights still change, and dropout is on while they are taken; validation is measured afterwards and without dropout. One of the two reasons is enough.',
            words: [
              'dropout',
              'during the epoch',
              'after the epoch',
              'average over the epoch',
              'validation is higher',
              'validation above training',
            ],
          },
          {
            concept: 'a decision that the curves support',
            points: 1,
            lookFor:
              'Training goes on improving, validation levels off around 0.99 after a few epochs with small ups and downs, and its loss stops falling or creeps up: more epochs bring nothing, stopping early or more dropout would be reasonable. Very good answers add that choosing the epoch by these curves would be choosing by the test images.',
            words: [
              'early stopping',
              'stop earlier',
              'levels off',
              'plateau',
              'overfit',
              'no improvement',
              'more epochs',
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'q4',
    number: 4,
    title: 'Task d: one image and its prediction',
    prompt:
      'Show a test image of your choice and the class that the network predicts for it. State its index, what you see in it, and how sure the network is; interpret the result.',
    ...EITHER,
    checks: [
      { kind: 'plot', points: 1 },
      {
        kind: 'free-text',
        points: 1,
        rubric: [
          {
            concept: 'index, label, prediction and certainty',
            points: 0.5,
            lookFor:
              'All four are stated and agree with the picture (index 0, for example, is a 7). Certainty is the largest of the ten outputs.',
            words: ['index', 'predicted', 'probability', 'confidence', 'label'],
          },
          {
            concept: 'knows what the outputs are',
            points: 0.5,
            lookFor:
              'The network gives ten values that sum to 1, and the class is the place of the largest; a value near 1 says that the network is sure, which is not yet that it is right.',
            words: ['softmax', 'sum to 1', 'probability', 'argmax', 'largest output'],
          },
        ],
      },
    ],
  },
  {
    id: 'q5',
    number: 5,
    title: 'Task e: the images it gets wrong',
    prompt:
      'Write a piece of code that shows misclassified test images, each with its predicted and its true class. What do the mistakes have in common?',
    ...EITHER,
    checks: [
      { kind: 'plot', points: 1 },
      {
        kind: 'free-text',
        points: 2,
        rubric: [
          {
            concept: 'code that finds exactly the wrong ones',
            points: 1,
            lookFor:
              'Indices where predicted and true class differ, then those images with both classes as titles. It must work for every misclassified image, not for a list typed by hand.',
            words: ['np.where', 'nonzero', '!=', 'not equal', 'argmax'],
          },
          {
            concept: 'a pattern with examples',
            points: 1,
            lookFor:
              'Names pairs that are confused (4 and 9, 3 and 5, 2 and 7) and a reason that the pictures show: a stroke is missing, broken or too long, or a human would hesitate, too.',
            words: [
              '4 and 9',
              '3 and 5',
              '2 and 7',
              '7 and 2',
              '9 and 4',
              'ambiguous',
              'badly written',
              'handwriting',
            ],
          },
        ],
      },
    ],
  },
];
