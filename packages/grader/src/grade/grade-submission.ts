import { besideUnseen } from './unseen-words.ts';
import { forAPerson, unmatchedWork, unread, withoutItsModel } from './unmatched-work.ts';
import { leftOver, mayStandElsewhere } from './left-over.ts';
import { openTensorFlow } from '../evaluation/open-tensorflow.ts';
import {
  ARITHMETIC_VERSION,
  type EvaluationTask,
  type Kernels,
  type Predictions,
} from '@labproof/core';
import type { Lab, Question } from '@labproof/lab';
import {
  DEFAULT_LIMITS,
  type FoundFile,
  type ReadingLimits,
  type SubmissionFiles,
  type SubmittedModel,
  answerPictures,
  assignModels,
  describeFiles,
  identify,
  labStructures,
  readAnswers,
  readHistories,
  type SetAside,
  shownPictures,
  submissionDigest,
  torchCode,
  withoutSetAside,
} from '@labproof/submission';
import { type SubmissionReading, checkContext } from '../checks/question-context.ts';
import type { CheckContext, PlaygroundRunner, RecipeTrainer } from '../checks/check-context.ts';
import { checkKinds } from '../checks/registry.ts';
import { runCheckWithin } from '../checks/run-check.ts';
import { type ModelTraits, modelTraits } from '../copies/submission-traits.ts';
import type { CheckOutcome } from './outcome.ts';
import type { Grade } from './grade.ts';
import { datasetsNeeded } from '../evaluation/datasets-needed.ts';
import { hiddenTest } from '../evaluation/hidden-test.ts';
import type { GradingDataset } from '../evaluation/evaluate-model.ts';
import { createEvaluator } from '../evaluation/evaluator.ts';
import { modelReading } from '../evaluation/model-reading.ts';
import { handedInPython } from './handed-in-python.ts';
import { gradeTotals, questionOutcome } from './totals.ts';
import { GRADER_VERSION } from '../version.ts';
import { GradingWork, type StoppedWork, type WorkPiece } from '../checks/stopped-work.ts';
import { refusedGrade } from './whole-grade.ts';
import { graderErrors } from '../errors.ts';

/** Everything that a grade is computed from. */
export interface GradeInput {
  readonly lab: Lab;
  readonly files: SubmissionFiles;
  /** What the files are read by; those that this version comes with, unless told. */
  readonly limits?: ReadingLimits;
  readonly kernels: Kernels;
  /** By dataset id. A dataset that is needed and not there breaks the checks that need it. */
  readonly datasets: ReadonlyMap<string, GradingDataset>;
  /** Loads a dataset when a submitted model is to be examined on it; `datasets` is not looked at then. */
  readonly loadDataset?: (id: string) => Promise<GradingDataset>;
  /** Computes what a network does on a split where there is more than one processor, to the same bits; else it is done here. */
  readonly evaluate?: (task: EvaluationTask) => Promise<Predictions>;
  readonly student: string;
  /** The student's name, where a roster has it; else `submission.json` may say it. */
  readonly name?: string | null;
  /** Trains a recipe again for the checks of reproduction; without it they go to a reader. */
  readonly trainer?: RecipeTrainer;
  /** Shares runs of playground networks among submissions; without it each claim is run for itself. */
  readonly playground?: PlaygroundRunner;
  /** Files that could not be read within what reading may take: what they may answer goes to a reader. */
  readonly setAside?: readonly SetAside[];
  /** Told when every file has been read and the checks begin. */
  readonly onRead?: () => void;
  /** Checks and evaluations that were ended from outside and are not begun again: each goes to a reader. */
  readonly stopped?: readonly StoppedWork[];
  /** Told which check or evaluation is in work; `null`: none. */
  readonly onWork?: (piece: WorkPiece | null) => void;
}

/**
 * Grades one submission: a function of the submission's bytes, the lab and the datasets. Each check stands for
 * itself; one that goes wrong takes no other with it.
 */
export async function gradeSubmission(input: GradeInput): Promise<Grade> {
  return (await gradeForComparison(input)).grade;
}

/** A grade, and what is needed of the submission to compare it with others. */
export interface ComparableGrade {
  readonly grade: Grade;
  readonly models: readonly ModelTraits[];
}

