import { z } from 'zod';
import { type Activation } from './activations.ts';
import { ActivationOperation } from './activation.ts';
import type { PoolingGeometry } from '../engines/kernels/pooling.ts';
import {
  type BuildContext,
  commonOptions,
  type LayerDefinition,
  LayerProblem,
  type Operation,
  parseOptions,
} from './layer.ts';
import {
  dataFormatOption,
  imageShape,
  paddingOption,
  pairOf,
  pairOption,
  WindowSchema,
  windowsOver,
} from './window.ts';

type Kind = 'max' | 'average';
type Window = z.infer<typeof WindowSchema>;

class PoolingOperation implements Operation {
  readonly outputIsFree: boolean;
  readonly #kind: Kind;
  readonly #context: BuildContext;
  readonly #geometry: PoolingGeometry;
  readonly #output: number;
  readonly #taps: number;
  readonly #inputGradient: number;
  /** Whether equal maxima share the gradient; of a window as large as the image alone. */
  readonly #shares: boolean;
  /** A relu before max pooling: whether a chosen value was above 0 is seen from the maximum, which is that value. */
  readonly #gate: Activation | null;
  #input = 0;

  constructor(kind: Kind, window: Window, context: BuildContext, shares = false) {
    const { memory, rows, outputLength, before } = context;
    const [height, width, channels] = imageShape(context.inputShape);
    const { size, strides } = window;
    const { padding, places } = windowsOver(context.inputShape, window);
    this.#kind = kind;
    this.#context = context;
    this.#shares = shares;
    const gives = kind === 'max' && !shares && before instanceof ActivationOperation;
    this.#gate = gives ? before.takeGate() : null;
    this.outputIsFree = !shares && this.#gate === null;
    this.#geometry = {
      height,
      width,
      channels,
      poolHeight: size[0],
      poolWidth: size[1],
      strideY: strides[0],
      strideX: strides[1],
      padTop: padding[0],
      padLeft: padding[1],
      outHeight: places[0],
      outWidth: places[1],
    };
    this.#output = memory.output(rows * outputLength * 4);
    this.#taps = kind === 'max' ? memory.output(rows * outputLength * 4) : 0;
    this.#inputGradient = memory.inputGradient();
  }

  forward(x: number, rows: number): number {
    const { kernels } = this.#context;
    this.#input = x;
    if (this.#kind === 'max') {
      kernels.maxPool(x, this.#output, this.#taps, rows, this.#geometry);
    } else {
      kernels.averagePool(x, this.#output, rows, this.#geometry);
    }
    return this.#output;
  }

  backward(dy: number, rows: number, wantInputGradient: boolean): number {
    const { kernels, outputLength } = this.#context;
    if (!wantInputGradient) return dy;
    const { height, width, channels } = this.#geometry;
    const gradient = this.#inputGradient;
    this.#gate?.backward(kernels, this.#output, dy, rows * outputLength, channels);
    if (this.#shares) {
      const [x, y] = [this.#input, this.#output];
      kernels.tiedMaximumGradient(x, y, dy, gradient, rows, height * width, channels);
    } else if (this.#kind === 'max') {
      kernels.maxPoolGradient(dy, this.#taps, this.#inputGradient, rows, this.#geometry);
    } else {
      kernels.averagePoolGradient(dy, this.#inputGradient, rows, this.#geometry);
    }
    return this.#inputGradient;
  }
}

const OptionsSchema = z.strictObject({
  ...commonOptions,
  pool_size: pairOption.optional(),
  strides: pairOption.nullish(),
  padding: paddingOption.optional(),
  data_format: dataFormatOption,
});

function poolingLayer(className: string, kind: Kind): LayerDefinition {
  return {
    className,
    plan(config, inputShape) {
      const options = parseOptions(OptionsSchema, config);
      const [, , channels] = imageShape(inputShape);
      const size = pairOf(options.pool_size ?? 2);
      const strides = pairOf(options.strides ?? [...size]);
      const padding = options.padding ?? 'valid';
      const { places } = windowsOver(inputShape, { size, strides, padding });
      return {
        config: { pool_size: size, strides, padding },
        outputShape: [...places, channels],
        weights: [],
        multiplyAdds: 0,
        untrainable: [],
      };
    },
    build({ config }, context) {
      const { pool_size: size, strides, padding } = config;
      return [new PoolingOperation(kind, WindowSchema.parse({ size, strides, padding }), context)];
    },
  };
}

const GlobalOptionsSchema = z.strictObject({
  ...commonOptions,
  data_format: dataFormatOption,
  keepdims: z.boolean().optional(),
  /** `shared`: equal maxima share the gradient, as TensorFlow's and so Keras's do. Without it the first has it all. */
  ties: z.literal('shared').optional(),
});

/** Pooling with one window as large as the image. */
function globalPoolingLayer(className: string, kind: Kind): LayerDefinition {
  return {
    className,
    plan(config, inputShape) {
      const { keepdims = false, ties } = parseOptions(GlobalOptionsSchema, config);
      if (ties !== undefined && kind !== 'max') throw new LayerProblem('an average has no ties');
      const [, , channels] = imageShape(inputShape);
      return {
        config: { keepdims, ...(ties === undefined ? {} : { ties }) },
        outputShape: keepdims ? [1, 1, channels] : [channels],
        weights: [],
        multiplyAdds: 0,
        untrainable: [],
      };
    },
    build({ config }, context) {
      const [height, width] = imageShape(context.inputShape);
      const window: Window = {
        size: [height, width],
        strides: [1, 1],
        padding: 'valid',
      };
      const shares = context.training && config['ties'] === 'shared';
      return [new PoolingOperation(kind, window, context, shares)];
    },
  };
}

/** Keras's pooling layers with channels last; averages leave padding out, as TensorFlow's do. */
export const poolingLayers: readonly LayerDefinition[] = [
  poolingLayer('MaxPooling2D', 'max'),
  poolingLayer('AveragePooling2D', 'average'),
  globalPoolingLayer('GlobalMaxPooling2D', 'max'),
  globalPoolingLayer('GlobalAveragePooling2D', 'average'),
];
