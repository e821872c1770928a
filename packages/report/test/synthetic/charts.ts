import { drawAccuracyStrip } from '../../src/plots/accuracy-strip.ts';
import type { Chart } from '../../src/plots/chart.ts';
import { drawConfusionMatrix } from '../../src/plots/confusion-matrix.ts';
import { drawQuestionDifficulty } from '../../src/plots/question-difficulty.ts';
import { drawScoreDistribution } from '../../src/plots/score-distribution.ts';
import { drawTrainingCurves } from '../../src/plots/training-curves.ts';
import { drawTrialCurves } from '../../src/plots/trial-curves.ts';
import { reluTrials, syntheticHistory, syntheticLab } from './lab.ts';

/** One chart of every kind, from made-up data. */
export function everyChart(): Chart[] {
  const bands = syntheticLab.exercises[1]?.bands ?? null;
  const trials = bands?.trials.map(({ accuracy }) => accuracy) ?? [];
  const bound = bands?.test.accuracyLower ?? null;
  const strip = (id: string, values: readonly number[]): Chart =>
    drawAccuracyStrip({
      id,
      trials,
      bound,
      marked: values.map((value) => ({ label: 'This model', value })),
      markedName: 'models',
    });
  const [accuracy, , , valLoss] = drawTrainingCurves({
    id: 'training',
    history: syntheticHistory(5, 0.88, 0.977),
    bands,
  });
  const [runs] = drawTrialCurves({ id: 'trials', results: reluTrials, bands });
  const [alone] = drawTrainingCurves({
    id: 'alone',
    history: syntheticHistory(5, 0.88, 0.977),
    bands: null,
  });
  return [
    ...[accuracy, valLoss, runs, alone].filter((chart) => chart !== undefined),
    strip('strip-inside', [0.9771]),
    strip('strip-far-below', [0.1009]),
    strip('strip-class', [0.12, 0.965, 0.9701, 0.9752, 0.9755, 0.9781]),
    strip('strip-trials', []),
    drawConfusionMatrix({
      id: 'confusion',
      confusion: [
        [95, 1, 4],
        [0, 88, 12],
        [2, 0, 98],
      ],
      classes: ['cat', 'dog', 'ship'],
    }),
    drawScoreDistribution({ id: 'scores', scores: [0, 3.5, 8, 8, 9, 12, 16, 16], max: 16 }),
    drawQuestionDifficulty({
      id: 'difficulty',
      questions: [
        { id: 'q1', number: 1, title: 'Read the data', given: 0.2, pending: 0.8 },
        { id: 'q2', number: 2, title: 'Build it', given: 0.55, pending: 0 },
        { id: 'q3', number: 3, title: 'Explain it', given: 0, pending: 0 },
      ],
    }),
  ];
}
