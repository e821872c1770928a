import { z } from 'zod';
import type { PaddingGeometry } from '../engines/kernels/images.ts';
import {
  type BuildContext,
  commonOptions,
  type LayerDefinition,
  type Operation,
  parseOptions,
} from './layer.ts';
import { dataFormatOption, imageShape } from './window.ts';

const side = z.int().min(0);
const sides = z.tuple([side, side]);

const OptionsSchema = z.strictObject({
  ...commonOptions,
  padding: z.union([side, sides, z.tuple([sides, sides])]).optional(),
  data_format: dataFormatOption,
});

/** [[top, bottom], [left, right]]. */
const SidesSchema = z.tuple([sides, sides]);
type Sides = z.infer<typeof SidesSchema>;

function sidesOf(padding: z.infer<typeof OptionsSchema>['padding'] = 1): Sides {
  if (typeof padding === 'number') return sidesOf([padding, padding]);
  const [vertical, horizontal] = padding;
  return [
    typeof vertical === 'number' ? [vertical, vertical] : vertical,
    typeof horizontal === 'number' ? [horizontal, horizontal] : horizontal,
  ];
}

class ZeroPaddingOperation implements Operation {
  readonly outputIsFree = true;
  readonly #context: BuildContext;
  readonly #geometry: PaddingGeometry;
  readonly #output: number;
  readonly #inputGradient: number;

  constructor([[top, bottom], [left, right]]: Sides, context: BuildContext) {
    const { memory, rows, outputLength } = context;
    const [height, width, channels] = imageShape(context.inputShape);
    this.#context = context;
    this.#geometry = {
      height,
      width,
      channels,
      top,
      left,
      outHeight: top + height + bottom,
      outWidth: left + width + right,
    };
    this.#output = memory.output(rows * outputLength * 4);
    this.#inputGradient = memory.inputGradient();
  }

  forward(x: number, rows: number): number {
    this.#context.kernels.zeroPad(x, this.#output, rows, this.#geometry);
    return this.#output;
  }

  backward(dy: number, rows: number, wantInputGradient: boolean): number {
    if (!wantInputGradient) return dy;
    this.#context.kernels.zeroPadGradient(dy, this.#inputGradient, rows, this.#geometry);
    return this.#inputGradient;
  }
}

export const zeroPaddingLayer: LayerDefinition = {
  className: 'ZeroPadding2D',
  plan(config, inputShape) {
    const [[top, bottom], [left, right]] = sidesOf(parseOptions(OptionsSchema, config).padding);
    const [height, width, channels] = imageShape(inputShape);
    return {
      config: {
        padding: [
          [top, bottom],
          [left, right],
        ],
      },
      outputShape: [top + height + bottom, left + width + right, channels],
      weights: [],
      multiplyAdds: 0,
      untrainable: [],
    };
  },
  build: ({ config }, context) => [
    new ZeroPaddingOperation(SidesSchema.parse(config['padding']), context),
  ],
};
