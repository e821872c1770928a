/** The positional parameters of PyTorch's modules, as their documentation lists them. */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  Linear: ['in_features', 'out_features', 'bias'],
  Conv2d: [
    'in_channels',
    'out_channels',
    'kernel_size',
    'stride',
    'padding',
    'dilation',
    'groups',
    'bias',
    'padding_mode',
  ],
  MaxPool2d: ['kernel_size', 'stride', 'padding', 'dilation', 'return_indices', 'ceil_mode'],
  AvgPool2d: ['kernel_size', 'stride', 'padding', 'ceil_mode', 'count_include_pad'],
  AdaptiveAvgPool2d: ['output_size'],
  AdaptiveMaxPool2d: ['output_size'],
  ZeroPad2d: ['padding'],
  BatchNorm1d: ['num_features', 'eps', 'momentum', 'affine', 'track_running_stats'],
  BatchNorm2d: ['num_features', 'eps', 'momentum', 'affine', 'track_running_stats'],
  Dropout: ['p'],
  Dropout1d: ['p'],
  Dropout2d: ['p'],
  AlphaDropout: ['p'],
  FeatureAlphaDropout: ['p'],
  Flatten: ['start_dim', 'end_dim'],
  Unflatten: ['dim', 'shape'],
  Softmax: ['dim'],
  LogSoftmax: ['dim'],
  LeakyReLU: ['negative_slope'],
  ELU: ['alpha'],
  GELU: ['approximate'],
  Softplus: ['beta', 'threshold'],
  // Modules that are named where they are refused.
  Conv1d: ['in_channels', 'out_channels', 'kernel_size', 'stride', 'padding'],
  ConvTranspose2d: ['in_channels', 'out_channels', 'kernel_size', 'stride', 'padding'],
  GroupNorm: ['num_groups', 'num_channels', 'eps', 'affine'],
  LayerNorm: ['normalized_shape', 'eps', 'elementwise_affine'],
  InstanceNorm2d: ['num_features', 'eps', 'momentum', 'affine'],
  PReLU: ['num_parameters', 'init'],
  RNN: ['input_size', 'hidden_size', 'num_layers'],
  LSTM: ['input_size', 'hidden_size', 'num_layers'],
  GRU: ['input_size', 'hidden_size', 'num_layers'],
  Embedding: ['num_embeddings', 'embedding_dim'],
  Hardtanh: ['min_val', 'max_val'],
};

/** The parameters of one of PyTorch's modules, in order; a module keeps most of them as attributes of the same names. */
export function moduleParameters(className: string): readonly string[] {
  return Object.hasOwn(MODULES, className) ? (MODULES[className] ?? []) : [];
}

/** Parameters that change nothing that an evaluation computes. */
const IDLE = new Set(['inplace', 'device', 'dtype', 'generator']);

/** The functions of `torch` and `torch.nn.functional` that are layers, and what follows their input. */
export const FUNCTIONS: Readonly<
  Record<string, readonly [className: string, ...parameters: string[]]>
> = {
  relu: ['ReLU'],
  relu_: ['ReLU'],
  relu6: ['ReLU6'],
  leaky_relu: ['LeakyReLU', 'negative_slope'],
  elu: ['ELU', 'alpha'],
  selu: ['SELU'],
  gelu: ['GELU'],
  silu: ['SiLU'],
  softplus: ['Softplus', 'beta', 'threshold'],
  softsign: ['Softsign'],
  sigmoid: ['Sigmoid'],
  tanh: ['Tanh'],
  max_pool2d: ['MaxPool2d', 'kernel_size', 'stride', 'padding', 'dilation', 'ceil_mode'],
  avg_pool2d: ['AvgPool2d', 'kernel_size', 'stride', 'padding', 'ceil_mode', 'count_include_pad'],
  adaptive_avg_pool2d: ['AdaptiveAvgPool2d', 'output_size'],
  adaptive_max_pool2d: ['AdaptiveMaxPool2d', 'output_size'],
  dropout: ['Dropout', 'p'],
  dropout1d: ['Dropout1d', 'p'],
  dropout2d: ['Dropout2d', 'p'],
  alpha_dropout: ['AlphaDropout', 'p'],
  softmax: ['Softmax', 'dim'],
  log_softmax: ['LogSoftmax', 'dim'],
  flatten: ['Flatten', 'start_dim', 'end_dim'],
};
/** Parameters of those functions that only training looks at: an evaluation has `training` false. */
const FUNCTION_IDLE = new Set(['inplace', 'training', 'return_indices', '_stacklevel', 'dtype']);

/** The name of a module's parameter by its place; beyond the signature, its number. */
export function moduleParameter(className: string, place: number): string {
  return moduleParameters(className)[place] ?? `argument ${place + 1}`;
}

export function isIdle(name: string): boolean {
  return IDLE.has(name);
}

export function isIdleForFunction(name: string): boolean {
  return FUNCTION_IDLE.has(name);
}
