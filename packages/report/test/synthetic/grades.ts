import type {
  CheckOutcome,
  Evidence,
  Grade,
  ModelReading,
  Outcome,
  QuestionOutcome,
} from '@labproof/grader';
import { syntheticHistory, syntheticLab } from './lab.ts';
import { digestFrom, numbersFrom, round } from './numbers.ts';

/** How one made-up student did. */
export interface Scenario {
  readonly student: string;
  readonly name: string | null;
  readonly seed: number;
  readonly accuracy: number;
  readonly claimed: number;
  readonly hidden: number;
  readonly answered: boolean;
}

function confusionOf(accuracy: number, seed: number): number[][] {
  const next = numbersFrom(seed);
  return Array.from({ length: 10 }, (_, label) => {
    const row = Array.from({ length: 10 }, (_, predicted) =>
      predicted === label ? 0 : Math.floor(next() ** 3 * (1 - accuracy) * 420),
    );
    const mistakes = row.reduce((sum, count) => sum + count, 0);
    row[label] = 1000 - mistakes;
    return row;
  });
}

function model(exercise: string, activation: string, scenario: Scenario): ModelReading {
  const { seed, hidden } = scenario;
  const accuracy = exercise.endsWith('linear') ? scenario.accuracy - 0.052 : scenario.accuracy;
  const confusion = confusionOf(accuracy, seed);
  const misclassified = confusion.reduce(
    (sum, row, label) =>
      sum + row.reduce((s, count, predicted) => s + (predicted === label ? 0 : count), 0),
    0,
  );
  const next = numbersFrom(seed + 5);
  return {
    exercise,
    path: `models/${exercise}/model.json`,
    format: 'tfjs-layers-model',
    refused: null,
    layers: [
      {
        class: 'Dense',
        name: 'dense_1',
        config: { units: hidden, activation, use_bias: true, batch_input_shape: [null, 784] },
        outputShape: [hidden],
        parameters: 785 * hidden,
      },
      {
        class: 'Dense',
        name: 'dense_2',
        config: { units: 10, activation: 'softmax', use_bias: true },
        outputShape: [10],
        parameters: (hidden + 1) * 10,
      },
    ],
    parameters: 785 * hidden + (hidden + 1) * 10,
    digest: digestFrom(seed + exercise.length),
    evaluation: {
      dataset: 'mnist',
      scale: '1/255',
      loss: round((1 - accuracy) * 3.4, 4),
      accuracy: round(1 - misclassified / 10_000, 4),
      misclassified,
      confusion,
      examples: Array.from({ length: 16 }, (_, index) => {
        const label = Math.floor(next() * 10);
        return {
          index: 100 + index * 37,
          label,
          predicted: (label + 1 + Math.floor(next() * 9)) % 10,
          confidence: round(0.9999 - index * 0.011, 4),
        };
      }),
    },
    history: syntheticHistory(seed + 31, 0.88, accuracy + 0.003),
  };
}

function check(
  kind: string,
  outcome: Outcome,
  points: number | null,
  max: number,
  message: string,
  advice: string | null,
  evidence: Evidence[],
): CheckOutcome {
  return { check: kind, outcome, points, max, message, advice, evidence };
}

function question(id: string, checks: CheckOutcome[]): QuestionOutcome {
  const spec = syntheticLab.questions.find((question) => question.id === id);
  if (spec === undefined) throw new RangeError(id);
  const waiting = checks.filter(({ outcome }) => outcome === 'needs-review');
  const worst = checks.find(({ outcome }) => outcome === 'failed' || outcome === 'missing');
  const decided = checks.reduce((sum, { points }) => sum + (points ?? 0), 0);
  const max = checks.reduce((sum, { max }) => sum + max, 0);
  const outcome: Outcome =
    waiting.length > 0
      ? 'needs-review'
      : decided === max
        ? 'passed'
        : decided > 0
          ? 'partial'
          : (worst?.outcome ?? 'failed');
  return {
    question: id,
    number: spec.number,
    title: spec.title,
    outcome,
    points: decided,
    pending: waiting.reduce((sum, { max }) => sum + max, 0),
    max,
    message: checks.map(({ message }) => message).join(' '),
    evidence: [],
    checks,
  };
}

function bandCheck(exercise: string, accuracy: number, points: number): CheckOutcome {
  const bound = syntheticLab.exercises.find(({ id }) => id === exercise)?.bands?.test.accuracyLower;
  if (bound === undefined) throw new RangeError(exercise);
  const good = accuracy >= bound.value;
  return check(
    'metric-in-band',
    good ? 'passed' : 'failed',
    good ? points : 0,
    points,
    good
      ? 'The model reaches the measured lower bound.'
      : 'The model stays below the measured lower bound.',
    good ? null : 'Train for all 12 epochs with the stated optimiser, then save the model again.',
    [
      { kind: 'measurement', label: 'Test accuracy', value: accuracy, unit: 'accuracy' },
      {
        kind: 'bound',
        label: 'Lower bound of the test accuracy',
        value: bound.value,
        unit: 'accuracy',
        side: 'lower',
        source: 'one-sided normal tolerance bound of the reference trials',
        n: bound.n,
        coverage: bound.coverage,
        confidence: bound.confidence,
      },
    ],
  );
}

