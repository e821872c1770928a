/** The playground of neural networks: its settings, seeded runs of it, and how often a network succeeds. */
export { boundaryOf, type PlaygroundBoundary, playgroundBoundary } from './boundary.ts';
export {
  PLAYGROUND_FEATURES,
  type PlaygroundConfig,
  PlaygroundConfigSchema,
  type PlaygroundFeature,
  playgroundParameters,
} from './config.ts';
export { describePlayground, playgroundHash, playgroundPairs } from './config-name.ts';
export { readPlaygroundConfig } from './config-text.ts';
export { PlaygroundSimulation } from './simulation.ts';
export { measurePlayground, type PlaygroundMeasurement } from './measurement.ts';
export { playgroundEpochs, type PlaygroundRun, playgroundWork, runPlayground } from './run.ts';
export { type SuccessRate, successRate } from './success-rate.ts';
export {
  leastNetworks,
  networkSize,
  type PlaygroundSweep,
  PlaygroundSweepSchema,
  type SweptNetwork,
  sweptNetworks,
} from './sweep.ts';
export { type PlaygroundTally, type SeededRun, seededRuns, tallyOf } from './tally.ts';
