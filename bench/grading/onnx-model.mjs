// A network of convolutions, pooling, Flatten and Dense as an ONNX model, written byte by byte: field numbers are those of
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. ONNX has channels first, so kernels are turned around, and the
// rows of the Dense kernel behind Flatten are put into that order: nothing has to be turned around while it runs.
import { planModel } from '@labproof/core';

const bytes = (value) => (typeof value === 'string' ? Buffer.from(value) : value);

function varint(value) {
  const out = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return Buffer.from([...out, Number(rest)]);
}

const integer = (field, value) => Buffer.concat([varint(field * 8), varint(value)]);
const chunk = (field, value) =>
  Buffer.concat([varint(field * 8 + 2), varint(bytes(value).length), bytes(value)]);

const integers = (name, values) =>
  Buffer.concat([chunk(1, name), ...values.map((value) => integer(8, value)), integer(20, 7)]);
const node = (type, inputs, output, attributes = []) =>
  chunk(
    1,
    Buffer.concat([
      ...inputs.map((input) => chunk(1, input)),
      chunk(2, output),
      chunk(4, type),
      ...attributes.map((attribute) => chunk(5, attribute)),
    ]),
  );
const tensor = (name, shape, values) =>
  chunk(
    5,
    Buffer.concat([
      ...shape.map((extent) => integer(1, extent)),
      integer(2, 1),
      chunk(8, name),
      chunk(9, Buffer.from(values.buffer, values.byteOffset, values.byteLength)),
    ]),
  );
function valueInfo(field, name, shape) {
  const dimensions = shape.map((extent) => chunk(1, integer(1, extent)));
  const type = chunk(1, Buffer.concat([integer(1, 1), chunk(2, Buffer.concat(dimensions))]));
  return chunk(field, Buffer.concat([chunk(1, name), chunk(2, type)]));
}

/** [height, width, in, out] → [out, in, height, width]. */
function channelsFirst([height, width, inputs, filters], kernel) {
  const turned = new Float32Array(kernel.length);
  let at = 0;
  for (let filter = 0; filter < filters; filter += 1)
    for (let input = 0; input < inputs; input += 1)
      for (let place = 0; place < height * width; place += 1)
        turned[at++] = kernel[(place * inputs + input) * filters + filter];
  return turned;
}

/** Rows from the order [height, width, channels] into [channels, height, width]. */
function rowsChannelsFirst([height, width, channels], units, kernel) {
  const turned = new Float32Array(kernel.length);
  let to = 0;
  for (let channel = 0; channel < channels; channel += 1)
    for (let place = 0; place < height * width; place += 1) {
      const from = (place * channels + channel) * units;
      turned.set(kernel.subarray(from, from + units), to);
      to += units;
    }
  return turned;
}

const ACTIVATIONS = { relu: 'Relu', softmax: 'Softmax' };

/** The bytes of the model for batches of `rows`; images are [rows, channels, height, width] or [rows, values]. */
export function onnxModel(model, weights, rows) {
  const plan = planModel(model);
  const [nodes, initializers] = [[], []];
  const arrays = [...weights];
  const first = ([height, width, channels]) =>
    channels === undefined ? [height] : [channels, height, width];
  let value = 'x';
  let flattened = null;
  const to = (type, inputs, attributes) => {
    const output = `v${nodes.length}`;
    nodes.push(node(type, inputs, output, attributes));
    value = output;
  };
  const stored = (shape, values) => {
    const name = `w${initializers.length}`;
    initializers.push(tensor(name, shape, values));
    return name;
  };
  for (const { className, config, inputShape, weights: specs } of plan.layers) {
    const [kernel, bias] = specs.map(() => arrays.shift());
    if (className === 'Conv2D') {
      const [height, width, inputs, filters] = specs[0].shape;
      const turned = channelsFirst(specs[0].shape, kernel);
      const names = [stored([filters, inputs, height, width], turned), stored([filters], bias)];
      to('Conv', [value, ...names], [integers('strides', config.strides)]);
    } else if (className === 'MaxPooling2D') {
      const window = [
        integers('kernel_shape', config.pool_size),
        integers('strides', config.strides),
      ];
      to('MaxPool', [value], window);
    } else if (className === 'Flatten') {
      flattened = inputShape;
      to('Flatten', [value]);
    } else if (className === 'Dense') {
      const turned =
        flattened === null ? kernel : rowsChannelsFirst(flattened, config.units, kernel);
      flattened = null;
      to('Gemm', [value, stored(specs[0].shape, turned), stored([config.units], bias)]);
    } else if (className !== 'Dropout') {
      throw new Error(`${className} is not written as ONNX`);
    }
    const activation = ACTIVATIONS[config.activation];
    if (activation !== undefined) to(activation, [value]);
  }
  const graph = Buffer.concat([
    ...nodes,
    chunk(2, 'bench'),
    ...initializers,
    valueInfo(11, 'x', [rows, ...first(plan.inputShape)]),
    valueInfo(12, value, [rows, ...plan.outputShape]),
  ]);
  const opset = Buffer.concat([chunk(1, ''), integer(2, 13)]);
  return { bytes: Buffer.concat([integer(1, 8), chunk(7, graph), chunk(8, opset)]), output: value };
}