function claimCheck(claimed: number, measured: number): CheckOutcome {
  const agrees = Math.abs(claimed - measured) <= 0.000_05;
  return check(
    'claim-against-weights:accuracy',
    agrees ? 'passed' : 'failed',
    agrees ? 1 : 0,
    1,
    agrees
      ? 'The stated accuracy is what the submitted weights give.'
      : 'The stated accuracy is not what the submitted weights give.',
    agrees ? null : 'Evaluate the model that you hand in, and report that number.',
    [
      { kind: 'text', label: 'Read in answers.md', text: `Test accuracy: ${claimed}` },
      { kind: 'measurement', label: 'Claimed', value: claimed, unit: 'accuracy' },
      {
        kind: 'measurement',
        label: 'Measured from the weights',
        value: measured,
        unit: 'accuracy',
      },
      {
        kind: 'bound',
        label: 'Allowed difference',
        value: 0.000_05,
        unit: 'accuracy',
        side: 'tolerance',
        source: 'half a unit of the last decimal that the answer states',
        n: null,
        coverage: null,
        confidence: null,
      },
    ],
  );
}

const PROSE = [
  'The hidden layer stays **linear**, so the whole network is one linear map:',
  '',
  '$$ \\hat y = \\mathrm{softmax}(W_2 (W_1 x + b_1) + b_2) $$',
  '',
  'With ReLU, $\\max(0, x)$, it can bend. The gap is about 5 points:',
  '',
  '| model | accuracy |',
  '|---|---|',
  '| linear | 0.9232 |',
  '| relu | 0.9763 |',
  '',
  '```r',
  'model %>% fit(x, y, epochs = 12, batch_size = 128)',
  '```',
].join('\n');

/** A complete made-up grade. */
export function syntheticGrade(scenario: Scenario): Grade {
  const { seed, hidden, claimed, answered } = scenario;
  const linear = model('mnist-mlp-linear', 'linear', scenario);
  const relu = model('mnist-mlp-relu', 'relu', scenario);
  const linearAccuracy = linear.evaluation?.accuracy ?? 0;
  const reluAccuracy = relu.evaluation?.accuracy ?? 0;
  const asked = hidden === 256;
  const architecture = (points: number): CheckOutcome =>
    check(
      'architecture',
      asked ? 'passed' : 'failed',
      asked ? points : 0,
      points,
      asked
        ? 'The layers are those of the lab.'
        : 'The hidden layer has another size than the lab asks for.',
      asked ? null : 'Give the hidden layer 256 units.',
      [
        {
          kind: 'measurement',
          label: 'Parameters',
          value: relu.parameters ?? 0,
          unit: 'parameters',
        },
        ...(asked
          ? []
          : [
              {
                kind: 'difference' as const,
                label: 'units of layer 1',
                expected: '256',
                found: String(hidden),
              },
            ]),
      ],
    );
  const outcomes = [
    question('q1', [
      answered
        ? check(
            'free-text',
            'needs-review',
            null,
            2,
            'A reader decides; the rubric names what to look for.',
            null,
            [
              { kind: 'text', label: 'Your answer', text: PROSE },
              { kind: 'measurement', label: 'Length', value: 48, unit: 'words' },
              {
                kind: 'rubric',
                items: [
                  { concept: 'shape', points: 1, lookFor: '60,000 images of 28 × 28 pixels' },
                  { concept: 'labels', points: 1, lookFor: 'ten classes, one-hot vectors' },
                ],
              },
            ],
          )
        : check(
            'free-text',
            'missing',
            0,
            2,
            'No answer to this question was found in answers.md.',
            'Write the answer under a heading "Question 1".',
            [],
          ),
    ]),
    question('q2', [architecture(3)]),
    question('q3', [
      bandCheck('mnist-mlp-linear', linearAccuracy, 2),
      claimCheck(linearAccuracy, linearAccuracy),
    ]),
    question('q4', [
      check('number', 'passed', 1, 1, 'A time is stated; nobody can check it afterwards.', null, [
        { kind: 'text', label: 'Read in answers.md', text: 'about 5 s per epoch' },
        { kind: 'measurement', label: 'Stated', value: 5, unit: 'seconds' },
      ]),
    ]),
    question('q5', [
      check('plot', 'passed', 1, 1, 'An image is there and shows something.', null, [
        { kind: 'image', path: 'figures/curves.png', width: 640, height: 480, blank: false },
      ]),
    ]),
    question('q6', [
      architecture(2),
      bandCheck('mnist-mlp-relu', reluAccuracy, 3),
      claimCheck(claimed === 0 ? reluAccuracy : claimed, reluAccuracy),
    ]),
  ];
  const pending = outcomes.reduce((sum, { pending }) => sum + pending, 0);
  return {
    student: scenario.student,
    name: scenario.name,
    score: outcomes.reduce((sum, { points }) => sum + (points ?? 0), 0),
    pending,
    max: outcomes.reduce((sum, { max }) => sum + max, 0),
    status: pending > 0 ? 'needs-review' : 'final',
    problem: null,
    lab: { id: syntheticLab.id, title: syntheticLab.title, version: syntheticLab.version },
    outcomes,
    files: [
      {
        path: 'answers.md',
        role: 'answers',
        matched: ['q1', 'q3', 'q4', 'q6'],
        why: 'it has headings that name questions',
      },
      {
        path: 'models/mnist-mlp-linear/model.json',
        role: 'model',
        matched: ['mnist-mlp-linear'],
        why: 'its folder is named after the exercise',
      },
      {
        path: 'models/mnist-mlp-linear/group1-shard1of1.bin',
        role: 'weights',
        matched: ['mnist-mlp-linear'],
        why: 'model.json lists it',
      },
      {
        path: 'models/mnist-mlp-relu/model.json',
        role: 'model',
        matched: ['mnist-mlp-relu'],
        why: 'its folder is named after the exercise',
      },
      {
        path: 'models/mnist-mlp-relu/group1-shard1of1.bin',
        role: 'weights',
        matched: ['mnist-mlp-relu'],
        why: 'model.json lists it',
      },
      {
        path: 'models/mnist-mlp-relu/history.csv',
        role: 'history',
        matched: ['mnist-mlp-relu'],
        why: 'it lies beside the model',
      },
      { path: 'figures/curves.png', role: 'image', matched: ['q5'], why: 'answers.md shows it' },
      {
        path: '.DS_Store',
        role: 'ignored',
        matched: [],
        why: 'the operating system left it there',
      },
    ],
    models: [linear, relu],
    answers: [
      { question: 'q1', heading: 'Question 1', text: answered ? PROSE : '' },
      { question: null, heading: 'Remarks', text: 'I worked alone.' },
    ],
    provenance: {
      labproof: '0.1.0',
      arithmetic: 'f32-1',
      submissionDigest: digestFrom(seed + 900),
      dataDigests: { mnist: digestFrom(2) },
    },
  };
}

