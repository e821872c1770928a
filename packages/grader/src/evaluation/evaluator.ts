import type { Exercise, Lab } from '@labproof/lab';
import {
  type EvaluationTask,
  type InputScale,
  type Kernels,
  planModel,
  type Predictions,
} from '@labproof/core';
import type { Evaluation } from './evaluation.ts';
import { type Declaration, type SubmittedModel, workAnImage } from '@labproof/submission';
import {
  type EvaluationResult,
  type GradingDataset,
  evaluateModel,
  evaluateModelBy,
} from './evaluate-model.ts';
import { EvaluationBudget, evaluationKey } from './evaluation-budget.ts';
import { scaleInModel } from './model-scale.ts';
import { graderError } from '../errors.ts';
import type { GradingWork } from '../checks/stopped-work.ts';

/** How the pixels are scaled for a model, and who says so. */
export interface ChosenScale {
  readonly value: InputScale;
  readonly from: 'submission.json' | 'the model' | 'the lab';
}

/** Evaluates models when they are asked for and keeps the results, faults included. */
export interface Evaluator {
  /**
   * How the pixels are scaled: as `submission.json` declares, else as the network asks for that scales them itself, else as
   * the lab says.
   */
  scaleFor(exercise: string): ChosenScale;
  dataset(exercise: Exercise): GradingDataset;
  /**
   * Lets somebody else compute, to the same bits, what each model does at the scale that counts, as far as the budget of the
   * submission reaches. What comes of it is what `evaluate` would have computed.
   */
  prepare(run: (task: EvaluationTask) => Promise<Predictions>): Promise<void>;
  /** Within the budget of the submission; equal models are evaluated once. */
  evaluate(exercise: Exercise, scale: InputScale): EvaluationResult;
  /** What the hidden images and everything else that is evaluated beside it take from the same budget. */
  readonly budget: EvaluationBudget;
  /** The evaluation at the scale that counts, for the report; `null` where there is none. */
  shown(exercise: string): Evaluation | null;
  /** The class predicted for each test image, at the scale that counts; `null` where there is no evaluation. */
  predicted(exercise: string): Uint8Array | null;
}

/** As the lab says, with the pixels scaled otherwise, and on hidden images. */
const TIMES = 3;

/** Steps of arithmetic for evaluating each of the lab's own networks once, on what is loaded. */
function workOfLab(lab: Lab, datasets: ReadonlyMap<string, GradingDataset>): number {
  return lab.exercises.reduce((sum, { recipe }) => {
    const images = datasets.get(recipe.dataset)?.test.count ?? 0;
    return images === 0 ? sum : sum + images * workAnImage(planModel(recipe.model));
  }, 0);
}

/** An evaluator of one submission's models. */
export function createEvaluator(options: {
  lab: Lab;
  kernels: Kernels;
  datasets: ReadonlyMap<string, GradingDataset>;
  declaration: Declaration | null;
  models: ReadonlyMap<string, SubmittedModel>;
  /** Steps of arithmetic for all of them, beside what the lab's own networks would take. */
  work: number;
  /** What was ended from outside, and who is told of what is in work. */
  pieces: GradingWork;
}): Evaluator {
  const { lab, kernels, datasets, declaration, models, pieces } = options;
  const limit = options.work + TIMES * workOfLab(lab, datasets);
  const budget = new EvaluationBudget(limit);
  const prepared = new Map<string, EvaluationResult>();
  const kept = new Map<string, () => EvaluationResult>();
  const evaluator: Evaluator = {
    scaleFor(id) {
      const declared = Object.entries(declaration?.scale ?? {}).find(([key]) => key === id)?.[1];
      const exercise = lab.exercises.find((exercise) => exercise.id === id);
      if (declared !== undefined) return { value: declared, from: 'submission.json' };
      const model = models.get(id);
      const own = model?.state === 'read' ? scaleInModel(model) : null;
      return own === null
        ? { value: exercise?.recipe.inputScale ?? '1/255', from: 'the lab' }
        : { value: own, from: 'the model' };
    },
    dataset({ recipe }) {
      const dataset = datasets.get(recipe.dataset);
      if (dataset !== undefined) return dataset;
      throw graderError('dataset-not-loaded', {
        message: `The dataset ${recipe.dataset} was not loaded.`,
        fix: `Run "labproof datasets pull ${recipe.dataset}" and grade again.`,
      });
    },
    async prepare(run) {
      const affordable = new EvaluationBudget(limit);
      for (const { id, recipe } of lab.exercises) {
        const model = models.get(id);
        const dataset = datasets.get(recipe.dataset);
        if (model?.state !== 'read' || model.tensorFlow !== null || dataset === undefined) continue;
        const { loss, labelSmoothing } = recipe;
        const scale = evaluator.scaleFor(id).value;
        const key = `${recipe.dataset} ${evaluationKey(model, scale, recipe)}`;
        if (prepared.has(key) || affordable.take(model, dataset.test.count) !== null) continue;
        try {
          const task = { model, dataset, scale, loss, labelSmoothing };
          prepared.set(key, await evaluateModelBy(run, task));
        } catch {
          // It is computed when a check asks for it, which reports what goes wrong then as any other fault.
        }
      }
    },
    evaluate(exercise, scale) {
      const model = models.get(exercise.id);
      if (model?.state !== 'read') throw new Error(`no model of ${exercise.id} was read`);
      const { loss, labelSmoothing, dataset: id } = exercise.recipe;
      const key = `${id} ${evaluationKey(model, scale, exercise.recipe)}`;
      let result = kept.get(key);
      if (result === undefined) {
        result = remember(() => {
          const dataset = evaluator.dataset(exercise);
          const piece = { kind: 'evaluation', path: model.path, hidden: false } as const;
          const impossible = pieces.refusal(piece) ?? budget.take(model, dataset.test.count);
          if (impossible !== null) return { evaluation: null, impossible };
          const work = { model, dataset, scale, loss, labelSmoothing };
          const end = pieces.begin(piece);
          try {
            return prepared.get(key) ?? evaluateModel({ ...work, kernels });
          } finally {
            end();
          }
        });
        kept.set(key, result);
      }
      return result();
    },
    budget,
    shown: (id) => counting(id)?.evaluation ?? null,
    predicted: (id) => {
      const result = counting(id);
      return result === null || result.evaluation === null ? null : result.predicted;
    },
  };
  function counting(id: string): EvaluationResult | null {
    const exercise = lab.exercises.find((exercise) => exercise.id === id);
    if (exercise === undefined || models.get(id)?.state !== 'read') return null;
    try {
      return evaluator.evaluate(exercise, evaluator.scaleFor(id).value);
    } catch {
      // The checks that needed this evaluation have reported the same fault.
      return null;
    }
  }
  return evaluator;
}

/** Runs something once, now; every later call gives its result or throws its error again. */
function remember<T>(run: () => T): () => T {
  try {
    const value = run();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
