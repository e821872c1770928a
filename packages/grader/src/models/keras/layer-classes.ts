/** Classes whose saved form holds a program. Loading such a program is what makes a model file dangerous. */
export const HOLDS_CODE: ReadonlySet<string> = new Set([
  'Lambda',
  'TFOpLambda',
  'SlicingOpLambda',
  'TFSMLayer',
  'TorchModuleWrapper',
  'JaxLayer',
  'FlaxLayer',
]);

/** Models as layers of models. `Model` is what Keras before 2.4 calls a functional graph. */
export const SEQUENTIAL = 'Sequential';
export const FUNCTIONAL: ReadonlySet<string> = new Set(['Functional', 'Model']);

/**
 * Layers that change nothing once training is over: noise, augmentation and penalties. Dropout is not among them
 * because it is planned like any other layer.
 */
export const TRAINING_ONLY: ReadonlySet<string> = new Set([
  'ActivityRegularization',
  'AlphaDropout',
  'GaussianDropout',
  'GaussianNoise',
  'RandomBrightness',
  'RandomContrast',
  'RandomFlip',
  'RandomRotation',
  'RandomShear',
  'RandomTranslation',
  'RandomZoom',
  'SpatialDropout1D',
  'SpatialDropout2D',
  'SpatialDropout3D',
]);
