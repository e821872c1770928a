import { drawAccuracyStrip } from '../../src/plots/accuracy-strip.ts';
import { logScale } from '../../src/plots/scales.ts';
import type { Chart } from '../../src/plots/chart.ts';
import { drawConfusionMatrix } from '../../src/plots/confusion-matrix.ts';
import { drawDecisionBoundary } from '../../src/plots/decision-boundary.ts';
import { drawDriftCurve } from '../../src/plots/drift-curve.ts';
import { drawQuestionDifficulty } from '../../src/plots/question-difficulty.ts';
import { drawScoreDistribution } from '../../src/plots/score-distribution.ts';
import { drawSweepCurve } from '../../src/plots/sweep-curve.ts';
import { drawTimingStrip } from '../../src/plots/timing-strip.ts';
import { drawTrainingCurves } from '../../src/plots/training-curves.ts';
import { drawTrialCurves } from '../../src/plots/trial-curves.ts';
import { syntheticGrid, syntheticPoints } from './boundary.ts';
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
  const [stuckRuns] = drawTrialCurves({
    id: 'stuck',
    results: reluTrials,
    bands: null,
    stuck: [0, 3],
  });
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
    drawTimingStrip({
      id: 'times',
      timings: [3.1, 3.3, 2.9, 3.2, 4.8].map((seconds, index) => ({
        label: `Seed ${index + 1}`,
        seconds,
      })),
    }),
    drawSweepCurve({
      id: 'sweep',
      title: 'Test error',
      axis: 'Hidden units',
      measure: 'error',
      points: [
        { value: 2, runs: [0.33, 0.36, 0.41], mean: null },
        { value: 16, runs: [0.049, 0.051], mean: null },
        { value: 128, runs: [], mean: 0.022 },
      ],
      scale: logScale([0.022, 0.41]),
    }),
    drawDriftCurve({
      id: 'drift',
      title: 'mnist-mlp-relu',
      points: [
        { date: '2026-02-27', change: 0.3, moved: false },
        { date: '2026-02-28', change: -0.4, moved: false },
        { date: '2026-03-01', change: -1.9, moved: true },
      ],
    }),
    drawDecisionBoundary({
      id: 'boundary',
      title: 'What the network says over its inputs',
      grid: syntheticGrid(),
      points: syntheticPoints(),
    }),
    ...(stuckRuns === undefined ? [] : [stuckRuns]),
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
