/**
 * What runs in a browser as it does in Node: planning, training and evaluating with the WebAssembly engine, recipes,
 * digests and statistics. Nothing that it reaches imports `node:`. The bytes of `kernels.wasm` and of a dataset are
 * handed in by the page; the digests are the same as anywhere.
 */
export { ARITHMETIC_VERSION } from './arithmetic.ts';
export { type Bands, BandsSchema } from './bands/bands.ts';
export type { Dataset, DatasetSplit } from './datasets/dataset.ts';
export { canonicalJson, hashOf, sha256Hex, weightBytes, weightsDigest } from './digest.ts';
export type { Kernels } from './engines/kernels.ts';
export { type CompiledKernels, compileWasmKernels, createWasmKernels } from './engines/wasm.ts';
export { LabproofError, type Owner, type Problem } from './errors/labproof-error.ts';
export { writeLayersModel } from './model/layers-model.ts';
export { type ModelPlan, type PlannedLayer, planModel } from './model/plan.ts';
export { evaluate, evaluatePart, type EvaluationTask } from './programs/kernels/evaluate.ts';
export {
  EVALUATION_ROWS,
  type EvaluatedPart,
  joinParts,
  type Predictions,
} from './programs/predictions.ts';
export { type Recipe, RecipeSchema } from './recipe/recipe.ts';
export { type Epoch, EpochSchema } from './training/epoch.ts';
export { planForTraining } from './training/plan-for-training.ts';
export { Trainer, type TrainerState } from './training/trainer.ts';
export { planTraining, type TrainingPlan } from './training/training-plan.ts';
export { runTrial, type TrialProgress } from './trials/run-trial.ts';
export { recipeHash, trialKey } from './trials/trial-key.ts';
export { type TrialResult, TrialResultSchema } from './trials/trial-result.ts';
