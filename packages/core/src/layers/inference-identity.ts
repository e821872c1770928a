import type { LayerDefinition } from './layer.ts';

/**
 * Layers that only act while training: noise, and random changes of images as layers. A trained network that has them
 * can be evaluated, where they are the identity; they cannot be trained. (For images, a recipe's `augmentation` can.)
 */
const classNames = [
  'ActivityRegularization',
  'AlphaDropout',
  'GaussianDropout',
  'GaussianNoise',
  'Identity',
  'RandomBrightness',
  'RandomContrast',
  'RandomFlip',
  'RandomRotation',
  'RandomTranslation',
  'RandomZoom',
  'SpatialDropout1D',
  'SpatialDropout2D',
] as const;

export const inferenceIdentityLayers: readonly LayerDefinition[] = classNames.map((className) => ({
  className,
  // Whatever its options are, they only matter while training.
  plan: (_, inputShape) => ({
    config: {},
    outputShape: inputShape,
    weights: [],
    multiplyAdds: 0,
    untrainable: [`the class ${className}`],
  }),
  build: () => [],
}));
