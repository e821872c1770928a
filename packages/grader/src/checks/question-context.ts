import { type Exercise, type Lab, type Question, exercisesOf, isOpenExercise } from '@labproof/lab';
import { planModel } from '@labproof/core';
import {
  type Answer,
  type AnswerPicture,
  type HistoryReading,
  type PlaygroundFile,
  type Refusal,
  type SubmittedModel,
  answerTo,
} from '@labproof/submission';
import type { Evaluator } from '../evaluation/evaluator.ts';
import type { CheckContext, PlaygroundRunner, RecipeTrainer } from './check-context.ts';
import { graderError } from '../errors.ts';
import { checkKinds } from './registry.ts';

/** What was read of a submission as a whole. */
export interface SubmissionReading {
  readonly lab: Lab;
  readonly answers: readonly Answer[];
  readonly answersRefused: Refusal | null;
  /** Questions to which copies of the answers say different things, and why. */
  readonly contested: ReadonlyMap<string, Refusal>;
  /** By question. */
  readonly pictures: ReadonlyMap<string, readonly AnswerPicture[]>;
  /** By exercise. */
  readonly models: ReadonlyMap<string, SubmittedModel>;
  readonly histories: ReadonlyMap<string, HistoryReading>;
  readonly evaluator: Evaluator;
  readonly playgroundFile: PlaygroundFile | null;
  readonly trainer: RecipeTrainer | null;
  readonly playground: PlaygroundRunner | null;
}

/** What checks of one question may know. */
export function checkContext(question: Question, reading: SubmissionReading): CheckContext {
  const { lab, answers, models, evaluator } = reading;
  const allowed = exercisesOf(question);
  const chosen = allowed.find((id) => models.has(id)) ?? allowed[0];
  const exercise = lab.exercises.find(({ id }) => id === chosen) ?? null;
  const needed = (): Exercise => {
    if (exercise !== null) return exercise;
    throw graderError('question-without-exercise', {
      message: `Question ${question.number} has a check that needs an exercise, but it names none.`,
      fix: 'Name the exercise in the lab.',
    });
  };
  return {
    lab,
    question,
    exercise,
    isOpen: exercise !== null && isOpenExercise(exercise, lab, checkKinds),
    answer: answerTo(question, answers),
    related: related(question, exercise, reading),
    answersRefused: reading.contested.get(question.id) ?? reading.answersRefused,
    versions: versionsOf(question, reading),
    pictures: reading.pictures.get(question.id) ?? [],
    model: exercise === null ? null : (models.get(exercise.id) ?? null),
    scale: evaluator.scaleFor(exercise?.id ?? ''),
    history: exercise === null ? null : (reading.histories.get(exercise.id) ?? null),
    playgroundFile: reading.playgroundFile,
    trainer: reading.trainer,
    playground: reading.playground,
    answerOf: (id) => {
      const other = lab.questions.find((candidate) => candidate.id === id);
      return other === undefined ? null : answerTo(other, answers);
    },
    reference: () => planModel(needed().recipe.model),
    dataset: () => evaluator.dataset(needed()),
    evaluate: (scale) => evaluator.evaluate(needed(), scale),
  };
}

/** What copies of the answers say to a contested question; matched by its heading, since none of them was taken. */
function versionsOf(
  question: Question,
  { answers, contested }: SubmissionReading,
): readonly Answer[] {
  if (!contested.has(question.id)) return [];
  return answers.filter(({ contests }) => contests === question.id);
}

function related(
  question: Question,
  exercise: Exercise | null,
  { lab, answers }: SubmissionReading,
): readonly Answer[] {
  const others = new Set(
    lab.questions
      .filter((other) => other.id !== question.id && exercise !== null)
      .filter((other) => exercisesOf(other).includes(exercise?.id ?? ''))
      .map(({ id }) => id),
  );
  return [
    ...answers.filter((answer) => answer.question !== null && others.has(answer.question)),
    ...answers.filter((answer) => answer.question === null),
  ];
}
