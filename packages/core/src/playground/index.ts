export {
  layerSizes,
  PLAYGROUND_FEATURES,
  type PlaygroundConfig,
  PlaygroundConfigSchema,
  type PlaygroundFeature,
  playgroundParameters,
} from './config.ts';
export { boundaryOf, type PlaygroundBoundary, playgroundBoundary } from './boundary.ts';
export { describePlayground, playgroundHash, playgroundPairs } from './config-name.ts';
export { readPlaygroundConfig } from './config-text.ts';
export { type PlaygroundPoint } from './point.ts';
export { type PlaygroundEpoch, PlaygroundSimulation } from './simulation.ts';
export {
  playgroundEpochs,
  type PlaygroundRun,
  type PlaygroundRunOptions,
  playgroundWork,
  runPlayground,
  type TrainedPlayground,
} from './run.ts';
export { type SuccessRate, successRate } from './success-rate.ts';
export {
  measurePlayground,
  type PlaygroundMeasurement,
  PlaygroundMeasurementSchema,
  successInterval,
} from './measurement.ts';
export {
  leastNetworks,
  networkSize,
  type PlaygroundSweep,
  PlaygroundSweepSchema,
  type SweptNetwork,
  sweptNetworks,
} from './sweep.ts';
