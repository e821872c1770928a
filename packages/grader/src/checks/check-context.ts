import type { InputScale, ModelPlan, Recipe } from '@labproof/core';
import type { PlaygroundConfig, PlaygroundTally } from '@labproof/core/playground';
import type { Exercise, Lab, Question } from '@labproof/lab';
import type {
  Answer,
  AnswerPicture,
  HistoryReading,
  PlaygroundFile,
  Refusal,
  SubmittedModel,
} from '@labproof/submission';
import type { EvaluationResult, GradingDataset } from '../evaluation/evaluate-model.ts';
import type { ChosenScale } from '../evaluation/evaluator.ts';

/** Trains a recipe once for each seed and gives the test accuracies, in the order of the seeds. */
export type RecipeTrainer = (
  recipe: Recipe,
  seeds: readonly number[],
) => Promise<readonly number[]>;

/** A network on the playground and how often it is run, from the seeds 1, 2, …: all that its tally depends on. */
export interface PlaygroundSettings {
  readonly config: PlaygroundConfig;
  readonly epochs: number;
  readonly target: number;
  readonly runs: number;
}

/** Gives the tally of some settings, by `run` where nobody has run them yet. */
export type PlaygroundRunner = (
  settings: PlaygroundSettings,
  run: () => PlaygroundTally,
) => Promise<PlaygroundTally>;

/** What is known about a submission for one question: all that a check decides by, besides its own options. */
export interface CheckContext {
  readonly lab: Lab;
  readonly question: Question;
  readonly exercise: Exercise | null;
  /** Whether students design the exercise's network themselves. */
  readonly isOpen: boolean;
  /** `null` when the question's label stands nowhere in the answers. */
  readonly answer: Answer | null;
  /** Answers to other questions about the same exercise, and text that belongs to no question; in their order. */
  readonly related: readonly Answer[];
  /** Answers files that could not be read. */
  readonly answersRefused: Refusal | null;
  /** What copies of the answers say to this question, where they differ; else empty. */
  readonly versions: readonly Answer[];
  readonly pictures: readonly AnswerPicture[];
  /** The model handed in for the exercise. */
  readonly model: SubmittedModel | null;
  /** How the pixels are scaled for this model. */
  readonly scale: ChosenScale;
  /** The training history that came as a file of its own. */
  readonly history: HistoryReading | null;
  /** Settings of the playground that came as a file of their own. */
  readonly playgroundFile: PlaygroundFile | null;
  /** Trains recipes again; `null` where nobody does. */
  readonly trainer: RecipeTrainer | null;
  /** Who knows what others' claims of the same settings came to; `null` where every claim is run for itself. */
  readonly playground: PlaygroundRunner | null;
  /** The answer to another question; `null` where there is none. */
  answerOf(question: string): Answer | null;
  /** The exercise's own network. */
  reference(): ModelPlan;
  dataset(): GradingDataset;
  /** The model on the test set. Only for a model that was read; results are kept. */
  evaluate(scale: InputScale): EvaluationResult;
}
