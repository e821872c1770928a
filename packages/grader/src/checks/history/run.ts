import type { Bands } from '@labproof/core';
import { predictionFactor, type Spread } from '@labproof/core/statistics';
import type { Evidence } from '../../grade/evidence.ts';
import { formatCount, formatDecimal, formatPlural } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { refused, withoutAnswer } from '../shared/absent.ts';

/** The last epoch of a training, and how many there were. */
interface Training {
  readonly planned: number | null;
  readonly run: number;
  /** Where the log tells of every tenth epoch only, up to how many may have run. */
  readonly runAtMost: number;
  readonly stopped: 'early-stopping' | 'interrupted' | null;
  readonly last: Readonly<Record<Curve, number | null>>;
  readonly source: string;
}

type Curve = 'loss' | 'accuracy' | 'valLoss' | 'valAccuracy';
const CURVES: readonly {
  readonly curve: Curve;
  readonly name: string;
  readonly unit: 'loss' | 'accuracy';
}[] = [
  { curve: 'loss', name: 'training loss', unit: 'loss' },
  { curve: 'accuracy', name: 'training accuracy', unit: 'accuracy' },
  { curve: 'valLoss', name: 'validation loss', unit: 'loss' },
  { curve: 'valAccuracy', name: 'validation accuracy', unit: 'accuracy' },
];

/**
 * A value is plausible within this many standard deviations of the reference runs or more, and at least this far (other
 * frameworks initialise and sum otherwise): wide enough that honest work is not sent to a reader.
 */
const DEVIATIONS = 6;
/** With few runs the deviation itself is uncertain: one honest value in so many lies beyond, at most, if they are normal. */
const HONEST_ONE_IN = 2000;
const LEAST_REACH = { accuracy: 0.01, loss: 0.05 } as const;

/** Did the training run as the exercise says, and are its last values such as that training gives? */
export function checkHistory(context: CheckContext): Verdict {
  const { exercise, history } = context;
  if (exercise === null) throw new Error('a history check without an exercise');
  if (history !== null && history.refused !== null) {
    return refused(history.refused, history.refused.message);
  }
  const training = trainingOf(context);
  if (training === null) {
    const absent = withoutAnswer(context, 'the training log');
    return absent?.outcome === 'refused' || absent?.outcome === 'needs-review'
      ? absent
      : {
          outcome: 'missing',
          message: `No training log for ${exercise.id} was handed in: neither a file nor printed output.`,
          advice: `Hand in histories/${exercise.id}.csv with a column each for loss, accuracy, val_loss and val_accuracy, or a document with the output of the training.`,
          evidence: [],
        };
  }
  const { epochs, earlyStopping } = exercise.recipe;
  const { planned, run, runAtMost, stopped, source } = training;
  const evidence: Evidence[] = [
    { kind: 'measurement', label: `Epochs run (${source})`, value: run, unit: 'count' },
    ...(planned === null
      ? []
      : [{ kind: 'measurement', label: 'Epochs planned', value: planned, unit: 'count' } as const]),
  ];
  const mayStop = earlyStopping !== undefined && stopped !== 'interrupted';
  const ranAsAsked = (run <= epochs && epochs <= runAtMost) || (mayStop && run < epochs);
  if (!ranAsAsked || (planned !== null && planned !== epochs)) {
    return {
      outcome: 'failed',
      message: `Asked are ${formatPlural(epochs, 'epoch')}; ${planned === null || planned === run ? '' : `${formatPlural(planned, 'epoch')} were planned and `}${formatPlural(run, 'epoch')} ran${stopped === 'interrupted' ? ', and then the training was interrupted' : stopped === 'early-stopping' ? ', and then it was stopped early' : ''}.`,
      advice: `Train for ${formatPlural(epochs, 'epoch')} and hand in the log of that training.`,
      evidence: [
        ...evidence,
        { kind: 'difference', label: 'epochs', expected: String(epochs), found: String(run) },
      ],
    };
  }
  const claimed = claimedEpochs(context.answer?.text ?? '');
  if (
    claimed.length > 0 &&
    !claimed.some(({ epochs: count }) => run <= count && count <= runAtMost)
  ) {
    const [first] = claimed;
    return {
      outcome: 'needs-review',
      message: `The answer speaks of ${formatPlural(first?.epochs ?? 0, 'epoch')}, and the log has ${run}; this needs manual grading.`,
      advice: null,
      evidence: [
        { kind: 'text', label: 'Read in the answer', text: first?.text ?? '' },
        ...evidence,
      ],
    };
  }
  const strange = exercise.bands === null ? [] : implausible(training, exercise.bands, epochs);
  const [first] = strange;
  if (first !== undefined) {
    return {
      outcome: 'needs-review',
      message: `The log has ${formatPlural(run, 'epoch')}, but its last ${first.label} of ${formatDecimal(first.value)} is not what this recipe gives (${formatDecimal(first.from)} to ${formatDecimal(first.to)}); this needs manual grading.`,
      advice: 'Hand in the log of the very training whose model you hand in.',
      evidence: [...evidence, ...strange.flatMap((item) => item.evidence)],
    };
  }
  const tells = run === epochs && CURVES.some(({ curve }) => training.last[curve] !== null);
  return {
    outcome: 'passed',
    message: `${formatPlural(runAtMost === run ? run : epochs, 'epoch')} ran, as asked${exercise.bands === null || !tells ? '' : ', and the last values are such as this recipe gives'}.`,
    advice: null,
    evidence,
  };
}

