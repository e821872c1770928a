export {
  layerSizes,
  PLAYGROUND_FEATURES,
  type PlaygroundConfig,
  PlaygroundConfigSchema,
  type PlaygroundFeature,
  playgroundParameters,
} from './config.ts';
export { describePlayground, playgroundHash } from './config-name.ts';
export { readPlaygroundConfig } from './config-text.ts';
export { type PlaygroundPoint } from './points.ts';
export { PlaygroundSimulation } from './simulation.ts';
export {
  type PlaygroundRun,
  type PlaygroundRunOptions,
  playgroundWork,
  runPlayground,
} from './run.ts';
export { type SuccessRate, successRate } from './success-rate.ts';
