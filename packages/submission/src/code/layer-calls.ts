/** What Keras's layer classes are called, and the order of their first parameters, by Keras's own documentation. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  Dense: ['units', 'activation', 'use_bias'],
  Activation: ['activation'],
  Dropout: ['rate'],
  Flatten: [],
  Reshape: ['target_shape'],
  Conv2D: [
    'filters',
    'kernel_size',
    'strides',
    'padding',
    'data_format',
    'dilation_rate',
    'groups',
    'activation',
    'use_bias',
  ],
  Conv1D: ['filters', 'kernel_size', 'strides', 'padding'],
  Conv2DTranspose: ['filters', 'kernel_size', 'strides', 'padding'],
  SeparableConv2D: ['filters', 'kernel_size', 'strides', 'padding'],
  DepthwiseConv2D: ['kernel_size', 'strides', 'padding'],
  MaxPooling2D: ['pool_size', 'strides', 'padding'],
  AveragePooling2D: ['pool_size', 'strides', 'padding'],
  MaxPooling1D: ['pool_size', 'strides', 'padding'],
  GlobalMaxPooling2D: [],
  GlobalAveragePooling2D: [],
  BatchNormalization: ['axis', 'momentum', 'epsilon'],
  LayerNormalization: ['axis', 'epsilon'],
  ReLU: ['max_value'],
  LeakyReLU: ['alpha'],
  ELU: ['alpha'],
  PReLU: [],
  Softmax: ['axis'],
  ZeroPadding2D: ['padding'],
  Rescaling: ['scale', 'offset'],
  GaussianNoise: ['stddev'],
  GaussianDropout: ['rate'],
  AlphaDropout: ['rate'],
  SpatialDropout2D: ['rate'],
  ActivityRegularization: ['l1', 'l2'],
  RandomFlip: ['mode'],
  RandomRotation: ['factor'],
  RandomZoom: ['height_factor', 'width_factor'],
  RandomTranslation: ['height_factor', 'width_factor'],
  RandomContrast: ['factor'],
  RandomBrightness: ['factor'],
  Embedding: ['input_dim', 'output_dim'],
  LSTM: ['units', 'activation'],
  GRU: ['units', 'activation'],
  SimpleRNN: ['units', 'activation'],
  UpSampling2D: ['size'],
  Permute: ['dims'],
  Lambda: ['function'],
};
const ALIASES: Readonly<Record<string, string>> = {
  Convolution2D: 'Conv2D',
  MaxPool2D: 'MaxPooling2D',
  AvgPool2D: 'AveragePooling2D',
  GlobalMaxPool2D: 'GlobalMaxPooling2D',
  GlobalAvgPool2D: 'GlobalAveragePooling2D',
  GlobalAveragePool2D: 'GlobalAveragePooling2D',
};
/** R's names that are not the class's in snake case. */
const R_NAMES: Readonly<Record<string, string>> = {
  layer_conv_1d: 'Conv1D',
  layer_conv_2d: 'Conv2D',
  layer_conv_2d_transpose: 'Conv2DTranspose',
  layer_separable_conv_2d: 'SeparableConv2D',
  layer_depthwise_conv_2d: 'DepthwiseConv2D',
  layer_activation_relu: 'ReLU',
  layer_activation_leaky_relu: 'LeakyReLU',
  layer_activation_elu: 'ELU',
  layer_activation_parametric_relu: 'PReLU',
  layer_activation_softmax: 'Softmax',
  layer_gru: 'GRU',
  layer_lstm: 'LSTM',
  layer_simple_rnn: 'SimpleRNN',
  layer_upsampling_2d: 'UpSampling2D',
};

/** Options under their present names. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
  p: 'rate',
  output_dim: 'units',
  nb_filter: 'filters',
  border_mode: 'padding',
  subsample: 'strides',
};
const OPTIONS_OF_KERAS_1: Readonly<Record<string, readonly string[]>> = {
  Dropout: ['p'],
  Dense: ['output_dim'],
  Conv2D: ['nb_filter', 'border_mode', 'subsample'],
};

const SNAKE_TO_CLASS: ReadonlyMap<string, string> = new Map(
  Object.keys(PARAMETERS).map((name) => [`layer_${snakeCase(name)}`, name]),
);

/** The layer class that a function's name stands for, in Python or R; `null` when it is no layer's. */
export function layerClass(name: string): string | null {
  if (Object.hasOwn(PARAMETERS, name)) return name;
  if (Object.hasOwn(ALIASES, name)) return ALIASES[name] ?? null;
  if (Object.hasOwn(R_NAMES, name)) return R_NAMES[name] ?? null;
  const known = SNAKE_TO_CLASS.get(name);
  if (known !== undefined) return known;
  // Some layer all the same; which one it is stands in its name.
  return /^layer_(?!input$)\w+$/u.test(name) ? camelCase(name.slice('layer_'.length)) : null;
}

/** Names of the first parameters of a layer class, in order. */
export function layerParameters(className: string): readonly string[] {
  return (Object.hasOwn(PARAMETERS, className) ? PARAMETERS[className] : undefined) ?? [];
}

export function optionName(className: string, name: string): string {
  const old = Object.hasOwn(OPTIONS_OF_KERAS_1, className)
    ? OPTIONS_OF_KERAS_1[className]
    : undefined;
  return old?.includes(name) === true ? (OPTION_NAMES[name] ?? name) : name;
}

/** `MaxPooling2D` → `max_pooling_2d`, as R writes it. */
function snakeCase(name: string): string {
  return name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/gu, '_')
    .replaceAll(/(?<=[a-zA-Z])(?=\d)/gu, '_')
    .toLowerCase()
    .replaceAll(/_(?<dimensions>\d)_d$/gu, '_$<dimensions>d');
}

function camelCase(name: string): string {
  return name
    .split('_')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('');
}