/** A submission that could not be read, or that broke the grader. */
export function unreadGrade(
  student: string,
  status: 'refused' | 'broken',
  problem: NonNullable<Grade['problem']>,
): Grade {
  const whole = syntheticGrade({
    student,
    name: null,
    seed: 1,
    accuracy: 0.9,
    claimed: 0,
    hidden: 256,
    answered: false,
  });
  return {
    ...whole,
    score: status === 'broken' ? null : 0,
    pending: 0,
    status,
    problem,
    outcomes: [],
    files: [],
    models: [],
    answers: [],
  };
}

export const excellent: Scenario = {
  student: 's1024',
  name: 'Ada Example',
  seed: 11,
  accuracy: 0.9779,
  claimed: 0,
  hidden: 256,
  answered: true,
};

export const contradicting: Scenario = {
  student: 's1031',
  name: 'Björn Šampl',
  seed: 23,
  accuracy: 0.9412,
  claimed: 0.9763,
  hidden: 128,
  answered: false,
};

/** A class of sixteen with every status. */
export function syntheticClass(): Grade[] {
  const next = numbersFrom(77);
  const grades = Array.from({ length: 14 }, (_, index) =>
    syntheticGrade({
      student: `s${1100 + index}`,
      name: index % 4 === 3 ? null : `Student Number ${index + 1}`,
      seed: 300 + index * 13,
      accuracy: 0.955 + next() * 0.024,
      claimed: index % 5 === 2 ? 0.9763 : 0,
      hidden: index % 6 === 4 ? 128 : 256,
      answered: index % 4 !== 1,
    }),
  );
  return [
    ...grades,
    unreadGrade('s1200', 'refused', {
      code: 'submission-empty',
      message: 'The folder holds no file.',
      fix: 'Hand in answers.md and the models.',
    }),
    unreadGrade('s1201', 'broken', {
      code: 'grade/internal',
      message: 'The grader stopped while it read this submission: the disk is full.',
      fix: 'Make room and grade this submission again.',
    }),
  ];
}

/** Made-up pictures for the misclassified examples of a grade: a ring on black, one for each example. */
export function syntheticImages(
  grade: Grade,
): Record<
  string,
  { index: number; pixels: Uint8Array; height: number; width: number; channels: number }[]
> {
  return Object.fromEntries(
    grade.models.map(({ exercise, evaluation }) => [
      exercise,
      (evaluation?.examples ?? []).map(({ index, label }) => ({
        index,
        height: 28,
        width: 28,
        channels: 1,
        pixels: Uint8Array.from({ length: 784 }, (_, position) => {
          const x = (position % 28) - 13.5;
          const y = Math.floor(position / 28) - 13.5;
          const ring = Math.abs(Math.sqrt(x * x + y * y * (0.5 + label / 10)) - 7);
          return ring < 1 ? 255 : ring < 2.4 ? 140 : 0;
        }),
      })),
    ]),
  );
}
