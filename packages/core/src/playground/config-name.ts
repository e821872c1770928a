import {
  isRegression,
  PLAYGROUND_FEATURES,
  type PlaygroundConfig,
  PlaygroundConfigSchema,
  type PlaygroundFeature,
} from './config.ts';

const NAMES: Readonly<Record<PlaygroundFeature, string>> = {
  x: 'x₁',
  y: 'x₂',
  xSquared: 'x₁²',
  ySquared: 'x₂²',
  xTimesY: 'x₁·x₂',
  sinX: 'sin x₁',
  sinY: 'sin x₂',
};

/** A configuration in one line for people. */
export function describePlayground(config: PlaygroundConfig): string {
  const { networkShape, activation, regularization, regularizationRate } = config;
  const hidden =
    networkShape.length === 0
      ? 'no hidden layer'
      : `${networkShape.join(' + ')} hidden ${activation} ${networkShape.join() === '1' ? 'unit' : 'units'}`;
  const penalty =
    regularization === 'none' || regularizationRate === 0
      ? []
      : [`${regularization} at rate ${regularizationRate}`];
  return [
    config.dataset,
    `inputs ${config.features.map((name) => NAMES[name]).join(', ')}`,
    hidden,
    `learning rate ${config.learningRate}`,
    `batch size ${config.batchSize}`,
    ...penalty,
    `${config.percTrainData} % training data`,
    `noise ${config.noise}`,
    ...(config.initZero ? ['initial weights zero'] : []),
  ].join('; ');
}

/** The part of a playground address behind `#` that sets the page to a configuration. */
export function playgroundHash(config: PlaygroundConfig): string {
  const regression = isRegression(config);
  const settings: readonly (readonly [string, string | number | boolean])[] = [
    ['activation', config.activation],
    ['regularization', config.regularization],
    ['batchSize', config.batchSize],
    regression ? ['regDataset', config.dataset] : ['dataset', config.dataset],
    ['learningRate', config.learningRate],
    ['regularizationRate', config.regularizationRate],
    ['noise', config.noise],
    ['networkShape', config.networkShape.join(',')],
    ['percTrainData', config.percTrainData],
    ...PLAYGROUND_FEATURES.map((name) => [name, config.features.includes(name)] as const),
    ['problem', regression ? 'regression' : 'classification'],
    ['initZero', config.initZero],
  ];
  return settings.map(([name, value]) => `${name}=${value}`).join('&');
}

/** Settings that are said even where they are as the page starts: they make the network and its training. */
const ALWAYS: ReadonlySet<string> = new Set([
  'dataset',
  'percTrainData',
  'features',
  'networkShape',
  'activation',
  'learningRate',
  'batchSize',
]);

/** A configuration as `key=value` pairs that `readPlaygroundConfig` takes. */
export function playgroundPairs(config: PlaygroundConfig): string {
  const standard = PlaygroundConfigSchema.parse({});
  const own = new Map(Object.entries(config).map(([name, value]) => [name, String(value)]));
  return Object.entries(standard)
    .filter(([name, value]) => ALWAYS.has(name) || own.get(name) !== String(value))
    .map(([name]) => `${name}=${own.get(name)}`)
    .join(',');
}
