/** Training from seeds, repeated trials and the bands that they give. */
export { ARITHMETIC_VERSION } from './arithmetic.ts';
export { type Bands, BandsSchema } from './bands/bands.ts';
export { bandsFaults, sealBands } from './bands/check-bands.ts';
export { measureBands, prefixRecipe, redrawBands } from './bands/measure-bands.ts';
export { deviationsFromRuns } from './bands/deviations.ts';
export { type FurtherRuns, missingRuns } from './bands/further-runs.ts';
export { curveAt, modelOfBands, operatingCurveOf } from './bands/operating.ts';
export type { Passing, PassingPlan } from './bands/passing.ts';
export { closestName } from './closest.ts';
export { addDataset } from './datasets/add.ts';
export { DatasetCatalogue } from './datasets/catalogue.ts';
export type { Dataset, DatasetSplit } from './datasets/dataset.ts';
export type { DatasetDefinition } from './datasets/definition.ts';
export { type IdxDataset, idxDataset, IdxDatasetSchema } from './datasets/idx-dataset.ts';
export { loadDataset } from './datasets/load.ts';
export { datasetDirectory, userCacheDirectory } from './datasets/location.ts';
export { type DatasetStatus, describeDatasets, verifyDataset } from './datasets/status.ts';
export { canonicalJson, hashOf, sha256Hex, weightBytes, weightsDigest } from './digest.ts';
export type { Kernels } from './engines/kernels.ts';
export { describeCuda } from './engines/cuda/open.ts';
export { describeEngines, type EngineChoice, openKernels } from './engines/open.ts';
export { createOracleKernels } from './engines/oracle.ts';
/** @public The declarations of every package's catalogue name it. */
export type { ErrorCatalogue } from './errors/catalogue.ts';
export { type CodeGroup, errorCatalogue } from './errors/catalogue.ts';
export { coreErrors } from './errors/core-errors.ts';
export { LabproofError, type Problem } from './errors/labproof-error.ts';
export { clauseOf, problemOf, reasonOf } from './errors/reason.ts';
export { issuesText, kindText } from './errors/schema-words.ts';
export { foreignRegistry } from './layers/foreign/registry.ts';
export { layerRegistry } from './layers/registry.ts';
export { thisBuild } from './manifests/build.ts';
export { type DataDigests, dataDigests } from './manifests/data-digests.ts';
export { excerptRecipe } from './manifests/excerpt.ts';
export { makeManifest, type Manifest, ManifestSchema, manifestText } from './manifests/manifest.ts';
export { type GraphConfig, type GraphLayer, isChain } from './model/graph.ts';
export { writeLayersModel } from './model/layers-model.ts';
export { type ModelPlan, planGraph, type PlannedLayer, planModel } from './model/plan.ts';
export { randomMap } from './programs/augmentation.ts';
export { planEvaluation } from './programs/evaluation-memory.ts';
export { evaluate, type EvaluationTask } from './programs/kernels/evaluate.ts';
export type { LossReading } from './programs/output-loss.ts';
export type { Predictions } from './programs/predictions.ts';
export { type EpochOrder, epochOrderOf } from './recipe/epoch-order.ts';
export type { Augmentation } from './recipe/fit-options.ts';
export {
  type InputScale,
  InputScaleSchema,
  type LayerConfig,
  type Loss,
  LossSchema,
  type Optimizer,
  OptimizerSchema,
  type Recipe,
  RecipeSchema,
  type SequentialConfig,
} from './recipe/recipe.ts';
export { type Epoch, EpochSchema } from './training/epoch.ts';
export { planForTraining } from './training/plan-for-training.ts';
export { Trainer } from './training/trainer.ts';
export { planTraining } from './training/training-plan.ts';
export { findKeptSeeds } from './trials/kept-trials.ts';
export { splitFloats } from './trials/checkpoint.ts';
export { runTrial, type TrialProgress } from './trials/run-trial.ts';
export { runTrials, type TrainedTrial } from './trials/run-trials.ts';
export { threadExecutor, trialInterrupted } from './trials/thread-executor.ts';
export { type FinishedTrial, TrialCache } from './trials/trial-cache.ts';
export type { TrialEngine, TrialEngineName } from './trials/trial-engine.ts';
export type { TrialExecutor, TrialWork } from './trials/trial-executor.ts';
export { recipeHash } from './trials/trial-key.ts';
export { type TrialResult, TrialResultSchema } from './trials/trial-result.ts';
export { shareDataset, TrialThread } from './trials/trial-thread.ts';
export type { TrialJob } from './trials/worker-messages.ts';
export { differences } from './recipe/differences.ts';
export {
  type ExerciseVerification,
  nothingVerified,
  overallVerdict,
  type Verdict,
  VERIFIED_PARTS,
} from './verification/verdict.ts';
export { renamedClasses } from './verification/calibration.ts';
export { type ManifestVerification, verifyManifest } from './verification/verify-manifest.ts';
export { verifyExercise } from './verification/verify-exercise.ts';