/** As `gradeSubmission`, with the traits of the models beside the grade. */
export async function gradeForComparison(input: GradeInput): Promise<ComparableGrade> {
  const { lab, student, limits = DEFAULT_LIMITS, setAside = [] } = input;
  if (input.files.files.length === 0) return { grade: emptyGrade(input), models: [] };
  const files = withoutSetAside(input.files, setAside);
  const identified = identify(files, lab, checkKinds);
  const name = input.name ?? identified.declaration?.name ?? null;
  const {
    answers,
    refusals,
    refusedFiles: refusedAnswers,
    contested,
  } = await readAnswers(
    identified.answers,
    lab,
    checkKinds,
    limits.answers,
    files.files.filter(({ path }) => path.toLowerCase().endsWith('.css')),
  );
  const models = await assignModels(identified.models, files, lab, {
    limits: limits.model,
    openForeign: openTensorFlow,
    exercises: labStructures(lab),
    code: torchCode(handedInPython(answers, files, lab)),
  });
  const pictures = answerPictures(lab, checkKinds, answers, identified.images, files);
  const histories = readHistories(identified.histories);
  input.onRead?.();
  const pieces = new GradingWork(input.stopped ?? [], input.onWork);
  const datasets = await datasetsFor(input, models.byExercise);
  const evaluator = createEvaluator({
    ...input,
    datasets,
    declaration: identified.declaration,
    models: models.byExercise,
    work: limits.model.evaluationWork,
    pieces,
  });
  if (input.evaluate !== undefined) await evaluator.prepare(input.evaluate);

  const reading: SubmissionReading = {
    lab,
    answers,
    // Where copies differ, that holds for the questions in which they do.
    answersRefused: refusals.find(({ code }) => code !== 'versions-differ') ?? null,
    contested,
    pictures,
    models: models.byExercise,
    histories,
    evaluator,
    playgroundFile: identified.playgroundFile,
    trainer: input.trainer ?? null,
    playground: input.playground ?? null,
  };
  const unmatched = unmatchedWork({
    ...reading,
    refusedAnswers,
    files,
    found: identified.found,
  });
  const left = leftOver(answers, lab.questions.length);
  const graded: {
    question: Question;
    context: CheckContext;
    checks: CheckOutcome[];
  }[] = [];
  for (const question of lab.questions) {
    const context = checkContext(question, reading);
    const checks: CheckOutcome[] = [];
    for (const spec of question.checks) {
      const check = await runCheckWithin(pieces, spec, context);
      const seen = besideUnseen(check, context.answer, answers);
      const placed = mayStandElsewhere(seen, context.answer, left);
      checks.push(unread(forAPerson(placed, unmatched), setAside));
    }
    graded.push({ question, context, checks });
  }
  const all = graded.flatMap(({ checks }) => checks);
  const isAlone = all.every(({ outcome }) => outcome === 'missing');
  const outcomes = graded.map(({ question, context, checks }) =>
    questionOutcome(
      question,
      isAlone ? checks.map((check) => withoutItsModel(check, context.answer)) : checks,
    ),
  );

  const shown = shownPictures(lab, answers, pictures, files);
  const totals = gradeTotals(outcomes);
  const noAnswerRead =
    refusals.length > 0 &&
    totals.status === 'final' &&
    answers.every(({ question }) => question === null);
  const otherwiseRead =
    [...models.byExercise.values()].some(({ state }) => state === 'read') ||
    [...histories.values()].some(({ epochs }) => epochs !== null) ||
    outcomes.some(({ points }) => (points ?? 0) > 0);
  const grade: Grade = {
    student,
    name,
    ...totals,
    // Nothing of the answers could be read: the student hands in again. What a model or a plot earned stands, and nothing is final.
    ...(noAnswerRead
      ? {
          status: 'refused' as const,
          refusal: otherwiseRead ? ('answers' as const) : ('everything' as const),
          problem: refusals[0] ?? null,
        }
      : { problem: null }),
    lab: { id: lab.id, title: lab.title, version: lab.version },
    outcomes,
    files: describeFiles(identified, files, {
      models: models.found,
      histories,
      answers,
      refusedAnswers,
      student,
    }),
    models: lab.exercises.flatMap(({ id }) => {
      const model = models.byExercise.get(id);
      if (model === undefined) return [];
      const plain = evaluator.shown(id);
      const read = modelReading(id, model, plain, histories.get(id)?.epochs ?? null);
      const hidden = hiddenTest({
        ...input,
        datasets,
        exercise: id,
        model,
        plain,
        budget: evaluator.budget,
        pieces,
      });
      return [hidden === null ? read : { ...read, hidden }];
    }),
    answers: answers.map((answer) => {
      const { question, heading, text } = answer;
      const isShared = question !== null && left?.answers.has(answer) === true;
      const isDoubtful = answer.isWeak === true && left?.files.has(answer.file) === true;
      return {
        question,
        heading,
        text,
        ...(isShared ? { leftOver: true as const } : {}),
        ...(isDoubtful ? { doubtful: true as const } : {}),
      };
    }),
    ...(shown.length === 0 ? {} : { pictures: shown }),
    provenance: {
      labproof: GRADER_VERSION,
      arithmetic: ARITHMETIC_VERSION,
      submissionDigest: submissionDigest(input.files),
      dataDigests: Object.fromEntries([...datasets.values()].map(({ id, digest }) => [id, digest])),
    },
  };
  return { grade, models: modelTraits(lab, models.byExercise, evaluator) };
}

/** What the submitted models are examined on: a function of the submission, whatever is loaded already. */
async function datasetsFor(
  { lab, datasets, loadDataset }: GradeInput,
  models: ReadonlyMap<string, SubmittedModel>,
): Promise<ReadonlyMap<string, GradingDataset>> {
  if (loadDataset === undefined) return datasets;
  const read = [...models].filter(([, { state }]) => state === 'read').map(([id]) => id);
  const loaded = new Map<string, GradingDataset>();
  for (const id of datasetsNeeded(lab, new Set(read))) loaded.set(id, await loadDataset(id));
  return loaded;
}

/** So many left-out files are named in a message. */
const NAMED = 5;

function emptyGrade({ lab, files, student, name }: GradeInput): Grade {
  const grade = refusedGrade(
    { lab, student, name: name ?? null },
    graderErrors.remark('submission-empty', {
      message:
        files.leftOut.length === 0
          ? 'The submission holds no files.'
          : `The submission holds nothing that can be graded. Left out: ${files.leftOut
              .slice(0, NAMED)
              .map(({ path, why }) => `${path} (${why})`)
              .join(', ')}${files.leftOut.length > NAMED ? ', …' : ''}.`,
      fix: 'Hand in the folder with answers.md, the plots and the models again, and look into it before you upload it.',
    }),
  );
  const ignored = files.leftOut.map(({ path, why }): FoundFile => ({
    path,
    role: 'ignored',
    matched: [],
    why,
  }));
  return { ...grade, files: ignored };
}
