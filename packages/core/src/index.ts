export { ARITHMETIC_VERSION } from './arithmetic.ts';
export { type Bands, BandsSchema } from './bands/bands.ts';
export { type Spread, SpreadSchema } from './statistics/spread.ts';
export { type ToleranceBound, ToleranceBoundSchema } from './statistics/tolerance-bound.ts';
export { closestName } from './closest.ts';
export * from './datasets/dataset.ts';
export * from './datasets/index.ts';
export * from './errors.ts';
export * from './recipe/fit-options.ts';
export * from './recipe/recipe.ts';
export { type Epoch, EpochSchema } from './training/epoch.ts';
export * from './trials/trial-result.ts';
export type { Kernels, Pointer } from './engines/kernels.ts';
export {
  describeEngines,
  type EngineChoice,
  type EngineDescription,
  openKernels,
} from './engines/open.ts';
export { createOracleKernels } from './engines/oracle.ts';
export { philoxBlock, type PhiloxBlock, philoxWords } from './streams/philox.ts';
export { describeTfjs, type TfjsDescription } from './programs/tfjs/installation/describe.ts';
export { obstacleToTensorFlow } from './programs/tfjs/evaluation/classes.ts';
export { evaluateWithTensorFlow } from './programs/tfjs/evaluation/evaluate-graph.ts';
export { planEvaluation } from './programs/evaluation-memory.ts';
export { loadBackend } from './programs/tfjs/installation/open.ts';
export type { TfjsEngine } from './programs/tfjs/tensorflow.ts';
export { TFJS_ENGINES, type TfjsEngineName } from './programs/tfjs/installation/names.ts';
export { createWasmKernels } from './engines/wasm.ts';
export { canonicalJson, hashOf, sha256Hex, weightBytes, weightsDigest } from './digest.ts';
export { foreignRegistry } from './layers/foreign/registry.ts';
export { layerRegistry, mergeRegistry } from './layers/registry.ts';
export { COVERAGE, CONFIDENCE, measureBands, prefixRecipe } from './bands/measure-bands.ts';
export { type LayersModelFiles, writeLayersModel } from './model/layers-model.ts';
export { type GraphConfig, type GraphLayer, isChain } from './model/graph.ts';
export { type ModelPlan, planGraph, type PlannedLayer, planModel } from './model/plan.ts';
export { type StreamKey, streamKey } from './streams/streams.ts';
export { proportionInterval } from './statistics/proportion.ts';
export { mean, quantile, spreadOf, standardDeviation } from './statistics/spread.ts';
export { normalQuantile } from './statistics/normal-quantile.ts';
export * from './playground/index.ts';
export { FEWEST_JUDGED, findStuckRuns, stuckGap, type StuckRuns } from './statistics/stuck-runs.ts';
export { predictionProbability } from './statistics/prediction.ts';
export { boundOrigin } from './statistics/bound-origin.ts';
export {
  fallsIntoGroups,
  orderStatisticBound,
  toleranceRank,
} from './statistics/order-statistic.ts';
export { toleranceBound, toleranceFactor } from './statistics/tolerance.ts';
export { evaluate } from './programs/kernels/evaluate.ts';
export type { Predictions } from './programs/predictions.ts';
export { randomMap } from './programs/augmentation.ts';
export {
  checkLimits,
  DEFAULT_CAPS,
  type LimitCaps,
  type Limits,
  planLimits,
} from './training/limits.ts';
export { planForTraining } from './training/plan-for-training.ts';
export { Trainer, type TrainerState } from './training/trainer.ts';
export { planTraining, type TrainingPlan } from './training/training-plan.ts';
export { runTrial, type TrialProgress } from './trials/run-trial.ts';
export {
  runTrials,
  type RunTrialsOptions,
  type TrainedTrial,
  type TrainedTrials,
} from './trials/run-trials.ts';
export { threadExecutor, trialInterrupted } from './trials/thread-executor.ts';
export { type TrialExecutor, type TrialWork } from './trials/trial-executor.ts';
export { shareDataset, TrialThread } from './trials/trial-thread.ts';
export { splitFloats } from './trials/checkpoint.ts';
export { type TrialJob, type WorkerSetup } from './trials/worker-messages.ts';
export { openTrialEngine, type TrialEngine, type TrialEngineName } from './trials/trial-engine.ts';
export { type FinishedTrial, TrialCache } from './trials/trial-cache.ts';
export { recipeHash, trialKey } from './trials/trial-key.ts';
export { differences } from './verification/recipe-difference.ts';
export {
  NIGHTLY_PLAN,
  sequentialDecision,
  type SequentialPlan,
} from './verification/sequential-test.ts';
export {
  type ExerciseVerification,
  type MeasuredExercise,
  overallVerdict,
  type Verdict,
  verifyExercise,
} from './verification/verify-exercise.ts';
export { TENSORFLOW_FOLDER } from './programs/tfjs/installation/packages.ts';
