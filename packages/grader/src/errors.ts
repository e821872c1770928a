import { errorCatalogue } from '@labproof/core';

/** The errors of checking and grading a submission. */
export const graderErrors = errorCatalogue([
  {
    owner: 'student',
    area: 'Submission',
    codes: {
      'submission-empty': {
        means: 'There is no file that can be graded.',
        fix: 'Hand in answers, plots and models, and look into the folder before uploading it.',
      },
    },
  },
  {
    owner: 'student',
    area: 'Models',
    codes: {
      'check-stopped': {
        means:
          'One check of an answer took more time or memory than grading has; this needs manual grading ([limits](limits.md)).',
        fix: 'Hand in shorter answers, without large data in them.',
      },
      'evaluation-budget': {
        means:
          'Evaluating the models of a submission takes more arithmetic than it may; this needs manual grading ([limits](limits.md)).',
        fix: 'Hand in the networks that the exercises describe, each once.',
      },
      'evaluation-stopped': {
        means:
          'Evaluating a model took more time or memory than grading has; this needs manual grading ([limits](limits.md)).',
        fix: 'Hand in the network that the exercise describes.',
      },
      'model-input-size': {
        means: 'The model takes another number of values than an image has.',
        fix: 'Train on the data of the exercise.',
      },
      'model-not-finite': {
        means: 'Weights are NaN or infinite: training diverged.',
        fix: 'Train again and look at the loss after every epoch.',
      },
      'model-output-size': {
        means: 'The outputs are not as many as the classes.',
        fix: 'End the network with a layer of that many units.',
      },
      'model-overflows': {
        means: 'The loss on the test set is no finite number.',
        fix: 'Train with a smaller learning rate.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Labs and bands',
    codes: {
      'check-invalid': {
        means: 'A check is of no kind that there is, or has options that its kind does not know.',
        fix: 'Correct the lab; `labproof labs` names every place.',
      },
      'playground-unknown': {
        means: 'A check names a playground exercise that the lab does not have.',
        fix: 'Correct the lab.',
      },
      'question-without-exercise': {
        means: 'A check needs an exercise and its question names none.',
        fix: 'Name it in the lab.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Training',
    codes: {
      'tensorflow-js-needed': {
        means: 'A submitted layer is evaluated by TensorFlow.js, which is not installed.',
        fix: 'Install it as the message says, and grade again.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Data',
    codes: {
      'dataset-not-loaded': {
        means: 'A check needs data that were not loaded.',
        fix: 'Run `labproof datasets pull`, then grade again.',
      },
    },
  },
]);

export const graderError: typeof graderErrors.error = graderErrors.error;