/** The file before the output of the question's own answer before that of answers about the same exercise. */
function trainingOf({ history, answer, related }: CheckContext): Training | null {
  const epochs = history?.epochs ?? [];
  const end = epochs.at(-1);
  if (history !== null && end !== undefined) {
    return {
      planned: null,
      run: epochs.length,
      runAtMost: epochs.length,
      stopped: null,
      last: end,
      source: history.path,
    };
  }
  for (const { histories } of [...(answer === null ? [] : [answer]), ...related]) {
    const printed = histories.at(-1);
    const last = printed?.epochs.at(-1);
    if (printed === undefined || last === undefined) continue;
    const { planned, run, runAtMost = run, stopped } = printed;
    return { planned, run, runAtMost, stopped, last, source: 'printed output' };
  }
  return null;
}

interface Implausible {
  readonly label: string;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly evidence: Evidence[];
}

function implausible({ last, run }: Training, bands: Bands, planned: number): Implausible[] {
  const reference = bands.epochs.find(({ epoch }) => epoch === run);
  if (reference === undefined || run !== planned) return [];
  return CURVES.flatMap(({ curve, name, unit }): Implausible[] => {
    const [value, spread] = [last[curve], reference[curve]];
    if (value === null || spread === null) return [];
    const deviations = deviationsFor(bands.n);
    const { from, to } = reach(spread, unit, deviations);
    if (value >= from && value <= to) return [];
    const bound = (side: 'lower' | 'upper', at: number): Evidence => ({
      kind: 'bound',
      label: `${side === 'lower' ? 'Lowest' : 'Highest'} plausible ${name}`,
      value: at,
      unit,
      side,
      source: `${formatDecimal(deviations, 1)} standard deviations around the mean of the reference runs, at least ${LEAST_REACH[unit]}; beyond lies at most 1 in ${formatCount(HONEST_ONE_IN)} honest values, if they are normal`,
      n: bands.n,
      coverage: null,
      confidence: null,
    });
    const evidence: Evidence[] = [
      { kind: 'measurement', label: `Last ${name}`, value, unit },
      bound('lower', from),
      bound('upper', to),
    ];
    return [{ label: name, value, from, to, evidence }];
  });
}

/** Student's t of a prediction from so many runs. */
function deviationsFor(n: number): number {
  return n < 2 ? DEVIATIONS : Math.max(DEVIATIONS, predictionFactor(n, 1 / HONEST_ONE_IN));
}

function reach(
  { mean, sd, min, max }: Spread,
  unit: 'accuracy' | 'loss',
  deviations: number,
): { from: number; to: number } {
  const width = Math.max(deviations * sd, LEAST_REACH[unit]);
  return { from: Math.min(min, mean - width), to: Math.max(max, mean + width) };
}

/** "trained for 15 epochs": whole numbers before the word; "epoch 15" names one epoch and is no count. */
function claimedEpochs(text: string): { epochs: number; text: string }[] {
  return [...text.matchAll(/(?<![\d.,/–-])(?<count>\d{1,5})\s+(?:training\s+)?epochs\b/giu)].map(
    (match) => ({
      epochs: Number(match.groups?.['count']),
      text: text.slice(Math.max(0, match.index - 60), match.index + match[0].length + 60),
    }),
  );
}
