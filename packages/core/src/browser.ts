/**
 * What runs in a browser as it does in Node: planning, training and evaluating with the WebAssembly engine, recipes,
 * digests and statistics. Nothing that it reaches imports `node:`. The bytes of `kernels.wasm` and of a dataset are
 * handed in by the page; the digests are the same as anywhere.
 */
export { ARITHMETIC_VERSION } from './arithmetic.ts';
export * from './bands.ts';
export * from './dataset.ts';
export { canonicalJson, hashOf, sha256Hex, weightBytes, weightsDigest } from './digest.ts';
export type { Kernels, Pointer } from './engines/kernels.ts';
export { createWasmKernels } from './engines/wasm.ts';
export * from './errors.ts';
export { type LayersModelFiles, writeLayersModel } from './model/layers-model.ts';
export { type ModelPlan, type PlannedLayer, planModel } from './model/plan.ts';
export * from './recipe.ts';
export { mean, quantile, spreadOf, standardDeviation } from './statistics/spread.ts';
export { evaluate } from './programs/kernels/evaluate.ts';
export type { Predictions } from './programs/predictions.ts';
export { planForTraining, Trainer, type TrainerState } from './training/trainer.ts';
export * from './trial.ts';
export { runTrial, type TrialProgress } from './trials/run-trial.ts';
export { recipeHash, trialKey } from './trials/trial-key.ts';
