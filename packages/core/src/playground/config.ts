import { z } from 'zod';

/** The data sets, by the names that the playground's address gives them. */
export const CLASSIFICATION_DATA_SETS = ['circle', 'xor', 'gauss', 'spiral'] as const;
export const REGRESSION_DATA_SETS = ['reg-plane', 'reg-gauss'] as const;

/** The inputs in the playground's own order, which is also the order of the first layer's weights. */
export const PLAYGROUND_FEATURES = [
  'x',
  'y',
  'xSquared',
  'ySquared',
  'xTimesY',
  'sinX',
  'sinY',
] as const;
export type PlaygroundFeature = (typeof PLAYGROUND_FEATURES)[number];

/** The playground's page offers at most six hidden layers of at most eight neurons. */
const MOST_HIDDEN_LAYERS = 6;
const MOST_NEURONS_A_LAYER = 8;

const features = z
  .array(z.enum(PLAYGROUND_FEATURES))
  .min(1)
  .refine((names) => new Set(names).size === names.length, 'a feature is named twice')
  .transform((names) => PLAYGROUND_FEATURES.filter((name) => names.includes(name)));

/**
 * The settings of a TensorFlow Playground run but for its seed and length; what is left out is what the page starts
 * with (class State in src/state.ts of github.com/tensorflow/playground). Regression has a linear output and 1200
 * points, classification a tanh output and 500.
 */
export const PlaygroundConfigSchema = z.strictObject({
  dataset: z.enum([...CLASSIFICATION_DATA_SETS, ...REGRESSION_DATA_SETS]).default('circle'),
  /** The slider's number: percent of the data set's own scale. */
  noise: z.number().min(0).max(100).default(0),
  /** Percent of the points that the network is trained on; the rest is the test set. */
  percTrainData: z.number().min(1).max(99).default(50),
  features: features.default(['x', 'y']),
  /** Neurons of each hidden layer. */
  networkShape: z
    .array(z.int().min(1).max(MOST_NEURONS_A_LAYER))
    .max(MOST_HIDDEN_LAYERS)
    .default([4, 2]),
  activation: z.enum(['relu', 'tanh', 'sigmoid', 'linear']).default('tanh'),
  regularization: z.enum(['none', 'L1', 'L2']).default('none'),
  regularizationRate: z.number().min(0).max(1000).default(0),
  learningRate: z.number().positive().max(1000).default(0.03),
  batchSize: z.int().min(1).max(1000).default(10),
  /** Weights and biases start at zero instead of at random and 0.1. */
  initZero: z.boolean().default(false),
});
/** A complete configuration. */
export type PlaygroundConfig = z.infer<typeof PlaygroundConfigSchema>;

export function isRegression({ dataset }: PlaygroundConfig): boolean {
  return dataset === 'reg-plane' || dataset === 'reg-gauss';
}

/** Units of every layer: features, hidden layers, the one output. */
export function layerSizes({ features, networkShape }: PlaygroundConfig): number[] {
  return [features.length, ...networkShape, 1];
}

/** Weights and biases of the network. */
export function playgroundParameters(config: PlaygroundConfig): number {
  const sizes = layerSizes(config);
  return sizes.slice(1).reduce((sum, units, index) => sum + units * ((sizes[index] ?? 0) + 1), 0);
}
