/** TensorFlow.js, where it is installed: which backends there are, and networks that it evaluates. */
export { obstacleToTensorFlow } from './evaluation/classes.ts';
export { evaluateWithTensorFlow } from './evaluation/evaluate-graph.ts';
export { describeTfjs } from './installation/describe.ts';
export { TFJS_ENGINES } from './installation/names.ts';
export { loadBackend } from './installation/open.ts';
export { TENSORFLOW_FOLDER } from './installation/packages.ts';
export type { TfjsEngine } from './tensorflow.ts';
