import type { CheckSpec, Exercise, Lab, Question } from '@labproof/lab';
import type { InputScale, ModelPlan } from '@labproof/core';
import type {
  Answer,
  AnswerPicture,
  HistoryReading,
  PlaygroundFile,
  Refusal,
  SubmittedModel,
} from '@labproof/submission';
import type { CheckOutcome, Outcome } from '../grade/outcome.ts';
import type { Evidence } from '../grade/evidence.ts';
import type { EvaluationResult, GradingDataset } from '../evaluation/evaluate-model.ts';
import type { Reproduction } from './reproduction-trials.ts';

/** What is known about a submission for one question. Checks are functions of a specification and this. */
export interface CheckContext {
  readonly lab: Lab;
  readonly question: Question;
  readonly exercise: Exercise | null;
  /** `null` when the question's label stands nowhere in the answers. */
  readonly answer: Answer | null;
  /** Answers to other questions about the same exercise, and text that belongs to no question; in their order. */
  readonly related: readonly Answer[];
  /** Answers files that could not be read. */
  readonly answersRefused: Refusal | null;
  readonly pictures: readonly AnswerPicture[];
  /** The model handed in for the exercise. */
  readonly model: SubmittedModel | null;
  /** How the pixels are scaled for this model. */
  readonly scale: { readonly value: InputScale; readonly declared: boolean };
  /** The training history that came as a file of its own. */
  readonly history: HistoryReading | null;
  /** What re-training the submitted recipe gave; `null` where nobody re-trained it. */
  readonly reproduction: Reproduction | null;
  /** Settings of the playground that came as a file of their own. */
  readonly playgroundFile: PlaygroundFile | null;
  /** The answer to another question; `null` where there is none. */
  answerOf(question: string): Answer | null;
  /** The exercise's own network. */
  reference(): ModelPlan;
  dataset(): GradingDataset;
  /** The model on the test set. Only for a model that was read; results are kept. */
  evaluate(scale: InputScale): EvaluationResult;
}

export type SpecOf<Kind extends CheckSpec['kind']> = Extract<CheckSpec, { kind: Kind }>;

/** What a check concludes, before points are given. */
export interface Verdict {
  /** `partial` is half of the points. */
  readonly outcome: Outcome;
  readonly message: string;
  readonly advice: string | null;
  readonly evidence: readonly Evidence[];
}

/** Turns a verdict into an outcome: full points for `passed`, half for `partial`, none decided where a human or we have to act, else zero. */
export function settle(spec: CheckSpec, verdict: Verdict): CheckOutcome {
  const { outcome, message, advice, evidence } = verdict;
  const undecided = outcome === 'needs-review' || outcome === 'broken';
  return {
    check: checkName(spec),
    outcome,
    points: undecided ? null : spec.points * (SHARE[outcome] ?? 0),
    max: spec.points,
    message,
    advice,
    evidence: [...evidence],
  };
}

/** Shares of the points; every other outcome gives none. */
const SHARE: Partial<Record<Outcome, number>> = { passed: 1, partial: 0.5 };

/** The kind of a check, with what tells it from others of its kind behind a colon. */
export function checkName(spec: CheckSpec): string {
  switch (spec.kind) {
    case 'claim-against-weights':
    case 'claim-against-output':
      return `${spec.kind}:${spec.metric}`;
    case 'contradiction':
      return `${spec.kind}:${spec.metric}:${spec.other}`;
    default:
      return spec.kind;
  }
}

const ON_TEST_IMAGES: ReadonlySet<CheckSpec['kind']> = new Set<CheckSpec['kind']>([
  'metric-in-band',
  'claim-against-weights',
  'misclassified-count',
  'confusion-matrix',
  'not-too-good',
  'reproduction',
]);

/** Whether a check of this kind evaluates the model on the test images. */
export function needsTestImages({ kind }: CheckSpec): boolean {
  return ON_TEST_IMAGES.has(kind);
}

/** Verdict when nothing was written, or when what was written could not be read; `null` when there is an answer. */
export function withoutAnswer(context: CheckContext, what: string): Verdict | null {
  const { answer, answersRefused, question } = context;
  if (answer !== null && (answer.text !== '' || answer.images.length > 0)) return null;
  if (answersRefused !== null) {
    return {
      outcome: 'refused',
      message: answersRefused.message,
      advice: answersRefused.fix,
      evidence: [],
    };
  }
  return {
    outcome: 'missing',
    message:
      answer === null
        ? `No answer to question ${question.number} was found: no heading "Question ${question.number}" and no text of it.`
        : `Question ${question.number} is there, but nothing is written under it.`,
    advice: `Write ${what} under the heading "Question ${question.number}".`,
    evidence: [],
  };
}

/** Verdict when there is no model to look at; `null` when there is one. */
export function withoutModel(context: CheckContext, consequence: string): Verdict | null {
  const { model, exercise } = context;
  const id = exercise?.id ?? '';
  if (model === null) {
    return {
      outcome: 'missing',
      message: `No model for ${id} was handed in, so ${consequence}.`,
      advice: `Save the trained model with model.save("${id}.keras") and hand it in as models/${id}.keras; a .h5, or a TensorFlow.js model.json with its .bin files, will do as well.`,
      evidence: [],
    };
  }
  if (model.state === 'read') return null;
  return {
    outcome: 'refused',
    message: `The model for ${id} could not be read, so ${consequence}. ${model.refusal.message}`,
    advice: model.refusal.fix,
    evidence: [],
  };
}

/** Verdict on a model that was read and cannot be evaluated by its own fault. */
export function notEvaluated({ message, fix }: Refusal): Verdict {
  return { outcome: 'failed', message, advice: fix, evidence: [] };
}

/** Share of the test images that another framework's arithmetic may decide otherwise: one in 2,000. */
export const DECIDED_OTHERWISE = 0.0005;

/** So many of `total` test images may be decided otherwise by another framework; at least one. */
export function imagesDecidedOtherwise(total: number): number {
  return Math.max(1, Math.round(DECIDED_OTHERWISE * total));
}
